"""Why: a due time, a case's owner and filing, or a refusal, told line by line with the clauses it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import ClassVar

from textual import on

from qiantai import Case, Clause, Handbook, Refusal
from qiantai.why import Branch, flat, tell_case, tell_duty, tell_refusal, why, why_refused
from qiantai.words import Bilingual

from ..actions import Action, bound
from ..text.facts import clause_name
from ..text.words import say
from ..text.wrapping import wrap
from ..widgets.items import BLANK, Item, Line, Span, cells, line
from ..widgets.page import Page
from .clause import ClauseDialog
from .frame import FramedPage

TITLE = Bilingual("为什么", "Why")
_STEP = 2


def why_it_is_due(case: Case, place: int, now: datetime, handbook: Handbook) -> WhyDialog:
    """Why the duty of this place in the case is due when it is."""
    return WhyDialog(tell_duty(why(case, now, handbook).duties[place], handbook.people))


def why_it_stands(case: Case, now: datetime, handbook: Handbook) -> WhyDialog:
    """Why somebody answers for the case, who handles it, where it is filed, and every duty in full."""
    reason = why(case, now, handbook)
    duties = (tell_duty(each, handbook.people) for each in reason.duties)
    return WhyDialog(tell_case(reason, handbook.people), *duties)


def why_it_was_refused(refusal: Refusal, case: Case | None, handbook: Handbook) -> WhyDialog:
    """Why a command was refused, with the rules that were asked before."""
    return WhyDialog(tell_refusal(why_refused(refusal, case, handbook), handbook.people))


class WhyDialog(FramedPage):
    """Reasons as lines, what stands under a line indented; Enter opens the clause that a line rests on."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("put_away", Bilingual("返回", "Back"), "escape,f8", "put_away", footer=10),
    )
    BINDINGS = bound(ACTIONS)
    ABOUT = Bilingual(
        "为什么:每一行是一个理由,右边是它依据的条款,Enter 打开条款。",
        "Why: each line is a reason with the clause it rests on; Enter opens the clause.",
    )
    title_words = TITLE
    page_id = "why"

    def __init__(self, *told: Branch) -> None:
        super().__init__()
        self._told = told

    def items(self, width: int) -> Sequence[Item]:
        """The lines of every tree, an empty one between them."""
        found: list[Item] = []
        for tree in self._told:
            found += [BLANK] if found else []
            found += [_item(depth, each, width, len(found) + at) for at, (depth, each) in enumerate(flat(tree))]
        return found

    @on(Page.Chosen)
    def _chosen(self, event: Page.Chosen) -> None:
        event.stop()
        self.app.push_screen(ClauseDialog(Clause(event.key.split(":")[1])))

    def action_put_away(self) -> None:
        """Back to what was asked about."""
        self.dismiss(None)


def _item(depth: int, branch: Branch, width: int, place: int) -> Item:
    """A line of the tree, wrapped under itself, its clause at the end where there is one."""
    indent = " " * min(_STEP * depth, max(0, width // 3))
    rows = [
        line(indent, Span(each, "" if depth else "strong"))
        for each in wrap(say(branch.text), max(2, width - len(indent)))
    ]
    return Item(
        tuple(_cited(rows, branch, indent, width)), f"clause:{branch.clause.id}:{place}" if branch.clause else ""
    )


def _cited(rows: list[Line], branch: Branch, indent: str, width: int) -> Iterator[Line]:
    yield from rows[:-1]
    if branch.clause is None or clause_name(branch.clause.id) in say(branch.text):
        yield rows[-1]
        return
    cited = Span(f"  {clause_name(branch.clause.id)}", "label")
    if cells((*rows[-1], cited)) <= width:
        yield (*rows[-1], cited)
    else:
        yield rows[-1]
        yield line(indent, cited)
