"""The plugin door: what comes in, what is turned away with its reason, and that neither stops the others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from qiantai import hookspecs, plugins
from qiantai.case import Case
from qiantai.memory import MemoryStore
from qiantai.plugins import Failure, NoStore, Plugins, load_plugins, open_store

CASE = Case(
    "TS-20261122-001",
    "complaint",
    "received",
    datetime(2026, 11, 22, 9, tzinfo=UTC),
    datetime(2026, 11, 22, 9, tzinfo=UTC),
    "li",
    "li",
)

Install = Callable[..., None]


def failure(loaded: Plugins, name: str) -> Failure:
    """The one failure of that name."""
    (found,) = [each for each in loaded.failures if each.name == name]
    assert name not in loaded.loaded
    return found


HEARD = """
heard = []

@hookimpl
def qiantai_after_events(case):
    heard.append(case.number)
"""


def test_a_plugin_is_told_of_events_and_may_leave_out_parameters(install: Install) -> None:
    install("listener", HEARD)
    loaded = load_plugins()
    assert "listener" in loaded.loaded
    assert loaded.after_events((), CASE) == ()
    assert loaded.manager.get_plugin("listener").heard == [CASE.number]  # type: ignore[union-attr]


def test_a_disabled_plugin_is_not_even_imported(install: Install) -> None:
    install("listener", "raise SystemExit('imported')")
    assert "listener" not in load_plugins(disabled={"listener"}).loaded


def test_a_missing_library_is_named_and_stops_nobody_else(install: Install) -> None:
    install("alone", "import no_such_library")
    install("listener", HEARD)
    loaded = load_plugins()
    assert "no_such_library" in failure(loaded, "alone").why.zh
    assert "no_such_library" in failure(loaded, "alone").why.en
    assert "listener" in loaded.loaded


def test_a_plugin_that_raises_at_import_is_named_with_what_it_said(install: Install) -> None:
    install("broken", "raise RuntimeError('no such notice')")
    assert "no such notice" in failure(load_plugins(), "broken").why.zh


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("@hookimpl\ndef qiantai_after_event(case): ...", "qiantai_after_events"),
        ("@hookimpl\ndef qiantai_calender_years(known): ...", "qiantai_calendar_years"),
        ("@hookimpl\ndef qiantai_after_events(cases): ...", "cases"),
        ("def qiantai_after_events(case): ...", "@hookimpl"),
        ("year = 2027", "qiantai_requests"),
    ],
    ids=["misspelt", "misspelt too", "a wrong parameter", "not marked", "no hook"],
)
def test_a_fault_in_the_hooks_is_named(install: Install, code: str, said: str) -> None:
    install("faulty", code)
    install("listener", HEARD)
    loaded = load_plugins()
    assert said in failure(loaded, "faulty").why.zh
    assert said in failure(loaded, "faulty").why.en
    assert "listener" in loaded.loaded
    assert loaded.after_events((), CASE) == ()


def test_one_plugin_under_two_names_is_taken_once(install: Install, tmp_path: Path) -> None:
    install("listener", HEARD)
    (points,) = tmp_path.glob("*/entry_points.txt")
    group, line = points.read_text(encoding="utf-8").splitlines()
    points.write_text(f"{group}\n{line}\n{line.replace('listener', 'again', 1)}\n", encoding="utf-8")
    loaded = load_plugins()
    assert "again" in loaded.loaded
    assert failure(loaded, "listener").why.en == "it is there already, as again"


def test_two_under_one_name_are_not_both_taken(install: Install) -> None:
    install("cn_calendar", HEARD)
    loaded = load_plugins()
    assert loaded.loaded.count("cn_calendar") == 1
    assert [each.why.en for each in loaded.failures] == ["it is there already, as cn_calendar"]


def test_what_a_plugin_raises_stops_no_other_and_is_named(install: Install) -> None:
    install("a_raises", "@hookimpl\ndef qiantai_after_events(events):\n    raise OSError('disk full')")
    install("b_listener", HEARD)
    loaded = load_plugins()
    (failed,) = loaded.after_events((), CASE)
    assert failed.name == "a_raises"
    assert "qiantai_after_events" in failed.why.zh
    assert "disk full" in failed.why.zh
    assert loaded.manager.get_plugin("b_listener").heard == [CASE.number]  # type: ignore[union-attr]


def test_a_generator_that_raises_halfway_gives_nothing(install: Install) -> None:
    install("halfway", "@hookimpl\ndef qiantai_requests():\n    raise OSError('disk full')\n    yield 1")
    asked = load_plugins().requests(())
    assert [each.name for each in asked.failures] == ["halfway"]
    assert asked.values == ()


def test_what_is_no_year_is_turned_away(install: Install) -> None:
    install("strange", "@hookimpl\ndef qiantai_calendar_years(known):\n    return [sorted(known)]")
    (failed,) = [each for each in load_plugins().calendar_years({2026}).failures if each.name == "strange"]
    assert "[2026], which is no Year" in failed.why.en


REQUESTS = """
from attrs import evolve
from qiantai.requests import REQUESTS

