"""What a database can do to a desk: go away, come back, fill up, be held. Nothing is half written, and it is told."""

from __future__ import annotations

import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import PoolProxiedConnection, text
from sqlalchemy.exc import DBAPIError
from tests.plugins.postgres import NoServer, Server, a_server, or_skip

from qiantai.people import Household
from qiantai.store import Conflict, Damaged, Locked, Look, StoreError, Unreachable, Unwritable
from qiantai.testing.happenings import LIFT, TAP, noted, received
from qiantai_sql import open_postgresql, open_sqlite, sqlite
from qiantai_sql.store import SqlStore
from qiantai_sql.tables import FORMAT


@pytest.fixture
def own_server() -> Iterator[Server]:
    """A server that a test may end."""
    try:
        with a_server(fsync="on") as server:
            yield server
    except NoServer as missing:
        or_skip(missing, pytest.skip, pytest.fail)


def opened(server: Server, address: str = "") -> SqlStore:
    store = open_postgresql(Path(), address or server.new_site())
    assert isinstance(store, SqlStore)
    return store


def length(store: SqlStore, number: str = LIFT) -> int:
    case = store.case(number)
    return len(case.history) if case else 0


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT])
def test_a_server_that_comes_back_is_simply_used_again(own_server: Server, how: signal.Signals) -> None:
    with closing(opened(own_server)) as store:
        store.append([received(LIFT)])
        own_server.end(how)
        for asked in (store.open_cases, lambda: store.append([noted(LIFT, 1, "断线时")]), lambda: store.looks()):
            with pytest.raises(Unreachable) as told:
                asked()
            assert "连不上" in told.value.why.zh
            assert "network and server" in told.value.why.en
        own_server.start()
        assert length(store) == 1
        store.append([noted(LIFT, 1, "恢复以后")])
        own_server.end(how)
        own_server.start()
        store.append([noted(LIFT, 2, "没察觉断过")])
        assert length(store) == 3


def test_a_server_that_is_not_there_is_told_at_opening(tmp_path: Path) -> None:
    with pytest.raises(Unreachable, match=r"127\.0\.0\.1"):
        open_postgresql(tmp_path, "postgresql://li@127.0.0.1:1/x")
    with pytest.raises(Unwritable):
        open_postgresql(tmp_path, "postgresql://li@host/x?no_such_option=1")


def break_the_connection_at_commit(store: SqlStore, *, after: bool, times: int = 1) -> None:
    """The connection is lost as an action is confirmed: before it is, or after it was and could not be said."""
    left = [None] * times
    engine = store._door.engine
    dialect = engine.dialect
    commit = dialect.do_commit

    def lost(connection: PoolProxiedConnection) -> None:
        if not left:
            commit(connection)
            return
        left.pop()
        if after:
            commit(connection)
        assert connection.driver_connection is not None
        connection.driver_connection.close()
        raise psycopg.OperationalError("server closed the connection unexpectedly")

    dialect.do_commit = lost  # type: ignore[assignment, method-assign]


@pytest.mark.parametrize("after", [False, True])
def test_a_connection_lost_at_the_very_end_leaves_the_action_there_once(postgres: Server, after: bool) -> None:
    with closing(opened(postgres)) as store:
        store.append([received(LIFT), received(TAP)])
        break_the_connection_at_commit(store, after=after)
        store.append([noted(LIFT, 1, "在断的时候"), noted(TAP, 1, "也是")])
        assert [length(store, each) for each in (LIFT, TAP)] == [2, 2]
        store.append([noted(LIFT, 2, "以后")])
        assert length(store) == 3


