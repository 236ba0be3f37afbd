"""`qiantai figures`: the targets and duties of a month with their values, and the cases behind each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from .completing import kinds
from .sitting import by_options, seat_of, withheld
from .speech import Speech
from .spoken import Spoken, json_option, site_option
from .stopped import DONE, USAGE, Stopped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qiantai.handbook import Handbook
    from qiantai.projections.reckoning import Item
    from qiantai.projections.targets import Target
    from qiantai_tui.figures_read import Read

COLUMNS = (
    ("状态", "State"), ("看板", "Figure"), ("值", "Value"), ("目标", "Goal"), ("件", "Cases"), ("未到期", "Not due"),
    ("条款", "Clause"), ("12个月", "12 months"),
)  # fmt: skip


def command(say: Speech) -> click.Command:
    """JSON: `month kind area figures[]`, each `id clause label unit goal value result how before counts cases months`.

    `counts` are by verdict (`misses soon due meets counted besides`), `cases` the numbers by the same, without those
    that are not theirs to see; `months` the values of twelve, the one asked for last, null where there is none.
    """
    return Spoken(
        say,
        "figures",
        help=say(
            "看板:一个月(按受理日)的指标和时限,默认本月;导出留痕。",
            "The figures: the targets and duties of a month of receipt, by default of this one.",
        ),
        params=[
            click.Option(["--month"], metavar="2026-11", help=say("哪个月", "which month")),
            click.Option(["--kind"], metavar="KIND", help=say("只算一个类别", "one kind alone"), shell_complete=kinds),
            click.Option(["--area"], metavar="AREA", help=say("只算一个片区", "one area alone")),
            *by_options(say),
            site_option(say),
            json_option(say),
        ],
        callback=_figures,
    )


@click.pass_context
def _figures(
    ctx: click.Context,
    month: str | None,
    kind: str | None,
    area: str | None,
    by: str | None,
    site: str | None,
    as_json: bool,
) -> int:
    from qiantai.refusals import Refusal
    from qiantai.words import label
    from qiantai_tui.figures_read import Read, read_on
    from qiantai_tui.text.words import speak

    from .answers import write_json, write_table
    from .cases import kind_of
    from .given import month_given
    from .opening import opened

    say: Speech = ctx.command.say  # type: ignore[attr-defined]
    speak(say.language)
    with opened(ctx, site) as found:
        seat, only = seat_of(ctx, found, by, say), kind_of(found, kind, say) or ""
        read = Read(month_given("--month", month, found.desk.clock(), say), only, area or "")
        for _ in read_on(read, seat, read.wanted, found.books):
            """One month after the other."""
        items, targets = seat.behind(read.month), read.targets(seat.handbook)
        if not isinstance(items, Refusal):
            _be_there(read, seat.handbook, say)
        if isinstance(items, Refusal) or seat.take_away("figures", f"figures {read.month}") is not None:
            raise withheld(label("words", "figures")[say.language], seat, say)
    if as_json:
        write_json(_out(read, targets, (*read.today, *items)))
    else:
        write_table([say(*each) for each in COLUMNS], (tuple(_cells(read, each, say)) for each in targets))
    return DONE


def _be_there(read: Read, handbook: Handbook, say: Speech) -> None:
    """Ends the run where nothing is of the area that is asked for: no household, nobody's work and no case read."""
    rolled = {each.area for each in handbook.households.values()}
    areas = sorted({*rolled, *read.areas, *(area for each in handbook.people.values() for area in each.areas)} - {""})
    if read.area and read.area not in areas:
        there = say(
            f"有:{'、'.join(areas)}" if areas else "本项目没有分片区,不写 --area 即可",
            f"there are {', '.join(areas)}" if areas else "this site has none: leave --area out",
        )
        raise Stopped(USAGE, say(f"没有 {read.area} 这个片区;{there}", f"there is no area {read.area}; {there}"))


def _cells(read: Read, target: Target, say: Speech) -> Iterator[str]:
    from qiantai_tui.text import figures as words

    found = read.now(target)
    sign = words.result_sign(found.result)
    yield f"{sign.mark} {sign.word[say.language]}"
    yield target.label[say.language]
    yield words.value(found)
    yield words.goal(target)
    yield words.tally(found)
    yield words.due(found)
    yield str(target.clause)
    yield words.trend(read.trend(target))


def _out(read: Read, targets: Iterable[Target], items: Sequence[Item]) -> dict[str, Any]:
    figures = [_figure_out(read, each, items) for each in targets]
    return {"month": read.month, "kind": read.kind, "area": read.area, "figures": figures}


def _figure_out(read: Read, target: Target, items: Iterable[Item]) -> dict[str, Any]:
    from qiantai.projections.reckoning import Verdict

    found = read.now(target)
    its = [each for each in items if each.target == target.id and read.asks(each) and each.number]
    shown = [each for each in Verdict if each is not Verdict.BESIDES]
    return {
        "id": target.id,
        "clause": str(target.clause),
        "label": target.label,
        "unit": str(target.unit),
        "goal": target.goal,
        "value": found.value,
        "result": str(found.result),
        "how": target.how,
        "before": found.before,
        "counts": {str(each): found.count(each) for each in Verdict},
        "cases": {str(verdict): [each.number for each in its if each.verdict is verdict] for verdict in shown},
        "months": list(read.trend(target)),
    }
