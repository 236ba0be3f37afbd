"""Parcels, a kind from outside: its scenarios, limits and clauses, on the command line and in every store."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.tui.command_line import answered, given

from qiantai import ZONE, Case, Clause, Desk, Done, Handbook, Household, MemoryStore, Person, Refusal, Store, label
from qiantai.plugins import load_plugins
from qiantai.projections.dossier import dossier
from qiantai.projections.register import register
from qiantai.reading import BadInput, read_site
from qiantai.testing import restarting
from qiantai.what_if import what_if
from qiantai.why import tell_duty, why
from qiantai.wire import event_in, event_out
from qiantai_scenarios import BadScenario, read_scenario, replay
from qiantai_tinydb import open_store
from qiantai_tui.sites.site import make_site, open_site

NINE = datetime(2026, 11, 23, 9, tzinfo=ZONE)
STAFF = {"li": Person("li", "李静", ["desk"]), "zhou": Person("zhou", "周刚", ["security"])}
ROLL = {"1-2-301": Household("1-2-301", "王敏", "13800001234")}
BOX = {"channel": "visit", "household": "1-2-301", "summary": "一个纸箱", "courier": "顺丰", "waybill": "SF1"}
STORES: dict[str, Callable[[Path], Store]] = {
    "memory": lambda _: MemoryStore(),
    "tinydb": open_store,
    "tinydb-restarting": lambda path: restarting(lambda: open_store(path)),
}

pytestmark = pytest.mark.usefixtures("parcels")


def desk_on(store: Store, at: datetime = NINE) -> Desk:
    kinds, failed = load_plugins().kinds()
    assert failed == ()
    return Desk(Handbook(STAFF, ROLL, requests=kinds), store, clock=lambda: at)


def done(answer: Done | Refusal) -> Case:
    assert isinstance(answer, Done), answer.sentence.en
    return answer.case


def handed_out(desk: Desk) -> Case:
    number = done(desk.receive("li", kind="parcel", **BOX)).number
    done(desk.do(number, "keep", "li", shelf="A3"))
    done(desk.do(number, "notify", "li", channel="phone"))
    return done(desk.do(number, "hand_out", "li", taken_by="王敏", checked=True))


def test_it_loads_by_its_entry_point_with_all_it_brings() -> None:
    loaded = load_plugins()
    assert loaded.failures == ()
    assert "parcels" in loaded.loaded
    kinds, failed = loaded.kinds()
    assert failed == ()
    assert list(kinds)[-1] == "parcel"


def test_every_name_it_brings_has_a_label_in_both_languages() -> None:
    kinds, _ = load_plugins().kinds()
    parcel = kinds["parcel"]
    names = {
        "kinds": {"parcel"},
        "states": set(parcel.states),
        "commands": set(parcel.commands),
        "duties": {each.name for each in parcel.duties},
        "policy": {each.key for each in parcel.limits},
        "fields": {name for of in parcel.fields.values() for name in of}
        | {fact for step in parcel.steps for fact in step.keeps.values()},
    }
    bare = {(group, each) for group, of in names.items() for each in of if label(group, each).zh == each}
    assert bare == set()


def test_its_scenarios_hold(parcels: Path) -> None:
    files = sorted((parcels / "qiantai_parcels" / "scenarios").glob("*.toml"))
    assert len(files) == 2
    kinds, _ = load_plugins().kinds()
    assert replay(files, kinds).as_text("en").count("✓") == 2
    shown = answered("replay", *files)
    assert shown["ok"] is True
    assert {case["kind"] for each in shown["scenarios"] for case in each["cases"].values()} == {"parcel"}
    with pytest.raises(BadScenario, match="there is no kind 'parcel'"):
        read_scenario(files[0])


def test_a_scenario_without_the_plugin_is_told_there_is_no_such_kind(
    parcels: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = parcels / "qiantai_parcels" / "scenarios" / "parcel-fetched.toml"
    (points,) = tmp_path.glob("installed/*/entry_points.txt")
    points.unlink()
    monkeypatch.syspath_prepend(tmp_path)  # what is installed is looked for anew
    told = given("replay", file, language="en")
    assert told.exit_code == 2
    assert "there is no kind 'parcel'" in told.stderr


def test_its_limits_are_the_sites_to_tighten_and_not_to_loosen() -> None:
    kinds, _ = load_plugins().kinds()
    head = {"name": "阳光花园", "staff": [{"id": "li", "name": "李静", "roles": ["desk"]}]}
    version = {"valid": "2026-01-01", "by": "li", "parcel_return": "5d", "parcel_reminder": "10d"}
    site = read_site({**head, "policy": [version]}, requests=kinds)
    policy = site.handbook.policy(NINE)
    assert (str(policy.period("parcel_return")), str(policy.period("parcel_reminder"))) == ("5d", "10d")
    assert str(policy.period("parcel_shelving")) == "30m"
    with pytest.raises(BadInput, match=r"looser than its clause: 8d was given.*\[parcels:5\]"):
        read_site({**head, "policy": [{**version, "parcel_return": "8d"}]}, requests=kinds)
    with pytest.raises(BadInput, match="no such limit"):
        read_site({**head, "policy": [version]})


def test_a_parcel_is_never_handed_out_unchecked_nor_sent_back_unreminded() -> None:
    desk = desk_on(MemoryStore())
    damaged = desk.receive("li", kind="parcel", damaged=True, **BOX)
    assert isinstance(damaged, Refusal)
    assert (damaged.rule, damaged.clause) == ("damaged_parcel", Clause("parcels:1"))
    number = done(desk.receive("li", kind="parcel", **BOX)).number
    assert number == "KD-20261123-001"
    done(desk.do(number, "keep", "li", shelf="A3"))
    unchecked = desk.do(number, "hand_out", "li", taken_by="有人", checked=False)
    assert isinstance(unchecked, Refusal)
    assert unchecked.clause_id == "parcels:3"
    assert unchecked.sentence.zh.startswith("不能交件:")
    early = desk.do(number, "send_back", "li", reason="没人取")
    assert isinstance(early, Refusal)
    assert early.clause_id == "parcels:5"
    assert "send_back" not in desk.offers(number, "li")


@pytest.mark.parametrize("kind", STORES)
def test_it_comes_back_whole_from_every_store(kind: str, tmp_path: Path) -> None:
    store = STORES[kind](tmp_path / "site")
    case = handed_out(desk_on(store))
    assert store.case(case.number) == case
    assert [each.number for each in store.closed_cases(words="sf1 顺丰")] == [case.number]
    assert [event_in(json.loads(json.dumps(event_out(each)))) for each in case.history] == list(case.history)
    assert {each.clause.id for each in case.duties} == {"parcels:2", "parcels:4", "parcels:5"}
    store.close()


def test_it_is_in_the_register_and_in_the_households_dossier() -> None:
    desk = desk_on(MemoryStore())
    case = handed_out(desk)
    (line,) = register([case], desk.handbook)
    assert (line.kind, line.number, line.household, line.result) == ("parcel", case.number, "1-2-301", "王敏")
    assert dossier("1-2-301", [case], desk.handbook).filed["service_record"] == (case,)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = make_site(tmp_path / "site", "demo")
    monkeypatch.setenv("QIANTAI_SITE", str(folder))
    with open_site(folder) as opened:
        opened.desk.store.keep_households([*ROLL.values()])
    return folder


def test_on_the_command_line_from_the_courier_to_the_resident(site: Path) -> None:
    pairs = ("kind=快递代收", "channel=来访", "household=1栋2单元301", "summary=纸箱", "courier=顺丰", "waybill=SF1")
    taken = answered("case", "receive", "--by", "li", *pairs)
    number = taken["case"]["number"]
    assert (taken["case"]["kind"], taken["case"]["state"]) == ("parcel", "received")
    assert answered("case", "do", number, "上架", "--by", "li", "shelf=A3")["case"]["state"] == "kept"
    assert "已上架,待取" in given("case", "show", number).output
    assert "Shelved" in given("case", "show", number, language="en").output
    refused = answered("case", "do", number, "hand_out", "--by", "li", "taken_by=王敏", "checked=否", code=1)
    assert refused["refusal"]["clause"] == "parcels:3"
    assert "取件码" in refused["refusal"]["clause_text"]["zh"]
    done = answered("case", "do", number, "交件", "--by", "li", "taken_by=王敏", "checked=是")
    assert done["case"]["filed"] == ["register", "dossier"]
    assert "代收" in given("register").output
    with open_site(site) as opened:
        assert opened.failures == ()


def test_its_clauses_are_listed_with_what_carries_them_out() -> None:
    assert "parcels:3" in {each["id"] for each in answered("clauses")["clauses"]}
    told = answered("clauses", "parcels:5")
    assert told["clause"]["zh"].startswith("提醒后")
    assert {(each["what"], each["request"]) for each in told["carried_out_by"]} == {
        ("duty", "parcel"),
        ("bar", "parcel"),
        ("step", "parcel"),
        ("limit", ""),
    }


def test_with_the_plugin_off_its_cases_are_seen_and_nothing_is_done_with_them(site: Path) -> None:
    with open_site(site) as opened:
        number = done(opened.desk.receive("li", kind="parcel", **BOX)).number
        gone = handed_out(opened.desk).number
    (site / "settings.toml").write_text('plugins_off = ["parcels"]\nsign_in = false\n', encoding="utf-8")
    with open_site(site) as opened:
        (failure,) = opened.failures
        assert failure.name == "parcel"
        assert "1 open cases" in failure.why.en
        assert opened.desk.offers(number, "li") == ()
        refused = opened.desk.do(number, "keep", "li", shelf="A3")
        assert isinstance(refused, Refusal)
        assert refused.rule == "unknown_kind"
        assert opened.desk.case(gone).state == "closed"
    assert number in given("case", "list").output
    assert given("case", "show", number).exit_code == 0
    (site / "settings.toml").write_text("sign_in = false\n", encoding="utf-8")
    with open_site(site) as opened:
        assert opened.failures == ()
        done(opened.desk.do(number, "keep", "li", shelf="A3"))


def test_outside_desk_hours_the_guard_passes_it_on_when_the_desk_opens() -> None:
    night = NINE + timedelta(hours=12)
    desk = desk_on(MemoryStore(), night)
    case = done(desk.receive("zhou", kind="parcel", **BOX))
    assert [(each.name, each.due) for each in case.owed] == [("hand_to_desk", NINE + timedelta(hours=23, minutes=35))]


def test_its_due_times_can_be_asked_why_and_what_if() -> None:
    desk = desk_on(MemoryStore())
    case = handed_out(desk)
    reason = why(case, NINE, desk.handbook)
    assert [each.name for each in reason.duties] == [each.name for each in case.duties]
    limits = {each.key: each.clause for each in desk.handbook.requests["parcel"].limits}
    found = {each.standard.key: each.standard.clause for each in reason.duties if each.standard}
    assert limits.keys() & found.keys()
    assert all(limits[key] == found[key] for key in limits.keys() & found.keys())
    assert all(tell_duty(each, STAFF).text.en for each in reason.duties)
    assert what_if((case,), desk.handbook, desk.handbook, NINE).nothing
