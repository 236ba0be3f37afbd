"""A small site's files with something hostile in one of them: read whole, or refused and left as they were."""

from __future__ import annotations

import shutil
import tempfile
from datetime import date
from functools import cache
from pathlib import Path
from zlib import crc32

from qiantai import Desk, Done, Handbook, Household, Person, audit
from qiantai.store import Look, StoreError
from qiantai.testing.happenings import NINE
from qiantai_tinydb.lines import document_at, line_of, render, seal, unseal
from qiantai_tinydb.month import BEGINS, render_month
from qiantai_tinydb.store import TinyStore

FILES = ("open.json", "open.json.journal", "households.json", "looks.jsonl", "archive/2026-11.json", "lock.json")
_NUMBER, _ROOM = "BX-20261123-001", "1-2-301"


@cache
def _small_site() -> Path:
    """A folder with an open case, a closed one, a household and a look; gone when the process is."""
    folder = Path(tempfile.mkdtemp())
    store = TinyStore(folder)
    staff = (Person("li", "李静", ("desk",)), Person("zhao", "赵颖", ("desk", "cs_head")))
    desk = Desk(Handbook({each.id: each for each in staff}), store, clock=lambda: NINE, salts=lambda: "0" * 16)
    numbers = []
    for _ in range(2):
        done = desk.receive("li", kind="repair", channel="phone", summary="漏水", name="王岚", phone="13800001234")
        assert isinstance(done, Done)
        numbers.append(done.case.number)
    assert isinstance(desk.do(numbers[1], "withdraw", "zhao", reason="修好了"), Done)
    store.keep_households([Household(_ROOM, "王岚", "13800001234")])
    store.record(Look(NINE, "li", "phone", numbers[0]))
    store.close()
    return folder


def seeds() -> list[bytes]:
    """The files as they are, each with the byte that chooses it."""
    found = [(place, _small_site() / name) for place, name in enumerate(FILES)]
    return [bytes([place]) + (each.read_bytes() if each.exists() else b"") for place, each in found]


def seeds_sealed() -> list[bytes]:
    """The records in them, each with the byte that chooses where it stands."""
    from qiantai_tinydb.lines import rows

    tables = [rows((_small_site() / name).read_bytes()) for name in (FILES[0], FILES[2], FILES[4])]
    raw = [each for table in tables for documents in table.values() for each in documents.values()]
    bodies = [each.partition(b", ")[2].removesuffix(b"}") for each in raw]
    change = b'"version": 1, "turn": 9, "put": {"cases": {"%s": {%s}}}' % (_NUMBER.encode(), bodies[0])
    return [bytes([place]) + body for place in range(len(_PLACES)) for body in (*bodies, change)]


def by_hand() -> bytes:
    """A month's file without what goes before its cases, one of which was changed and its checksum not."""
    changed = _sealed(_NUMBER, b'"received": "2026-11-23T09:00:00+08:00", "state": "closed", "events": []')
    return render({"cases": {_NUMBER: changed.replace(b"closed", b"open")}})


def any_bytes(data: bytes) -> None:
    """The first byte chooses the file, the others are what is in it."""
    name = FILES[data[0] % len(FILES)] if data else FILES[0]
    _opened({name: data[1:]})


def any_record(data: bytes) -> None:
    """The first byte chooses where the record stands, the others are what it says, under a checksum that holds."""
    make = _PLACES[data[0] % len(_PLACES)] if data else _PLACES[0]
    body = data[1:].replace(b"\n", b" ")
    _opened(make(body))


def _sealed(key: str, body: bytes) -> bytes:
    return b'{"CRC": "%08X", %s}' % (crc32(body, crc32(key.encode())), body)


def _hot(body: bytes) -> dict[str, bytes]:
    return {"open.json": render({"cases": {_NUMBER: _sealed(_NUMBER, body)}})}


def _journal(body: bytes) -> dict[str, bytes]:
    return {"open.json.journal": _sealed("journal", body) + b"\n"}


def _roll(body: bytes) -> dict[str, bytes]:
    return {"households.json": render({"households": {_ROOM: _sealed(_ROOM, body)}})}


