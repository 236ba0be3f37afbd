"""Every case of the demo estate is told in the words of the desk: no name of the program's own stands on its page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from qiantai import Case, Desk, Done, Handbook, label
from qiantai.requests import REQUESTS
from qiantai.words import ERASED
from qiantai_tui.sites.demo import make_demo
from qiantai_tui.sites.site import open_site
from qiantai_tui.text.facts import said
from qiantai_tui.text.words import speak
from qiantai_tui.widgets.duties import duty_items
from qiantai_tui.widgets.history import history_items, told
from qiantai_tui.widgets.items import cells
from qiantai_tui.widgets.matter import matter_items
from tests.tui.estate import estate
from tests.tui.untranslated import untranslated

Demo = tuple[tuple[Case, ...], Handbook, datetime]
WIDTHS = (42, 66, 76, 114)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    at = datetime.fromisoformat("2026-11-23T10:00:00+08:00")
    folder = make_demo(tmp_path_factory.mktemp("demo") / "site", clock=lambda: at)
    with open_site(folder, lambda: at) as site:
        store = site.desk.store
        yield (*store.open_cases(), *store.closed_cases()), site.desk.handbook, at


def page(case: Case, handbook: Handbook, at: datetime, width: int) -> list[str]:
    items = [
        *matter_items(case, handbook, at, width),
        *duty_items(case, handbook, at, width),
        *history_items(case, told(case, handbook), handbook, at, width),
    ]
    return ["".join(span.text for span in line) for item in items for line in item.lines]


def test_no_word_of_the_programs_own_is_shown(demo: Demo) -> None:
    cases, handbook, at = demo
    assert len(cases) > 20
    scripts = [each.id for each in handbook.scripts]
    for case in cases:
        shown = "\n".join(page(case, handbook, at, 100))
        found = untranslated(shown, "zh", data=(*scripts, "example.com"))
        assert [each for each in found if len(each) > 2] == [], case.number


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_line_is_wider_than_its_page(demo: Demo, language: str) -> None:
    cases, handbook, at = demo
    speak("en" if language == "en" else "zh")
    for case in cases:
        for width in WIDTHS:
            items = [*matter_items(case, handbook, at, width), *duty_items(case, handbook, at, width)]
            items += history_items(case, told(case, handbook), handbook, at, width)
            wide = [line for item in items for line in item.lines if cells(line) > width]
            assert not wide, (case.number, width, ["".join(span.text for span in line) for line in wide])


def test_no_number_and_no_name_in_full(demo: Demo) -> None:
    cases, handbook, at = demo
    for case in cases:
        known = handbook.households.get(case.household)
        if known is not None and known.phone:
            shown = "\n".join(page(case, handbook, at, 100))
            assert known.phone not in shown
            assert case.text("phone") in ("", known.phone) or case.text("phone") not in shown


def test_every_field_that_can_be_said_has_a_label() -> None:
    for request in REQUESTS.values():
        for fields in request.fields.values():
            for name in fields:
                assert label("fields", name).zh != name, name


def test_values_are_told_by_their_labels(noon: datetime) -> None:
    made = estate(noon)
    number = made.receive(kind="repair", household="1-2-301", summary="灯不亮", phone="13800001234", channel="visit")
    made.do(number, "correct", "li", field="name", value="王小敏", reason="写错")
    made.do(number, "dispatch", "li", to=["engineering"])
    made.do(number, "arrive", "sun")
    made.do(number, "wait", "sun", reason="parts", eta=noon + timedelta(days=1), informed=True)
    case, handbook = made.desk.case(number), made.desk.handbook
    by_name = {event.name: dict(said(case, event, handbook, noon)) for event in case.history}
    assert by_name["receive"]["来源"] == "来访"
    assert by_name["receive"]["房号"] == "1栋2单元301"
    assert by_name["receive"]["类别"] == "报修"
    assert by_name["receive"]["电话"] == "138****1234"
    assert by_name["correct"] == {"更正项": "姓名", "改为": "王**", "原因": "写错"}
    assert by_name["dispatch"] == {"交给": "工程"}
    assert by_name["wait"] == {"原因": "待配件", "预计完成": "11-23 09:31", "已告知业户": "是"}
    full = dict(said(case, case.history[1], handbook, noon, full=True))
    assert full["改为"] == "王小敏"
    assert [each.clause for each in told(case, handbook)][-2:] == ["M-3.4b", "H-4.6.1"]


def test_what_was_erased_is_said_on_the_page_and_by_whom(demo: Demo) -> None:
    _, handbook, at = demo
    desk = Desk(handbook, clock=lambda: at)
    by = {role: next(each for each in handbook.people.values() if role in each.roles) for role in ("desk", "cs_head")}
    facts = {"name": "王小丫", "phone": "13912345678", "email": "w@example.com", "summary": "漏水"}
    taken = desk.receive(by["desk"].id, kind="repair", channel="phone", **facts)
    assert isinstance(taken, Done)
    assert isinstance(desk.do(taken.case.number, "withdraw", by["desk"].id, reason="已好"), Done)
    done = desk.erase(taken.case.number, by["cs_head"].id, "name", "phone", "email", reason="业主要求")
    assert isinstance(done, Done)
    shown = page(done.case, handbook, at, 100)
    assert not any("王" in each for each in shown)
    assert sum(ERASED in each for each in shown) >= 2, "where it stood, and in the history"
    first = next(place for place, each in enumerate(shown) if " 抹除 " in each)
    assert by["cs_head"].name in shown[first]
    assert "抹除的内容:姓名、电话、邮箱;原因:业主要求" in shown[first + 1]