def test_an_action_whose_outcome_cannot_be_asked_says_so(own_server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(opened(own_server)) as store:
        store.append([received(LIFT)])
        break_the_connection_at_commit(store, after=True)
        commit = store._door.engine.dialect.do_commit

        def then_gone(connection: PoolProxiedConnection) -> None:
            try:
                commit(connection)
            finally:
                own_server.end(signal.SIGQUIT)

        monkeypatch.setattr(store._door.engine.dialect, "do_commit", then_gone)
        with pytest.raises(Unreachable) as told:
            store.append([noted(LIFT, 1, "到底存了没有")])
        assert "要么整步都在,要么全不在" in told.value.why.zh
        own_server.start()
        assert length(store) == 2


@pytest.mark.parametrize(
    ("code", "kind"), [("53100", Unwritable), ("42501", Unwritable), ("XX001", Damaged), ("40P01", Conflict)]
)
def test_what_the_server_does_not_take_is_told_and_leaves_nothing(
    postgres: Server, code: str, kind: type[StoreError]
) -> None:
    with closing(opened(postgres)) as store:
        store.append([received(LIFT)])
        with store._door.engine.begin() as connection:
            connection.execute(
                text(f"""
                CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'no room' USING ERRCODE = '{code}'; END $$""")
            )
            connection.execute(text("CREATE TRIGGER refuse BEFORE INSERT ON events EXECUTE FUNCTION refuse()"))
        with pytest.raises(kind):
            store.append([noted(LIFT, 1, "写不进")])
        assert length(store) == 1
        with store._door.engine.begin() as connection:
            connection.execute(text("DROP TRIGGER refuse ON events"))
        store.append([noted(LIFT, 1, "写进了")])
        assert length(store) == 2


def test_a_full_disk_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    with closing(open_sqlite(tmp_path)) as store:
        assert isinstance(store, SqlStore)
        store.append([received(LIFT)])
        with store._door.engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(Unwritable, match="full"):
            store.append([noted(LIFT, 1, "很长的话" * 20_000)])
        assert length(store) == 1
        with store._door.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
        store.append([noted(LIFT, 1, "腾出空间以后")])
        assert length(store) == 2


def test_a_database_that_another_program_holds_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "PATIENCE", 0.05)
    with closing(open_sqlite(tmp_path)) as store, closing(sqlite3.connect(tmp_path / sqlite.FILE)) as other:
        store.append([received(LIFT)])
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Locked, match="another program"):
            store.append([noted(LIFT, 1, "等不到")])
        assert [each.number for each in store.open_cases()] == [LIFT]
        other.rollback()
        store.append([noted(LIFT, 1, "等到了")])


def damage(tmp_path: Path, statement: str) -> None:
    with closing(sqlite3.connect(tmp_path / sqlite.FILE)) as other, other:
        other.execute(statement)


def test_a_database_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    open_sqlite(tmp_path).close()
    damage(tmp_path, f"UPDATE site SET format = {FORMAT + 1}")
    with pytest.raises(Damaged, match="later version"):
        open_sqlite(tmp_path)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET body = 'x' WHERE seq = 1",
        "UPDATE events SET seq = 7 WHERE seq = 1",
        "DELETE FROM events WHERE seq = 1",
        "DELETE FROM events",
        "DELETE FROM cases",
        "UPDATE cases SET state = 'closed'",
        "UPDATE cases SET said = ''",
        "UPDATE cases SET open = 0",
        "DELETE FROM case_households",
    ],
)
def test_rows_that_somebody_changed_are_found_by_an_audit(tmp_path: Path, statement: str) -> None:
    with closing(open_sqlite(tmp_path)) as store:
        store.append([received(LIFT), noted(LIFT, 1, "门在五楼")])
    damage(tmp_path, statement)
    with closing(open_sqlite(tmp_path)) as store, pytest.raises(Damaged, match=LIFT):
        list(store.all_cases())


@pytest.mark.parametrize("body", ["x", "[]", "{}", '{"id": 1}'])
def test_a_row_of_the_roll_or_of_the_looks_that_is_none_is_told_with_its_place(tmp_path: Path, body: str) -> None:
    with closing(open_sqlite(tmp_path)) as store:
        store.keep_households([Household("1-2-301", "王敏")])
        store.record(Look(received(LIFT).at, "li", "dossier", "1-2-301"))
    for table in ("roll", "looks"):
        damage(tmp_path, f"UPDATE {table} SET body = '{body}'")
    with closing(open_sqlite(tmp_path)) as store:
        with pytest.raises(Damaged, match="roll 1"):
            store.households()
        with pytest.raises(Damaged, match="looks 1"):
            store.looks()


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / sqlite.FILE).write_text("不是数据库" * 1000, encoding="utf-8")
    with pytest.raises(Damaged, match=sqlite.FILE):
        open_sqlite(tmp_path)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(Unwritable):
        open_sqlite(tmp_path / "file")


@pytest.mark.parametrize("asked", ["open_cases", "news", "looks"])
def test_a_store_that_was_closed_says_so(tmp_path: Path, asked: str) -> None:
    store = open_sqlite(tmp_path)
    store.close()
    store.close()
    closed: Callable[[], object] = getattr(store, asked)
    with pytest.raises(Unwritable, match="closed"):
        closed()


def test_only_its_owner_may_read_the_file(tmp_path: Path) -> None:
    with closing(open_sqlite(tmp_path / "site")) as store:
        store.append([received(LIFT)])
        files = list((tmp_path / "site").iterdir())
        assert len(files) == 3
        assert {each.stat().st_mode & 0o077 for each in (tmp_path / "site", *files)} == {0}


def test_an_error_of_the_database_tells_nothing_of_what_was_said(tmp_path: Path) -> None:
    with closing(open_sqlite(tmp_path)) as store:
        assert isinstance(store, SqlStore)
        store.append([received(LIFT)])
        damage(tmp_path, "DROP TABLE events")
        with pytest.raises(Unwritable) as told:
            store.append([noted(LIFT, 1, "王女士 13800001234")])
        assert isinstance(told.value.__cause__, DBAPIError)
        assert "13800001234" not in f"{told.value} {told.value.__cause__}"
