"""`field=value` as it is typed: read by the field's type, by labels and aliases, and refused with what would do."""

from __future__ import annotations

import tomllib
from datetime import datetime
from typing import Any

import pytest

from qiantai import ZONE, Handbook, Role
from qiantai.commands import CORRECTABLE, RECEIVE, Field, Type, choice
from qiantai.reading import read_site
from qiantai.requests import REQUESTS
from qiantai_tui.cli.given import named, read_given
from qiantai_tui.cli.speech import Speech
from qiantai_tui.cli.stopped import Stopped
from qiantai_tui.sites.files import template

AT = datetime(2026, 11, 23, 14, 5, 6, tzinfo=ZONE)
SAY = Speech("en")
FIELDS = {each.name: each for each in RECEIVE}


def handbook() -> Handbook:
    """The demo's staff."""
    return read_site(tomllib.loads(template("demo"))).handbook


READ: list[tuple[str, Any]] = [
    ("emergency=true", True),
    ("emergency=是", True),
    ("emergency=NO", False),
    ("joint=7", 7),
    ("promised=2026-11-23T09:00", datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)),
    ("promised=2026-11-23 09:00", datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)),
    ("promised=2026-11-23T09:00:00+00:00", datetime(2026, 11, 23, 17, 0, tzinfo=ZONE)),
    ("promised=09:30", datetime(2026, 11, 23, 9, 30, tzinfo=ZONE)),
    ("promised=9:30", datetime(2026, 11, 23, 9, 30, tzinfo=ZONE)),
    ("against=李静", "li"),
    ("against=li", "li"),
    ("summary=a=b, c", "a=b, c"),
    ("summary=", ""),
    ("channel=微信", "wechat"),
    ("colour=red", "red"),
]


@pytest.mark.parametrize(("pair", "value"), READ, ids=[each[0] for each in READ])
def test_a_value_is_read_by_its_fields_type(pair: str, value: object) -> None:
    (found,) = read_given([pair], FIELDS, handbook(), AT, SAY).values()
    assert found == value
    assert isinstance(found, type(value))
    assert isinstance(found, bool) is isinstance(value, bool)


def test_a_correction_is_read_by_the_field_it_corrects() -> None:
    fields = {"field": choice("field", *CORRECTABLE), "value": Field("value", Type.ANY)}
    assert read_given(["field=dispute", "value=是"], fields, handbook(), AT, SAY)["value"] is True
    found = read_given(["value=09:30", "field=发生时间"], fields, handbook(), AT, SAY)
    assert found == {"field": "occurred_at", "value": AT.replace(hour=9, minute=30, second=0)}


@pytest.mark.parametrize("text", ["2026-11-23", "25:00", "12:60", "x", "", "2026-13-01T00:00"])
def test_what_is_no_time_is_refused_with_what_would_do(text: str) -> None:
    with pytest.raises(Stopped, match="09:30") as error:
        read_given([f"promised={text}"], FIELDS, handbook(), AT, SAY)
    assert error.value.exit_code == 2


@pytest.mark.parametrize(
    ("group", "said", "name"),
    [("kinds", "咨询", "enquiry"), ("kinds", "Repair", "repair"), ("roles", "保安", "security"), ("kinds", "?", "?")],
)
def test_labels_and_aliases_are_understood(group: str, said: str, name: str) -> None:
    assert named(group, said, REQUESTS if group == "kinds" else tuple(Role)) == name