@hookimpl
def qiantai_requests():
    return [evolve(REQUESTS["help"], kind=kind, prefix=kind.upper(){more}) for kind in {kinds}]
"""


def test_a_kind_of_request_is_taken_once(install: Install) -> None:
    install("a_parcels", REQUESTS.format(kinds=["parcel"], more=""))
    install("b_parcels", REQUESTS.format(kinds=["visitor", "parcel"], more=""))
    install("c_complaints", REQUESTS.format(kinds=["complaint"], more=""))
    install("d_twice", REQUESTS.format(kinds=["lift", "lift"], more=""))
    asked = load_plugins().requests({"complaint"})
    assert [each.kind for each in asked.values] == ["parcel"]
    assert [(each.name, each.why.en) for each in asked.failures] == [
        ("b_parcels", "qiantai_requests gave parcel, which is there already"),
        ("c_complaints", "qiantai_requests gave complaint, which is there already"),
        ("d_twice", "qiantai_requests gave lift, which is there already"),
    ]


def test_a_flawed_kind_is_turned_away_and_the_limits_of_two_do_not_mix(install: Install) -> None:
    limit = "Limit(HOUSE, 'lift_check', Period(1, 'd'))"
    install("a_astray", REQUESTS.format(kinds=["lift"], more=", states=('received',)"))
    own = "from qiantai.clauses import HOUSE\nfrom qiantai.periods import Period\nfrom qiantai.policy import Limit\n"
    install("b_own", own + REQUESTS.format(kinds=["pool"], more=f", limits=({limit},)"))
    install("c_same", own + REQUESTS.format(kinds=["pond"], more=f", limits=({limit},)"))
    kinds, failed = load_plugins().kinds()
    assert list(kinds)[-1] == "pool"
    assert [(each.name, each.why.en.partition(": ")[2]) for each in failed] == [
        ("a_astray", "it has no state closed"),
        ("c_same", "the limit lift_check is there already"),
    ]


def test_no_kind_takes_the_name_or_the_numbers_of_another_or_of_incidents(install: Install) -> None:
    install("a_incident", REQUESTS.format(kinds=["incident"], more=""))
    install("b_sj", REQUESTS.format(kinds=["sj"], more=""))
    install("c_pool", REQUESTS.format(kinds=["pool"], more=""))
    install("d_pond", REQUESTS.format(kinds=["pond"], more="").replace("kind.upper()", "'POOL'"))
    _, failed = load_plugins().kinds()
    assert [(each.name, each.why.en) for each in failed] == [
        ("a_incident", "qiantai_requests gave incident, which is there already"),
        ("b_sj", "qiantai_requests gave sj, which will not do: the prefix SJ of its numbers is there already"),
        ("d_pond", "qiantai_requests gave pond, which will not do: the prefix POOL of its numbers is there already"),
    ]


SCREENS = """
from qiantai.offered import OfferedScreen

@hookimpl
def qiantai_labels():
    return {{"screens": {{name: {{"zh": "画面", "en": "Screen"}} for name in {words}}}}}

@hookimpl
def qiantai_screens():
    return [OfferedScreen(name, {make}) for name in {names}]
