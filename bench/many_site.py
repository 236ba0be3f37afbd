"""The site of `bench/many.py`: the demo estate's day, a roll of 3,000 households, a year of filed cases."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from store import history, number_of  # type: ignore[import-not-found]

from qiantai import Household
from qiantai.case import fold
from qiantai.periods import ZONE
from qiantai.projections.months import month_of, up_to
from qiantai.wire import event_out
from qiantai_tinydb import open_store
from qiantai_tinydb.archive import Archive
from qiantai_tinydb.lines import Document
from qiantai_tinydb.store import document_of
from qiantai_tui.sites.demo import make_demo

MONTHS, HOUSEHOLDS = 13, 3000
TROUBLED = "1-2-301"
"""A household that has this part of all cases: one in `TROUBLE`."""
TROUBLE = 200
RARE, EVERY = "鹦鹉", 5000
"""Words of one case in so many."""
_PLACES = ("厨房", "卫生间", "阳台", "客厅", "主卧", "入户门", "楼道", "电梯厅", "地下车库", "走廊", "天台", "大堂")
_MATTERS = (
    "水槽下面的软管接口处漏水,天花板已经有水渍,请尽快派人上门查看",
    "灯不亮了,换过灯泡还是不亮,怀疑是线路的问题",
    "有人装修,中午也在打钻,孩子没法睡觉,说过几次没有用",
    "的门关不严,风一吹就响,合页好像松了",
    "下水很慢,一股臭味,怕是堵住了,上个月刚通过",
    "的墙皮鼓起来了,一碰就掉,下雨以后更厉害",
    "堆着旧家具和纸箱,怕着火,请清走",
    "的对讲机没有声音,快递员按了半天我们听不到",
    "电表一直在转,家里没有开电器,想请师傅看看",
    "有一滩油,老人差点滑倒,请保洁马上来",
)
_SURNAMES, _GIVEN = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗", "伟芳娜敏静强磊洋艳勇军杰娟涛明超兰霞平刚"

Called = Sequence[tuple[str, str, str]]


def make_site(folder: Path, count: int) -> Path:
    """A site in `folder` with so many filed cases, evenly over the months; the last of them is this one."""
    make_demo(folder)
    store = open_store(folder)
    store.keep_households(_more_of(len(store.households())))
    called = [(each.id, each.name, each.phone) for each in store.households()]
    store.close()
    if count:
        now = datetime.now(ZONE)
        months = up_to(month_of(now), MONTHS)
        shares = [count * (place + 1) // MONTHS - count * place // MONTHS for place in range(MONTHS)]
        with ProcessPoolExecutor() as several:
            list(several.map(partial(_file, folder, called, now), months, shares))
    return folder


def _more_of(count: int) -> list[Household]:
    """Households in further buildings, as many as are still wanted."""
    chance = random.Random(3)
    rooms = [
        f"{block}-{unit}-{floor}{door:02}"
        for block in range(21, 31)
        for unit in (1, 2, 3)
        for floor in range(1, 31)
        for door in (1, 2, 3)
    ]
    return [
        Household(room, chance.choice(_SURNAMES) + "".join(chance.choices(_GIVEN, k=2)), f"139{place:08}")
        for place, room in enumerate(rooms[: HOUSEHOLDS - count], 10_000)
    ]


def _file(folder: Path, called: Called, now: datetime, month: str, count: int) -> None:
    """Files so many cases of that month, of this one none of today."""
    chance = random.Random(month)
    first = datetime.fromisoformat(f"{month}-01T08:00:00").replace(tzinfo=ZONE)
    days = max(1, min(28, (now - first).days))
    documents: dict[str, Document] = {}
    for sequence in range(1, count + 1):
        at = first + timedelta(days=sequence % days, seconds=5 * sequence)
        number = number_of(at, sequence // days + 1)
        documents[number] = _document(number, at, _told(sequence, called, chance), chance)
    Archive(folder / "archive").file(month, documents)


def _told(sequence: int, called: Called, chance: random.Random) -> Mapping[str, str]:
    household, name, phone = chance.choice(called)
    if not sequence % TROUBLE:
        household, name, phone = next(each for each in called if each[0] == TROUBLED)
    place = chance.choice(_PLACES)
    summary = place + (f"飞进来一只{RARE}" if not sequence % EVERY else chance.choice(_MATTERS))
    return {"household": household, "name": name, "phone": phone, "place": place, "summary": summary}


def _document(number: str, at: datetime, told: Mapping[str, str], chance: random.Random) -> Document:
    events = history(number, at, told["household"], chance, True, told)
    return document_of(fold(events), [event_out(each) for each in events])
