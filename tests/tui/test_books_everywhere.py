"""Every book of a site goes wherever the site goes: backups, exports, other stores; and verify reads them all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from qiantai.books import BOOKS, BadBook, books_in
from qiantai.plugins import open_store
from qiantai_tui.agreed.book import read_deeds
from qiantai_tui.alerts.book import AlertBook
from qiantai_tui.shift.shifts import Shifts
from qiantai_tui.sites.books import FILES, FileBooks, books_of
from qiantai_tui.sites.site import open_site, read_settings
from qiantai_tui.sites.training_book import read_training
from tests.plugins.postgres import NoServer, Server, a_server, or_skip
from tests.tui.command_line import answered, given
from tests.tui.site_books import NOTES, WORDING, fill, handed_over
from tests.tui.sites import NOON, a_site

Held = dict[str, object]


@pytest.fixture(scope="module")
def postgres() -> Iterator[Server]:
    try:
        with a_server() as server:
            yield server
    except NoServer as missing:
        or_skip(missing, pytest.skip, pytest.fail)


@pytest.fixture(params=["tinydb", "sqlite", "postgresql"])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A site on each store, with lines in every book."""
    folder = a_site(tmp_path / "site")
    if request.param != "tinydb":
        server = request.getfixturevalue("postgres") if request.param == "postgresql" else None
        answered("move", "--to", server.new_site() if server else "sqlite", "--site", folder)
    fill(folder)
    return folder


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    folder = a_site(tmp_path / "site")
    fill(folder)
    return folder


def held(folder: Path) -> Held:
    """What the books of a site say, sealed ones with their seals."""
    with books_of(folder) as books:
        found: Held = {name: tuple(books.book(name)) for name in BOOKS}
        (over,) = Shifts(books).book().hand_overs
        assert (over.notes, over.giver) == (NOTES, "desk1")
        assert read_deeds(books)[0].text("text") == WORDING
        assert read_training(books)[0].wall == 12.5
    return found | {"alerts": AlertBook(folder).of("desk1")}


def in_store(folder: Path) -> bool:
    with closing(open_store(read_settings(folder).store or "tinydb", folder)) as store:
        return books_in(store) is not None


def test_a_backup_holds_every_book_and_a_restore_brings_it_back(site: Path, tmp_path: Path) -> None:
    before = held(site)
    assert in_store(site) == (not (site / "shifts.jsonl").exists())
    made = answered("backup", "--site", site)
    assert answered("backup", "--automatic", "--site", site)["new"] is False
    found = answered("verify", made["file"])
    assert found["books"] == {"scripts": 3, "shifts": 3, "training": 1}
    answered("restore", made["file"], "--site", tmp_path / "new")
    assert held(tmp_path / "new") == before
    with open_site(site, lambda: NOON) as opened:
        handed_over(opened)
    differs = answered("restore", made["file"], "--site", site)["differs"]
    assert (set(differs["files"]) - {"settings.toml"}, differs["store"]) == ({"shifts.jsonl"}, [])
    assert answered("backup", "--automatic", "--site", site)["new"] is True, "a line is something new"


def test_an_export_holds_every_book_and_makes_a_site_of_them(site: Path, tmp_path: Path) -> None:
    before, file = held(site), tmp_path / "all.jsonl"
    answered("export", file, "--site", site)
    assert answered("import", "site", file, "--site", tmp_path / "new")["ok"]
    assert held(tmp_path / "new") == before


def test_a_masked_export_has_no_number_and_no_salt_of_a_book(plain: Path, tmp_path: Path) -> None:
    with open_site(plain, lambda: NOON) as opened:
        handed_over(opened, "给王敏回电 13800001234")
    answered("export", tmp_path / "masked.jsonl", "--masked", "--site", plain)
    text = (tmp_path / "masked.jsonl").read_text(encoding="utf-8")
    assert "13800001234" not in text
    with books_of(plain) as books:
        salts = [each.salt for name in BOOKS for each in books.book(name) if each.salt]
    assert salts
    assert not [each for each in salts if each in text]


def test_a_move_takes_the_books_to_where_all_desks_have_them_and_back(plain: Path, postgres: Server) -> None:
    before, address = held(plain), postgres.new_site()
    for to, shared in (("sqlite", True), (address, True), ("tinydb", False)):
        moved = answered("move", "--to", to, "--site", plain)
        assert held(plain) == before
        assert in_store(plain) is shared
        assert any((plain / name).exists() for name in FILES) is not shared
        if to == "sqlite":
            assert sorted(each.name for each in Path(moved["aside"]).glob("*.jsonl")) == sorted([*FILES, "looks.jsonl"])
        assert answered("verify", "--site", plain)["books"] == {"scripts": 3, "shifts": 3, "training": 1}


def test_a_move_of_a_broken_book_or_into_one_is_refused(plain: Path, postgres: Server) -> None:
    address = postgres.new_site()
    file = plain / "scripts.jsonl"
    whole = file.read_text(encoding="utf-8")
    file.write_text(whole.replace(WORDING, "水费全免"), encoding="utf-8")
    assert given("move", "--to", "sqlite", "--site", plain).exit_code == 1
    file.write_text(whole, encoding="utf-8")
    with closing(open_store(address, plain)) as store:
        there = books_in(store)
        assert there is not None
        there.add_lines(FileBooks(plain).book("shifts"))
    assert "已经有资料" in given("move", "--to", address, "--site", plain).output
    assert not in_store(plain)
    assert given("verify", "--site", plain).exit_code == 0