def _look(body: bytes) -> dict[str, bytes]:
    return {"looks.jsonl": _sealed("journal", body) + b"\n"}


def _filed(body: bytes) -> dict[str, bytes]:
    word = _sealed(_NUMBER, b'"OF": [""], "SAID": "x"')
    return {"archive/2026-11.json": render_month({_NUMBER: _sealed(_NUMBER, body)}, {_NUMBER: word})}


def _word(body: bytes) -> dict[str, bytes]:
    case = _sealed(_NUMBER, b'"received": "2026-11-23T09:00:00+08:00", "state": "closed", "events": []')
    return {"archive/2026-11.json": render_month({_NUMBER: case}, {_NUMBER: _sealed(_NUMBER, b'"OF": [""], ' + body)})}


def _places(body: bytes) -> dict[str, bytes]:
    """Where the cases stand in a month's file, and before it the extent that then holds."""
    return _told("cases", body)


def _of_households(body: bytes) -> dict[str, bytes]:
    return _told("households", body)


def _told(name: str, body: bytes) -> dict[str, bytes]:
    whole = (_small_site() / FILES[4]).read_bytes()
    found = BEGINS.match(whole)
    assert found, "the file is a month's"
    begin = whole.index(f'"{name}": '.encode(), found.end())
    line = f'"{name}": '.encode() + _sealed(name, body)
    end = whole.index(b"}}", begin) + len(b"}}")
    told = unseal("words", document_at(found["extent"], "words"))
    longer = [each for each in ("households", "from", "to") if found.end() + told[each] > begin]
    extent = seal("words", {**told, **{each: told[each] + len(line) - (end - begin) for each in longer}})
    return {
        FILES[4]: whole[: found.start("extent")]
        + line_of("words", extent)
        + whole[found.end() : begin]
        + line
        + whole[end:]
    }


def _extent(body: bytes) -> dict[str, bytes]:
    whole = (_small_site() / FILES[4]).read_bytes()
    begin = whole.index(b'"words": {"CRC"') + len(b'"words": ')
    return {FILES[4]: whole[:begin] + _sealed("words", body) + whole[whole.index(b",\n", begin) :]}


_PLACES = (_hot, _journal, _roll, _look, _filed, _word, _places, _of_households, _extent)


def _opened(changed: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as beside:
        folder = Path(beside) / "site"
        shutil.copytree(_small_site(), folder)
        for name, data in changed.items():
            (folder / name).write_bytes(data)
            (folder / f"{name}.mark").unlink(missing_ok=True)
        before = _files(folder)
        try:
            store = TinyStore(folder)
        except StoreError as error:
            _well_said(error)
            assert _files(folder) == before, "what cannot be opened is left as it was"
            return
        try:
            _read_whole(store)
        finally:
            store._cases.let_go()  # as a kill would: closing files what is closed
            store._looks.close()
            store._hold.release()


def _read_whole(store: TinyStore) -> None:
    for read in (
        lambda: list(store.all_cases()),
        lambda: audit(store),
        lambda: list(store.closed_cases(words="漏水")),
        lambda: list(store.closed_cases(_ROOM)),
        lambda: store.closed_page(0, store.closed_count()),
        lambda: store.received(date(2026, 11, 23), date(2026, 11, 23)),
        lambda: store.last_number("BX", date(2026, 11, 23)),
        lambda: store.case("BX-20261123-002"),
        store.looks,
    ):
        try:
            read()
        except StoreError as error:
            _well_said(error)


def _well_said(error: StoreError) -> None:
    assert all((error.why.zh, error.why.en)), "it is said what was wrong"
    assert len(str(error)) < 3000, "it is said in few words"


def _files(folder: Path) -> dict[str, bytes]:
    """What is in every file but the lock's; a journal's torn end, never acknowledged, stands beside it."""
    found = {
        each.relative_to(folder).as_posix(): each.read_bytes()
        for each in sorted(folder.rglob("*"))
        if each.is_file() and not each.name.startswith("lock")
    }
    for name in [each for each in found if each.endswith(".cut")]:
        cut = found.pop(name).removesuffix(b"\n")
        found[name.removesuffix(".cut")] += cut
    return found
