"""A small estate in memory for the tests of the screens: six staff, five households, one morning's cases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from attrs import define, evolve
from pluggy import PluginManager

from qiantai import Desk, Done, Handbook, Household, MemoryStore, Person
from qiantai.plugins import Plugins
from qiantai.words import Bilingual
from qiantai_tui.app import DeskApp
from qiantai_tui.sites.site import Settings, Site
from qiantai_tui.text.words import Language
from tests.tui.untranslated import untranslated

STAFF = (
    Person("li", "李静", ("desk",)),
    Person("lin", "林晓", ("supervisor", "desk")),
    Person("sun", "孙浩", ("engineering",)),
    Person("zhou", "周刚", ("security",)),
    Person("tang", "唐敏", ("trainer",)),
    Person("zhao", "赵颖", ("cs_head",)),
)
ROLL = (
    Household("1-2-301", "王敏", "13800001234", "wangmin@example.com", important=True, area="东区"),
    Household("5-1-1202", "李芳", "13900005678"),
    Household("4-2-302", "周建国", "0755-83215678"),
    Household("2-1-201", "欧阳修", "13700004321"),
    Household("10-1-101", "单小龙", "13700000301"),
)
SAID = """
王** 王* 李* 周** 欧阳* 单** 阳光花园 东区 w***@example.com 漏水 没有的字 wm 灯不亮 已换灯管 1栋2单元301
厨房水管爆了,水流到走廊,回电138****1234 厨房水管爆了,水流到走廊,回电13800001234 厨房 马上来人关水
业主说阀门在门后 总阀在走廊水表箱 楼上装修噪音 楼上 中午停工 大堂加一个雨伞架 几点可以装修
周一到周六八点到十二点、两点到六点
"""
DATA = (*SAID.split(), *(each.name for each in (*STAFF, *ROLL)))
"""What people said and are called, masked and in full."""


def untranslated_here(screen_text: str, language: Language) -> list[str]:
    """The words of the other language on a screen of this estate; pieces of what was said here are not among them."""
    found = untranslated(screen_text, language, data=DATA)
    return [each for each in found if not any(each.strip(",。、") in said for said in DATA)]


@define
class Clock:
    """A clock that stands still until it is moved."""

    at: datetime

    def __call__(self) -> datetime:
        return self.at

    def on(self, **by: float) -> None:
        """Moves it on: `minutes=5`."""
        self.at += timedelta(**by)


@define
class Estate:
    """The desk, its clock, and short ways to give it something to do."""

    clock: Clock
    desk: Desk

    def receive(self, by: str = "li", **fields: Any) -> str:
        """Takes a case in; gives its number."""
        done = self.desk.receive(by, **{"channel": "phone", **fields})
        assert isinstance(done, Done), done
        return done.case.number

    def do(self, number: str, name: str, by: str, *, after: float = 0, **fields: Any) -> None:
        """Gives a command, so many minutes later."""
        self.clock.on(minutes=after)
        done = self.desk.do(number, name, by, **fields)
        assert isinstance(done, Done), done

    def app(self, folder: Path, person: str = "li", language: Language = "zh") -> DeskApp:
        """The program over it, with somebody at the desk already."""
        site = Site(
            folder, Bilingual("阳光花园", "Sunshine Garden"), self.desk, {}, _no_plugins(), Settings(sign_in=False)
        )
        app = DeskApp(site, clock=self.clock, reports=folder, language=language)
        app.person = self.desk.handbook.people[person]
        return app


def _no_plugins() -> Plugins:
    return Plugins(PluginManager("qiantai"))


def estate(now: datetime, **household: Any) -> Estate:
    """A desk with staff and roll and no case yet; `household` gives the first household another name or phone."""
    clock = Clock(now)
    roll = (evolve(ROLL[0], **household), *ROLL[1:])
    store = MemoryStore()
    store.keep_households(roll)
    handbook = Handbook(people={each.id: each for each in STAFF}, households={each.id: each for each in roll})
    return Estate(clock, Desk(handbook, store, clock))


def morning(now: datetime, say: Callable[[str], str] = str) -> Estate:
    """The same with a morning behind it, ended at `now`: a repair under way, a complaint, an enquiry answered."""
    made = estate(now - timedelta(minutes=40))
    leak = made.receive(
        kind="repair",
        household="1-2-301",
        summary=say("厨房水管爆了,水流到走廊,回电13800001234"),
        place=say("厨房"),
        demand=say("马上来人关水"),
        emergency=True,
    )
    made.do(leak, "dispatch", "li", after=1, to=["engineering"])
    made.do(leak, "note", "li", after=1, text=say("业主说阀门在门后"))
    made.do(leak, "undo", "li", after=1)
    made.do(leak, "note", "li", after=1, text=say("总阀在走廊水表箱"))
    made.do(leak, "arrive", "sun", after=6)
    noise = made.receive(
        kind="complaint",
        channel="wechat",
        household="5-1-1202",
        summary=say("楼上装修噪音"),
        place=say("楼上"),
        occurred_at=now - timedelta(hours=2),
        demand=say("中午停工"),
    )
    made.do(noise, "explain", "li", after=2)
    made.receive(kind="suggestion", household="1-2-301", summary=say("大堂加一个雨伞架"))
    asked = made.receive(kind="enquiry", channel="visit", household="4-2-302", summary=say("几点可以装修"))
    made.do(asked, "answer", "li", after=1, text=say("周一到周六八点到十二点、两点到六点"), satisfied=True)
    made.clock.at = now
    return made
