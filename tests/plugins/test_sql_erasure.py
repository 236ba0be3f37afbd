"""An erasure in the databases: no byte is left in SQLite's files, nor in PostgreSQL's but in its log of changes."""

from __future__ import annotations

import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection
from tests.plugins.postgres import Server
from tests.plugins.slow_disk import LONGEST

from qiantai import Desk, Done, Handbook, Household, Person, Residents, Store, audit
from qiantai.residents import Erased
from qiantai.store import StoreError, Unwritable
from qiantai.testing.happenings import NINE
from qiantai.words import ERASED, Bilingual
from qiantai_sql import open_postgresql, open_sqlite
from qiantai_sql.sqlite import Sqlite

SECRETS = ("王小丫", "13800001234", "第三间厨房")
STAFF = Person("li", "李静", ("desk",)), Person("zhao", "赵颖", ("cs_head",))


def desk_on(store: Store) -> Desk:
    return Desk(Handbook({each.id: each for each in STAFF}), store, clock=lambda: NINE)


def done(answer: object) -> Done:
    assert isinstance(answer, Done), answer
    return answer


def closed_case(desk: Desk, **said: Any) -> str:
    facts = {"name": "王小丫", "phone": "13800001234", "summary": "第三间厨房漏水", **said}
    number = done(desk.receive("li", kind="repair", channel="phone", emergency=False, **facts)).case.number
    done(desk.do(number, "withdraw", "li", reason=f"{facts['name']}说不用了"))
    return number


def left(data: bytes, *more: str) -> list[str]:
    return [each for each in (*SECRETS, *more) if each.encode() in data]


def in_files(folder: Path) -> bytes:
    return b"\n".join(each.read_bytes() for each in sorted(folder.rglob("*")) if each.is_file())


def salts(desk: Desk, number: str) -> list[str]:
    return [each.salt for each in desk.case(number).history if each.salt]


def test_while_it_is_erased_the_desk_goes_on_reading_and_writing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, may, clear = threading.Event(), threading.Event(), Sqlite.clear

    def clearing(door: Sqlite, connection: Connection) -> None:
        asked.set()
        assert may.wait(LONGEST)
        clear(door, connection)

    monkeypatch.setattr(Sqlite, "clear", clearing)
    with closing(open_sqlite(tmp_path)) as store:
        desk = desk_on(store)
        number = closed_case(desk)
        erasing = threading.Thread(target=lambda: desk.erase(number, "zhao", reason="业主要求"))
        erasing.start()
        try:
            assert asked.wait(LONGEST)
            taken = done(desk.receive("li", kind="repair", channel="phone", emergency=False, summary="灯不亮"))
            assert [each.number for each in store.open_cases()] == [taken.case.number]
            assert desk.case(number).text("name") == ERASED
        finally:
            may.set()
            erasing.join(LONGEST)
        assert left(in_files(tmp_path)) == []


def test_no_byte_of_words_or_salts_is_left_in_the_file_or_its_log(tmp_path: Path) -> None:
    with closing(open_sqlite(tmp_path)) as store, closing(open_sqlite(tmp_path)) as other:
        desk = desk_on(store)
        number = closed_case(desk)
        several = [closed_case(desk, name="李先生", phone="1", summary="灯不亮") for _ in range(80)]
        for each in several:
            done(desk_on(other).do(each, "note", "li", text="王先生来电"))
        secret = salts(desk, number)
        assert left(in_files(tmp_path), *secret) == [*SECRETS, *secret]
        done(desk_on(other).do(number, "note", "li", text="王小丫致谢"))
        done(desk.erase(number, "zhao", reason="业主要求"))
        assert left(in_files(tmp_path), *secret) == []
        assert desk_on(other).case(number).text("name") == ERASED
        assert audit(other).whole
    assert left(in_files(tmp_path), *secret) == []


def test_no_byte_is_left_in_the_tables_of_postgresql(tmp_path: Path, postgres: Server) -> None:
    address = postgres.new_site()
    with closing(open_postgresql(tmp_path, address)) as store:
        desk = desk_on(store)
        several = [closed_case(desk, name="李先生", phone="1", summary="灯不亮") for _ in range(40)]
        number = closed_case(desk)
        secret = salts(desk, number)
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("ANALYZE")
        assert left(postgres.tables(), *secret) == [*SECRETS, *secret]
        done(desk.erase(number, "zhao", reason="业主要求"))
        assert left(postgres.tables(), *secret) == []
        assert desk.case(number).text("name") == ERASED
        assert desk.case(several[0]).text("name") == "李先生"
        assert audit(store).whole


def roll_erased(store: Store) -> None:
    secret = Household("1-1-101", "王小丫", "13800001234", "第三间厨房@example.com")
    store.keep_households([secret, *(Household(f"2-1-{n}", "李先生", "1") for n in range(200))])
    desk = Desk(Handbook({each.id: each for each in STAFF}, {secret.id: secret}), store, clock=lambda: NINE)
    assert isinstance(Residents(desk).erase(secret.id, "zhao", "已搬走"), Erased)


def test_an_entry_of_the_roll_alone_is_in_no_byte_either(tmp_path: Path, postgres: Server) -> None:
    with closing(open_sqlite(tmp_path)) as store:
        roll_erased(store)
        assert left(in_files(tmp_path)) == []
    with closing(open_postgresql(tmp_path, postgres.new_site())) as store:
        roll_erased(store)
        assert left(postgres.tables()) == []


def test_what_could_not_be_cleared_is_cleared_with_the_next_action_or_opening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clear, full = Sqlite.clear, [True, True, True]

    def cleared(door: Sqlite, connection: Connection) -> None:
        if full:
            full.pop()
            raise Unwritable(Bilingual("磁盘已满", "disk full"))
        clear(door, connection)

    monkeypatch.setattr(Sqlite, "clear", cleared)
    with closing(open_sqlite(tmp_path)) as store:
        desk = desk_on(store)
        numbers = [closed_case(desk) for _ in range(2)]
        with pytest.raises(Unwritable, match="on record"):
            desk.erase(numbers[0], "zhao", reason="业主要求")
        assert desk.case(numbers[0]).text("name") == ERASED
        with pytest.raises(StoreError, match="on record"):
            closed_case(desk, name="钱先生", phone="2", summary="门铃不响")
    with pytest.raises(StoreError, match="on record"):
        open_sqlite(tmp_path)
    with closing(open_sqlite(tmp_path)) as store:
        desk = desk_on(store)
        assert left(in_files(tmp_path)) == list(SECRETS), "the second case still has them"
        done(desk.erase(numbers[1], "zhao", reason="业主要求"))
        assert left(in_files(tmp_path)) == []
        assert audit(store).whole
