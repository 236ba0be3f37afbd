"""A site's tables read into the handbook, and every mistake in them told with its place and what would do."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import Any

import pytest

from qiantai.calendar import Reason
from qiantai.clauses import Clause
from qiantai.people import Household
from qiantai.periods import ZONE, Period
from qiantai.reading import BadInput, Table, read_households, read_site
from qiantai.words import Role

SITE = """
name = "听泉里"
name_en = "Listening Spring"
[topics]
parking = ["停车", "车位"]
[calendar]
off = [2026-11-24]
work = [2026-11-28]
[[staff]]
id = "li"
name = "李静"
roles = ["desk", "supervisor"]
[[staff]]
id = "chen"
name = "陈晨"
roles = ["area_manager"]
areas = ["东区"]
[[script]]
id = "parking"
topic = "parking"
text = "月卡在前台办。"
from = 2026-01-01
until = 2026-12-31
approved_by = "li"
spokesperson = "chen"
sensitive = true
[[script]]
id = "parking"
topic = "parking"
text = "月卡在小程序办。"
from = 2027-01-01
approved_by = "li"
version = 2
[[policy]]
valid = 2026-07-01
by = "li"
hq_told = 2026-06-20
complaint_feedback = "12h"
[[policy]]
valid = 2025-01-01
by = "li"
at_once = "3m"
"""


def mistakes(text: str) -> list[str]:
    with pytest.raises(BadInput) as caught:
        read_site(tomllib.loads(text))
    return [each.sentence.en for each in caught.value.mistakes]


def test_a_site_is_read() -> None:
    site = read_site(tomllib.loads(SITE))
    book = site.handbook
    assert (site.name.zh, site.name.en) == ("听泉里", "Listening Spring")
    assert site.topics == {"parking": ("停车", "车位")}
    assert book.people["li"].roles == {Role.DESK, Role.SUPERVISOR}
    assert book.people["chen"].areas == {"东区"}
    assert book.households == {}


def test_scripts_keep_their_versions_and_days() -> None:
    first, second = read_site(tomllib.loads(SITE)).handbook.scripts
    assert (first.version, first.valid_from, first.valid_until) == (1, date(2026, 1, 1), date(2026, 12, 31))
    assert (first.sensitive, first.spokesperson, first.approved_by) == (True, "chen", "li")
    assert (second.version, second.valid_until, second.sensitive, second.spokesperson) == (2, None, False, "")


def test_policies_build_on_one_another_in_order_of_time() -> None:
    policies = read_site(tomllib.loads(SITE)).handbook.policies
    assert [each.valid_from for each in policies] == [date.min, date(2025, 1, 1), date(2026, 7, 1)]
    assert policies[1].period("at_once") == policies[2].period("at_once") == Period(3, "m")
    assert [each.period("complaint_feedback").count for each in policies] == [24, 24, 12]
    assert (policies[2].by, policies[2].hq_told) == ("li", date(2026, 6, 20))


def test_the_policy_of_the_day_is_found() -> None:
    book = read_site(tomllib.loads(SITE)).handbook
    assert book.policy(datetime(2026, 6, 30, 23, 59, tzinfo=ZONE)).period("complaint_feedback") == Period(24, "h")
    assert book.policy(datetime(2026, 6, 30, 16, 0, tzinfo=UTC)).period("complaint_feedback") == Period(12, "h")


def test_single_days_are_corrected() -> None:
    calendar = read_site(tomllib.loads(SITE)).handbook.calendar
    assert calendar.day(date(2026, 11, 24)).reason is Reason.SITE_OFF
    assert calendar.day(date(2026, 11, 28)).reason is Reason.SITE_WORK
    assert calendar.known(2026)


def test_the_demo_estate_is_read() -> None:
    text = files("qiantai_scenarios").joinpath("sites/demo/site.toml").read_text(encoding="utf-8")
    site = read_site(tomllib.loads(text))
    assert {role for each in site.handbook.people.values() for role in each.roles} == set(Role)
    assert site.topics


def test_json_has_days_as_text() -> None:
    data: dict[str, Any] = {
        "name": "A",
        "staff": [{"id": "li", "name": "李静", "roles": ["desk"]}],
        "calendar": {"off": ["2026-11-24"]},
        "policy": [{"valid": "2026-01-01", "by": "li"}],
    }
    book = read_site(data).handbook
    assert not book.calendar.working(date(2026, 11, 24))
    assert book.policies[1].valid_from == date(2026, 1, 1)


def test_households() -> None:
    file = Table("", {"household": [{"id": "1-2-301", "name": "王", "phone": "138", "important": True, "area": "东"}]})
    assert read_households(file) == {"1-2-301": Household("1-2-301", "王", "138", "", True, "东")}
    assert file.mistakes == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (('name = "听泉里"\n', ""), "name: name is missing. What would do: give name"),
        (('name = "听泉里"', 'nane = "听泉里"\nname = "A"'), "nane: there is no key nane. What would do: name"),
        (('name = "听泉里"', "name = 3"), 'name: it cannot be 3. What would do: text in quotes, as "…"'),
        (('id = "chen"', 'id = "li"'), "[[staff]] 2, id: li is given twice. What would do: another id"),
        (
            ('roles = ["area_manager"]', 'roles = ["area_managr"]'),
            "[[staff]] 2, roles: there is no role 'area_managr'. What would do: area_manager",
        ),
        (('roles = ["area_manager"]', "roles = []"), "[[staff]] 2, roles: no role. What would do: desk, "),
        (
            ('roles = ["area_manager"]', 'roles = "area_manager"'),
            "[[staff]] 2, roles: it cannot be 'area_manager'. What would do: a list of texts",
        ),
        (('spokesperson = "chen"', 'spokesperson = "chem"'), "[[script]] 1, spokesperson: there is no member of staff"),
        (('approved_by = "li"\nversion', 'approved_by = "lii"\nversion'), "[[script]] 2, approved_by: there is no"),
        (("until = 2026-12-31", "until = 2025-12-31"), "[[script]] 1, until: it is before `from`. What would do: 2026"),
        (("until = 2026-12-31", 'until = "soon"'), "[[script]] 1, until: it cannot be 'soon'. What would do: a day"),
        (("from = 2026-01-01", "from = 2026-01-01T09:00:00"), "[[script]] 1, from: it cannot be 2026-01-01 09:00:00"),
        (("sensitive = true", 'sensitive = "yes"'), "[[script]] 1, sensitive: it cannot be 'yes'. What would do: true"),
        (("version = 2", "version = 1"), "[[script]] 2, id: parking has a version 1. What would do: another version"),
        (("version = 2", "version = 0"), "[[script]] 2, version: it cannot be 0. What would do: a whole number from 1"),
        (("version = 2", "version = true"), "[[script]] 2, version: it cannot be True. What would do: a whole number"),
        (('by = "li"\nhq', 'by = "le"\nhq'), "[[policy]] 1, by: there is no member of staff 'le'. What would do: li"),
        (("valid = 2025-01-01", "valid = 2026-07-01"), "[[policy]] 2, valid: there is a version of 2026-07-01 already"),
        (("valid = 2025-01-01\n", ""), "[[policy]] 2, valid: valid is missing"),
        (
            ('"12h"', '"25h"'),
            "[[policy]] 1, complaint_feedback: looser than its clause: 25h was given, the clause sets",
        ),
        (('"12h"', '"2wd"'), "[[policy]] 1, complaint_feedback: keeps its unit"),
        (('at_once = "3m"', 'at_onse = "3m"'), "[[policy]] 2, at_onse: no such limit; there are: desk_hours, at_once"),
        (("off = [2026-11-24]", "off = [2026-11-28]"), "[calendar], off: 2026-11-28 is both off and worked"),
        (("off = [2026-11-24]", "off = 2026-11-24"), "[calendar], off: it cannot be 2026-11-24. What would do: a list"),
        (("off = [2026-11-24]", "of = [2026-11-24]"), "[calendar], of: there is no key of. What would do: off"),
        (('parking = ["停车", "车位"]', 'parking = "停车"'), "[topics], parking: it cannot be '停车'"),
    ],
)
def test_a_mistake_is_told_with_its_place(change: tuple[str, str], told: str) -> None:
    assert change[0] in SITE
    found = mistakes(SITE.replace(*change, 1))
    assert any(each.startswith(told) for each in found), found


def test_a_loosened_limit_cites_its_clause() -> None:
    [told] = mistakes(SITE.replace('"12h"', '"25h"'))
    assert told.endswith(f"[{Clause('R-4b')}]. What would do: 24h")


def test_a_mistake_is_told_once() -> None:
    assert len(mistakes(SITE.replace('spokesperson = "chen"', "spokesperson = 3"))) == 1


def test_all_mistakes_of_a_file_are_told() -> None:
    bad = (
        SITE.replace('id = "chen"', 'id = "li"').replace('"12h"', '"25h"').replace("sensitive = true", "sensitive = 1")
    )
    # With chen gone, so is the spokesperson.
    assert len(mistakes(bad)) == 4


def test_a_mistake_speaks_chinese_too() -> None:
    with pytest.raises(BadInput) as caught:
        read_site(tomllib.loads(SITE.replace("version = 2", "version = 0")))
    assert caught.value.mistakes[0].sentence.zh == "第2个 [[script]] 的 version:不能是 0。可行:1 到 1000000000 的整数"


@pytest.mark.parametrize("value", [None, 3, "x", {}, [1], [{}, "x"]])
def test_tables_that_are_none_are_told(value: Any) -> None:
    with pytest.raises(BadInput) as caught:
        read_site({"name": "A", "staff": value})
    assert caught.value.mistakes[0].key == "staff"


def test_an_empty_list_of_staff_is_a_site_without_staff() -> None:
    assert read_site({"name": "A", "staff": []}).handbook.people == {}