BREAKS: list[tuple[str, str, str, int | None]] = [
    ("scripts.jsonl", WORDING, "altered", 1),
    ("shifts.jsonl", NOTES, "altered", 2),
    ("training.jsonl", '"points": 90', "altered", 1),
]


@pytest.mark.parametrize(("file", "said", "what", "line"), BREAKS)
def test_what_was_changed_in_a_book_is_named_by_book_and_line(
    plain: Path, file: str, said: str, what: str, line: int
) -> None:
    answered("verify", "--site", plain, "--write-anchor", plain.parent / "anchor.json")
    path = plain / file
    text = path.read_text(encoding="utf-8")
    assert text.count(said) == 1
    path.write_text(text.replace(said, '"points": 99' if "points" in said else "另一句话"), encoding="utf-8")
    found = answered("verify", "--site", plain, code=1)
    (only,) = found["breaks"]
    name = FILES[file]
    assert (only["case"], only["event"], only["what"], only["where"]) == (name, line, what, file)
    assert f"第{line}行" in only["why"]["zh"]
    assert given("verify", "--site", plain).exit_code == 1
    made = answered("backup", "--site", plain, code=1)
    assert [(each["case"], each["event"]) for each in answered("verify", made["file"], code=1)["breaks"]] == [
        (name, line)
    ]


def test_a_line_that_is_none_is_a_break_and_a_torn_one_is_a_remark(plain: Path) -> None:
    path = plain / "shifts.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole + whole.splitlines(keepends=True)[-1][:40])
    (plain / "alerts.jsonl").write_bytes(b'{"person": \n' + (plain / "alerts.jsonl").read_bytes())
    found = answered("verify", "--site", plain)
    told = [each["zh"] for each in found["remarks"]]
    assert ["shifts.jsonl" in told[0], "没写完" in told[0]] == [True, True]
    assert "alerts.jsonl" in told[1]
    assert "第 1 行" in told[1]
    assert "没写完" in given("verify", "--site", plain).stdout
    path.write_bytes(whole.replace(b'"seq": 1', b'"seq": "1"'))
    found = answered("verify", "--site", plain, code=1)
    assert [(each["case"], each["event"], each["what"]) for each in found["breaks"]] == [("shifts", 2, "unreadable")]


def test_an_anchor_shows_a_book_that_was_cut_off_taken_away_or_sealed_anew(plain: Path, tmp_path: Path) -> None:
    anchor = tmp_path / "anchor.json"
    answered("verify", "--site", plain, "--write-anchor", anchor)
    assert set(BOOKS) < json.loads(anchor.read_text(encoding="utf-8"))["cases"].keys()
    whole = {name: (plain / name).read_bytes() for name in FILES}

    def broken() -> list[tuple[Any, ...]]:
        found = answered("verify", "--site", plain, "--anchor", anchor, code=1)
        return [(each["case"], each["event"], each["what"]) for each in found["breaks"]]

    (plain / "scripts.jsonl").write_bytes(b"".join(whole["scripts.jsonl"].splitlines(keepends=True)[:2]))
    assert answered("verify", "--site", plain)["ok"], "what the chain alone cannot show"
    assert broken() == [("scripts", 3, "cut_short")]
    (plain / "scripts.jsonl").write_bytes(whole["scripts.jsonl"])
    (plain / "training.jsonl").unlink()
    assert broken() == [("training", None, "gone")]
    (plain / "training.jsonl").write_bytes(whole["training.jsonl"])
    with open_site(plain, lambda: NOON) as opened:
        handed_over(opened)
    assert answered("verify", "--site", plain, "--anchor", anchor)["ok"], "what goes on from it is whole"


def test_a_book_that_is_no_text_stops_a_backup_and_is_named(plain: Path) -> None:
    with (plain / "training.jsonl").open("ab") as book:
        book.write(b"\xff\n")
    assert "第 2 行" in given("backup", "--site", plain).output


def test_a_book_in_the_database_that_was_changed_is_named(site: Path) -> None:
    if not in_store(site):
        pytest.skip("its books are files")
    with closing(open_store(read_settings(site).store, site)) as store:
        connection = store._access.door.engine.connect()  # type: ignore[attr-defined]
        connection.exec_driver_sql(f"UPDATE book_lines SET body = replace(body, '{NOTES}', '别的') WHERE seq = 1")
        connection.exec_driver_sql("UPDATE book_lines SET body = '{}' WHERE name = 'training'")
        connection.commit()
        connection.close()
    found = answered("verify", "--site", site, code=1)
    assert [(each["case"], each["event"], each["what"]) for each in found["breaks"]] == [
        ("shifts", 2, "altered"),
        ("training", 1, "unreadable"),
    ]
    with books_of(site) as books, pytest.raises(BadBook, match="演练"):
        read_training(books)
