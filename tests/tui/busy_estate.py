"""The demo estate on a busy Monday morning: something of everything, so that no screen of the program is empty."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from attrs import evolve

from qiantai import Desk, Done, Household, MemoryStore, Person, Retention, Term
from qiantai.words import Bilingual
from qiantai_tui.sites.site import Settings, Site
from tests.tui.desk_driver import MONDAY, OPEN_DOOR, Clock, demo_handbook, site_of

LEAK, DONE, LIGHT = "BX-20261123-001", "BX-20261123-002", "BX-20261123-005"
NOISE, LIFT, FEE = "TS-20261123-001", "QZ-20261123-001", "ZY-20261123-001"
POWER = "SJ-20261123-001"
HOME, CLOSED_HOME = "1-2-301", "2-1-101"
"""A household with open cases, and one of which everything is closed."""
SAID = (
    "厨房漏水,回电 13812345678",
    "厨房漏水,回电 138****5678",
    "装修噪音,晚上十点还在敲",
    "十点以后停工",
    "楼道灯不亮",
    "电梯困人",
    "3栋1单元 电梯",
    "物业费为什么涨",
    "明天能装修吗",
    "大堂加一个雨伞架",
    "周一到周六八点到十二点",
    "阀门在门后",
    "门锁坏了",
    "换了锁芯",
    "停电",
    "5栋",
    "没电了",
    "停水了",
    "3栋",
    "供电局抢修,20点前恢复",
    "阳光花园",
)
"""What was said on that morning."""

Say = Callable[[str], str]


def busy_desk(clock: Clock, say: Say = str) -> Desk:
    """A desk of the demo estate with the morning's cases; whatever anybody said or is called goes through `say`."""
    handbook, _ = demo_handbook()
    roll = {id: _household(each, say) for id, each in handbook.households.items()}
    people = {id: evolve(each, name=say(each.name)) for id, each in handbook.people.items()}
    terms = Retention({"enquiry": Term.parse("2y"), "suggestion": Term.parse("1y")}, by="zhao")
    store = MemoryStore()
    store.keep_households(list(roll.values()))
    desk = Desk(evolve(handbook, households=roll, people=people, retentions=(terms,)), store, clock)
    _years_ago(desk, clock, say)
    _morning(desk, clock, say)
    return desk


def _household(known: Household, say: Say) -> Household:
    return evolve(known, name=say(known.name), phone=say(known.phone), area=say(known.area))


def _years_ago(desk: Desk, clock: Clock, say: Say) -> None:
    """Two enquiries that are closed, of which one has passed its term."""
    for days in (900, 20):
        clock.at = MONDAY - timedelta(days=days)
        number = _receive(desk, kind="enquiry", household=CLOSED_HOME, summary=say("明天能装修吗"))
        _do(desk, number, "answer", "li", text=say("周一到周六八点到十二点"), satisfied=True)


def _morning(desk: Desk, clock: Clock, say: Say) -> None:
    clock.at = MONDAY - timedelta(minutes=50)
    leak = _receive(
        desk, kind="repair", household=HOME, summary=say("厨房漏水,回电 13812345678"), place=say("厨房"), emergency=True
    )
    _do(desk, leak, "dispatch", "li", to=["engineering"])
    _do(desk, leak, "note", "li", text=say("阀门在门后"))
    clock.go(minutes=8)
    _do(desk, leak, "arrive", "sun")
    lock = _receive(desk, kind="repair", household="3-1-101", summary=say("门锁坏了"))
    _do(desk, lock, "dispatch", "li", to=["engineering"])
    _do(desk, lock, "arrive", "sun")
    _do(desk, lock, "complete", "sun", result=say("换了锁芯"))
    _noise(desk, say)
    _power_cut(desk, say)
    clock.at = MONDAY - timedelta(minutes=6)
    _receive(desk, kind="suggestion", household=HOME, channel="letter", summary=say("大堂加一个雨伞架"))
    clock.at = MONDAY - timedelta(minutes=3)
    _receive(desk, kind="challenge", household="4-2-302", summary=say("物业费为什么涨"), topic="property-fee")
    _receive(desk, kind="repair", household=HOME, summary=say("楼道灯不亮"))
    for each in ("3-2-101", "3-2-102", "3-2-201"):
        _receive(desk, kind="repair", household=each, summary=say("停水了"))
    _receive(desk, kind="help", summary=say("电梯困人"), place=say("3栋1单元 电梯"), name=say("张三"), emergency=True)
    clock.at = MONDAY


def _noise(desk: Desk, say: Say) -> None:
    noise = _receive(
        desk,
        kind="complaint",
        household="5-1-101",
        summary=say("装修噪音,晚上十点还在敲"),
        place=say("5栋"),
        demand=say("十点以后停工"),
        occurred_at=MONDAY - timedelta(hours=11),
    )
    _do(desk, noise, "explain", "li")


def _power_cut(desk: Desk, say: Say) -> None:
    dark = [
        _receive(desk, kind="repair", household=each, summary=say("没电了"), place=say("5栋"))
        for each in ("5-1-101", "5-1-102")
    ]
    wording = say("供电局抢修,20点前恢复")
    power = desk.open_incident("lin", summary=say("停电"), place=say("5栋"), wording=wording, cases=tuple(dark))
    assert isinstance(power, Done), power
    _do(desk, power.case.number, "broadcast", "lin", text=wording, channel="wechat")


def _receive(desk: Desk, **fields: Any) -> str:
    done = desk.receive("li", **{"channel": "phone", **fields})
    assert isinstance(done, Done), done
    return done.case.number


def _do(desk: Desk, number: str, name: str, by: str, **fields: Any) -> None:
    done = desk.do(number, name, by, **fields)
    assert isinstance(done, Done), done


def busy_site(clock: Clock, folder: Path, say: Say = str, settings: Settings = OPEN_DOOR) -> Site:
    """The site around that desk."""
    name = Bilingual(say("阳光花园"), say("Sunshine Garden"))
    return evolve(site_of(busy_desk(clock, say), folder, settings), name=name)


def everything_said() -> tuple[str, ...]:
    """What nobody translates on these screens: what was said, who people are, and the site's own answers."""
    handbook, topics = demo_handbook()
    people: tuple[Person | Household, ...] = (*handbook.people.values(), *handbook.households.values())
    named = {each.name for each in people} | {each.area for each in handbook.households.values()}
    scripts = [words for each in handbook.scripts for words in (each.text, each.id)]
    return (*SAID, *named, *scripts, *(each for words in topics.values() for each in words))
