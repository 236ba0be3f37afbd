"""PINs of those who are signed in: one's own changed, and a one-time code for somebody else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, cast

from textual.widget import Widget

from qiantai import label
from qiantai.words import Bilingual, listed

from ..actions import Action, bound
from ..actions.navigation import Navigation
from ..sign_in.book import GIVES_CODES, may_give_codes
from ..sites.files import SiteError
from ..text.words import say
from ..widgets.reading import Reading
from ..widgets.rows import Column
from .choose import ChooseDialog, Item
from .frame import Framed

if TYPE_CHECKING:
    from ..app import DeskApp

NOT_HERE = Bilingual("本小区不用登录(settings.toml 的 sign_in)", "Nobody signs in here (sign_in in settings.toml)")
CHANGED = Bilingual("PIN 已改", "The PIN is changed")
NOT_YOURS = Bilingual("一次性代码由{who}给", "One-time codes are given by: {who}")
FOR_WHOM = Bilingual("给谁?(原来的 PIN 作废,已锁的解锁)", "For whom? (the PIN they had is void, and they are unlocked)")
CODE = Bilingual("{name} 的一次性代码", "One-time code of {name}")
TOLD = Bilingual(
    "{code}\n\n三天内有效,只用一次。当面告诉本人;登录时要设自己的 PIN。这里关了就看不到了。",
    "{code}\n\nGood for three days, once. Tell it to them in person; they choose a PIN when they sign in. It is not "
    "shown again.",
)
_STATES = {
    (False, False): Bilingual("还没有 PIN", "no PIN yet"),
    (True, False): Bilingual("", ""),
    (True, True): Bilingual("已锁", "locked"),
}
_COLUMNS = (Column(Bilingual("姓名", "Name"), 10), Column(Bilingual("登录", "Signs in"), 16, flex=1))


class CodeDialog(Framed[None]):
    """Shows a code until it is put away."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("leave", Bilingual("返回", "Back"), "escape,enter", "leave", footer=90),
    )
    BINDINGS = bound(ACTIONS)
    ABOUT = Bilingual(
        "一次性代码:只在这里显示一次,当面告诉本人;关了就要另给一个。",
        "A one-time code: it is shown here once, to be told in person; once it is put away, another has to be given.",
    )

    def __init__(self, name: str, code: str) -> None:
        super().__init__()
        self.title_words, self._code = CODE.format(name=name), code

    def content(self) -> Iterable[Widget]:
        """The code, and what to do with it."""
        yield Reading(say(TOLD.format(code=self._code)))

    def action_leave(self) -> None:
        """Puts it away."""
        self.dismiss(None)


def change_pin(app: Navigation) -> None:
    """Asks who is at the desk for a new PIN."""
    from .new_pin import PinDialog

    program = cast("DeskApp", app)
    if not program.signs_in or program.person is None:
        program.notify(NOT_HERE)
        return
    program.push_screen(
        PinDialog(program.person, old=True), lambda done: program.tell_did("pin", CHANGED) if done else None
    )


def give_code(app: Navigation) -> None:
    """Asks for whom, and shows the code."""
    program = cast("DeskApp", app)
    here = program.person
    if not program.signs_in or here is None:
        program.notify(NOT_HERE)
        return
    if not may_give_codes(here):
        who = listed(tuple(label("roles", each) for each in GIVES_CODES))
        program.notify(NOT_YOURS.format(who=who), severity="warning")
        return
    pins, people, now = program.site.pins, program.handbook.people, program.clock()
    others = [each for each in people.values() if each.id != here.id]
    items = [Item(each.id, (each.name, say(_STATES[pins.has(each.id), pins.locked(each.id, now)]))) for each in others]

    def chosen(id: str | None) -> None:
        if id is None:
            return
        try:
            code = pins.give_code(id, program.clock())
        except SiteError as error:
            program.notify(error.why, severity="error")
        else:
            program.did("pin")
            program.push_screen(CodeDialog(people[id].name, code))

    program.push_screen(ChooseDialog(FOR_WHOM, _COLUMNS, items, filtered=True), chosen)
