"""Who is let in to a served desk, by what names it answers, how fast, and on what terms it is served at all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantai_tui.serving.door import LINK_GOOD_FOR, MOST_ADDRESSES, MOST_VISITS, VISIT_GOOD_FOR, Door, Tries
from qiantai_tui.serving.names import FOREIGN, WRONG_NAME, Names, is_loopback
from qiantai_tui.serving.pace import Pace
from qiantai_tui.serving.password import VARIABLE, read_digest, taken_from, write_digest
from qiantai_tui.serving.terms import ALONE, SEVERAL, Terms, desks_of, missing
from qiantai_tui.sign_in.book import LOCKED_FOR, WAITS
from qiantai_tui.sign_in.secrecy import fits
from qiantai_tui.sites.files import SiteError
from qiantai_tui.sites.site import Settings
from tests.tui.desk_driver import MONDAY

SECOND = timedelta(seconds=1)
GOOD = "four dry lamps agree"


def test_a_link_lets_in_once() -> None:
    door = Door()
    token = door.link(MONDAY)
    shown = door.by_link(token, MONDAY)
    assert shown is not None
    assert door.known(shown, MONDAY) is not None
    assert door.by_link(token, MONDAY) is None
    assert door.by_link("", MONDAY) is door.by_link("\ud800", MONDAY) is None


def test_a_link_runs_out_and_a_new_one_takes_its_place() -> None:
    door = Door()
    assert door.by_link(door.link(MONDAY), MONDAY + LINK_GOOD_FOR) is None
    first, second = door.link(MONDAY), door.link(MONDAY)
    assert door.by_link(first, MONDAY) is None
    assert door.by_link(second, MONDAY + LINK_GOOD_FOR - SECOND) is not None


def test_a_visit_runs_out() -> None:
    door = Door()
    shown, other = door.let_in(MONDAY), door.let_in(MONDAY)
    visit = door.known(shown, MONDAY + VISIT_GOOD_FOR - SECOND)
    assert visit is not None
    assert visit != door.known(other, MONDAY)
    assert door.known(shown, MONDAY + VISIT_GOOD_FOR) is None


def test_visits_and_places_are_kept_in_bounds() -> None:
    door, tries = Door(), Tries()
    shown = [door.let_in(MONDAY) for _ in range(MOST_VISITS + 3)]
    assert [door.known(each, MONDAY) is None for each in shown].count(True) == 3
    assert door.known(shown[-1], MONDAY) is not None
    for number in range(MOST_ADDRESSES + 50):
        tries.count(f"10.0.{number // 250}.{number % 250}", MONDAY)
    assert len(tries) == MOST_ADDRESSES


def test_each_wrong_password_costs_more_time() -> None:
    tries, waited = Tries(), []
    for _ in range(len(WAITS)):
        waited.append(tries.left("192.0.2.7", MONDAY))
        tries.count("192.0.2.7", MONDAY)
    assert waited == [timedelta(seconds=each) for each in WAITS]
    assert tries.left("192.0.2.7", MONDAY) == LOCKED_FOR
    assert tries.left("192.0.2.7", MONDAY + LOCKED_FOR) == timedelta()
    assert tries.left("192.0.2.8", MONDAY) == timedelta()
    tries.forget("192.0.2.7")
    assert tries.left("192.0.2.7", MONDAY) == timedelta()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8::1", "2001:db8::ffff:2", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("192.0.2.7", "::ffff:192.0.2.7", True),
        ("no address", "", True),
    ],
)
def test_a_subscribers_addresses_are_one_place(one: str, other: str, same: bool) -> None:
    tries = Tries()
    for _ in range(5):
        tries.count(one, MONDAY)
    assert bool(tries.left(other, MONDAY)) is same


OURS = Names.of("http", 8020, "127.0.0.1", ["desk.example.cn"])
HOST = {"Host": "127.0.0.1:8020"}


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8020", "localhost:8020", "LOCALHOST:8020", "[::1]:8020", "desk.example.cn:8020"]
)
def test_its_own_names_are_answered(host: str) -> None:
    assert OURS.wrong({"Host": host}, must_say=False, may_lead_here=False) is None
    assert OURS.wrong({"Host": host, "Origin": f"http://{host}"}, must_say=True, may_lead_here=False) is None


@pytest.mark.parametrize(
    "host",
    [
        "",
        "127.0.0.1",
        "127.0.0.1:8021",
        "evil.example:8020",
        "127.0.0.1.evil.example:8020",
        "desk.example.cn:8020.",
        "desk.example.cn:8020@evil",
    ],
)
def test_a_rebound_name_is_not(host: str) -> None:
    assert OURS.wrong({"Host": host}, must_say=False, may_lead_here=True) == WRONG_NAME


@pytest.mark.parametrize(
    "said",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "https://127.0.0.1:8020"},
        {"Origin": "http://127.0.0.1:9000"},
        {"Origin": "http://localhost:8020"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors"},
    ],
)
def test_another_page_is_not(said: Mapping[str, str]) -> None:
    assert OURS.wrong({**HOST, **said}, must_say=False, may_lead_here=True) == FOREIGN


def test_a_link_may_lead_to_the_page_and_nothing_else_may_be_led_to() -> None:
    led = {**HOST, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert OURS.wrong(led, must_say=False, may_lead_here=True) is None
    assert OURS.wrong(led, must_say=False, may_lead_here=False) == FOREIGN
    assert OURS.wrong(HOST, must_say=True, may_lead_here=False) == FOREIGN


def test_the_scheme_s_own_port_may_be_left_out() -> None:
    names = Names.of("https", 443, "0.0.0.0", ["desk.example.cn"])
    for host in ("desk.example.cn", "desk.example.cn:443"):
        assert names.wrong({"Host": host}, must_say=False, may_lead_here=False) is None
    assert not any("0.0.0.0" in each for each in names.hosts)


@pytest.mark.parametrize(
    ("address", "alone"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("10.0.0.5", False),
        ("desk.example.cn", False),
        ("", False),
    ],
)
def test_what_only_this_machine_reaches(address: str, alone: bool) -> None:
    assert is_loopback(address) is alone


@given(st.lists(st.tuples(st.floats(0, 3), st.floats(0, 50)), max_size=60))
def test_no_more_goes_through_than_the_pace_allows(steps: list[tuple[float, float]]) -> None:
    """However it is sent, what went through by any moment is at most what was allowed at once and by then."""
    at, sent = 0.0, 0.0
    pace = Pace(10, 20, lambda: at)
    for pause, much in steps:
        at += pause
        at += pace.wait(much)
        sent += much
        assert sent <= 20 + 10 * at + 1e-6


def test_a_password_is_kept_as_its_digest_for_the_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "password"
    write_digest(file, GOOD)
    assert GOOD not in file.read_text(encoding="utf-8")
    assert file.stat().st_mode & 0o077 == 0
    assert fits(GOOD, read_digest(file))
    assert not fits(GOOD + "s", read_digest(file))


@pytest.mark.parametrize("weak", ["", "1234", "1234567890", "aaaaaaaaaaaa", "lamps", "13800001234", "x" * 65])
def test_a_weak_password_is_refused_with_what_would_do(weak: str, tmp_path: Path) -> None:
    with pytest.raises(SiteError) as refused:
        write_digest(tmp_path / "password", weak)
    assert "可行" in refused.value.why.zh
    assert not (tmp_path / "password").exists()


def test_a_file_that_is_no_digest_or_is_open_to_others_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "password"
    for wrong in (None, GOOD, "scrypt$2$00$00", "\ud800"):
        if wrong is not None:
            file.write_bytes(wrong.encode("utf-8", "surrogatepass"))
            file.chmod(0o600)
        with pytest.raises(SiteError) as refused:
            read_digest(file)
        assert "--new-password" in refused.value.why.en
    write_digest(file, GOOD)
    file.chmod(0o640)
    with pytest.raises(SiteError, match="chmod 600"):
        read_digest(file)


def test_the_environments_password_is_taken_out_of_it() -> None:
    environment = {VARIABLE: GOOD, "HOME": "/x"}
    assert fits(GOOD, taken_from(environment))
    assert environment == {"HOME": "/x"}
    assert taken_from(environment) == ""


TLS = (Path("cert.pem"), Path("key.pem"))
WHOLE = Terms(address="0.0.0.0", names=("desk.example.cn",), tls=TLS, password="scrypt$")


@pytest.mark.parametrize(
    ("terms", "settings", "pins", "what_would_do"),
    [
        (Terms(address="0.0.0.0"), Settings(), True, "--cert"),
        (Terms(address="0.0.0.0", tls=TLS), Settings(), True, "--new-password"),
        (WHOLE, Settings(sign_in=False), True, "sign_in = true"),
        (WHOLE, Settings(), False, "qiantai pin set"),
        (Terms(address="::", tls=TLS, password="scrypt$"), Settings(), True, "--name"),
    ],
)
def test_beyond_this_machine_what_is_missing_is_told(
    terms: Terms, settings: Settings, pins: bool, what_would_do: str
) -> None:
    lacking = missing(terms, settings, pins=pins)
    assert lacking is not None
    assert what_would_do in lacking.en
    assert what_would_do in lacking.zh


def test_with_everything_there_or_for_this_machine_alone_nothing_is_missing() -> None:
    assert missing(WHOLE, Settings(), pins=True) is None
    assert missing(Terms(address="192.0.2.5", tls=TLS, password="scrypt$"), Settings(), pins=True) is None
    assert missing(Terms(), Settings(sign_in=False), pins=False) is None


def test_a_store_of_one_process_has_one_desk_unless_the_settings_say() -> None:
    assert [desks_of(Settings(store=each)) for each in ("", "tinydb", "sqlite", "postgresql://x")] == [
        ALONE, ALONE, SEVERAL, SEVERAL,
    ]  # fmt: skip
    assert desks_of(Settings(serve_desks=7)) == 7