"""


@pytest.mark.usefixtures("no_words")
def test_screens_come_in_the_order_of_their_plugins_each_with_its_giver(install: Install) -> None:
    install("b_house", SCREENS.format(words=["lifts"], names=["lifts"], make="object"))
    install("a_yard", SCREENS.format(words=["gates", "barriers"], names=["gates", "barriers"], make="object"))
    asked = load_plugins().screens({"queue"})
    assert [each.name for each in asked.values] == ["gates", "barriers", "lifts"]
    assert asked.givers == ("a_yard", "a_yard", "b_house")
    assert asked.failures == ()


@pytest.mark.usefixtures("no_words")
@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"words": [], "names": ["queue"]}, "gave queue, which is there already"),
        ({"words": ["lifts"], "names": ["lifts", "lifts"]}, "gave lifts, which is there already"),
        ({"words": [], "names": ["lifts"]}, "qiantai_labels has no label for it in screens"),
        ({"words": [], "names": ["help"]}, "qiantai_labels has no label for it in screens"),
        ({"words": ["a lift"], "names": ["a lift"]}, "its name is to be an identifier, as lifts"),
        ({"words": ["lifts"], "names": ["lifts"], "make": "None"}, "its make cannot be called"),
    ],
    ids=["the desk's own", "twice", "no label", "another's label", "no identifier", "nothing to call"],
)
def test_a_screen_that_will_not_do_is_its_plugins_failure(
    install: Install, given: dict[str, object], said: str
) -> None:
    install("a_house", SCREENS.format(**{"make": "object", **given}))
    install("b_yard", SCREENS.format(words=["gates"], names=["gates"], make="object"))
    asked = load_plugins().screens({"queue"})
    assert [each.name for each in asked.values] == ["gates"]
    assert [each.name for each in asked.failures] == ["a_house"]
    assert asked.failures[0].why.en.startswith("qiantai_screens gave ")
    assert asked.failures[0].why.en.endswith(said)


def test_every_hook_is_asked_by_the_product() -> None:
    hooks = {each for each in vars(hookspecs) if each.startswith("qiantai_")}
    source = Path(plugins.__file__).read_text(encoding="utf-8")
    assert {each for each in hooks if f'"{each}"' in source} == hooks


def test_our_own_plugins_come_through_the_same_door() -> None:
    loaded = load_plugins()
    assert loaded.failures == ()
    assert "cn_calendar" in loaded.loaded


def test_memory_is_a_store_without_any_plugin(tmp_path: Path) -> None:
    assert isinstance(open_store("memory", tmp_path / "none"), MemoryStore)
    assert not (tmp_path / "none").exists()


def test_a_store_is_opened_by_its_name(install: Install, tmp_path: Path) -> None:
    code = "from qiantai.memory import MemoryStore\n\nclass Paper(MemoryStore): ...\n\n"
    opener = "def open_paper(path):\n    paper = Paper()\n    (path / 'paper').touch()\n    return paper"
    install("paper", code + opener, plugins.STORES, ":open_paper")
    assert type(open_store("paper", tmp_path)).__name__ == "Paper"
    assert (tmp_path / "paper").exists()


def test_an_unknown_store_is_told_what_there_is(tmp_path: Path) -> None:
    with pytest.raises(NoStore, match=r"'slate'.*memory.*postgresql.*sqlite.*tinydb") as caught:
        open_store("slate", tmp_path)
    assert "tinydb" in caught.value.why.zh


def test_a_store_that_lies_elsewhere_is_given_its_address(install: Install, tmp_path: Path) -> None:
    code = "from qiantai.memory import MemoryStore\n\nclass Paper(MemoryStore): ...\n\n"
    opener = "def open_paper(path, address='nowhere'):\n    (path / 'at').write_text(address)\n    return Paper()"
    install("paper", code + opener, plugins.STORES, ":open_paper")
    open_store("paper://shelf/3", tmp_path)
    assert (tmp_path / "at").read_text() == "paper://shelf/3"
    open_store("paper", tmp_path)
    assert (tmp_path / "at").read_text() == "nowhere"


def test_a_store_without_addresses_says_so(tmp_path: Path) -> None:
    with pytest.raises(NoStore, match="has no address"):
        open_store("tinydb://elsewhere", tmp_path)


def test_a_store_without_its_library_names_the_library(install: Install, tmp_path: Path) -> None:
    install("paper", "import no_such_library", plugins.STORES, ":open_paper")
    with pytest.raises(NoStore, match="no_such_library"):
        open_store("paper", tmp_path)
