"""Backups: made beside an open desk, read back before they count, kept by the rule, found out where damaged."""

from __future__ import annotations

import gzip
import os
import stat
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from qiantai.carrying import inventory
from qiantai.exported import BadExport
from qiantai.plugins import open_store
from qiantai_tinydb.store import TinyStore
from qiantai_tui.backups import making, shelf
from qiantai_tui.backups.making import COPY, back_up, back_up_to, shelf_folder
from qiantai_tui.backups.reading import open_export
from qiantai_tui.backups.record import read_record
from qiantai_tui.backups.sealing import NoSecret, Sealing, new_key
from qiantai_tui.sites.files import SiteError
from qiantai_tui.sites.site import open_site, read_settings
from tests.tui.sites import NOON, a_site, another_case, leak

PLAIN = Sealing()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return a_site(tmp_path / "site")


def standing(site: Path) -> list[str]:
    return sorted(each.name for each in shelf_folder(site, read_settings(site)).iterdir())


def held(site: Path) -> str:
    store = open_store("tinydb", site)
    found = inventory(store).digest
    store.close()
    return found


def test_a_backup_holds_all_there_is(site: Path) -> None:
    made = back_up(site, NOON)
    file = Path(made.good.file)
    assert file.name == "我的小区-20261122-120000.jsonl.gz"
    assert standing(site) == [file.name]
    export = open_export(file, PLAIN)
    assert inventory(export).digest == held(site) == made.found.digest
    assert inventory(export).counts == {"cases": 2, "events": 4, "households": 1, "looks": 1}
    names = "settings.toml", "site.toml"
    assert export.files() == {each: (site / each).read_text(encoding="utf-8") for each in names}
    assert (export.heading.name.zh, export.heading.at) == ("我的小区", NOON)
    assert read_record(site).good == made.good


def test_a_backup_is_its_owners_alone(site: Path) -> None:
    file = Path(back_up(site, NOON).good.file)
    modes = {stat.S_IMODE(each.stat().st_mode) for each in (file, site / "backups.json", site / "backups.lock")}
    assert modes == {0o600}
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert not (site / COPY).exists()


def test_a_backup_is_made_while_the_desk_is_open_and_holds_what_was_just_kept(site: Path) -> None:
    with open_site(site, lambda: NOON) as opened:
        number = leak(opened, "刚刚受理").number
        made = back_up(site, NOON)
        later = leak(opened, "备份以后").number
    numbers = {each.number for each in open_export(Path(made.good.file), PLAIN).all_cases()}
    assert number in numbers
    assert later not in numbers


def test_nothing_new_makes_no_new_backup(site: Path) -> None:
    first = back_up(site, NOON, only_changed=True)
    again = back_up(site, NOON + timedelta(days=1), only_changed=True)
    assert (first.new, again.new) == (True, False)
    assert len(standing(site)) == 1
    good = read_record(site).good
    assert good is not None
    assert (good.at, good.fresh) == (NOON, NOON + timedelta(days=1))
    another_case(site, NOON)
    assert back_up(site, NOON + timedelta(days=2), only_changed=True).new
    (site / "calendar.toml").write_text("", encoding="utf-8")
    assert back_up(site, NOON + timedelta(days=3), only_changed=True).new, "a table of the site is part of it"
    Path(standing_files(site)[-1]).unlink()
    assert back_up(site, NOON + timedelta(days=4), only_changed=True).new, "the file is gone"


def standing_files(site: Path) -> list[Path]:
    return sorted(shelf_folder(site, read_settings(site)).iterdir())


def test_older_ones_go_by_the_rule_and_only_those_of_this_site(site: Path) -> None:
    folder = shelf_folder(site, read_settings(site))
    folder.mkdir()
    other = folder / "别处-20200101-000000.jsonl.gz"
    other.write_bytes(b"")
    for day in range(9):
        made = back_up(site, NOON + timedelta(days=day))
    assert [each.name for each in made.gone] == ["我的小区-20261123-120000.jsonl.gz"]
    days = [each.removeprefix("我的小区-202611")[:2] for each in standing(site) if each != other.name]
    assert days == ["22", "24", "25", "26", "27", "28", "29", "30"], "22 was a Sunday, the last of its week"
    assert other.exists()


def test_a_site_whose_chain_is_broken_is_backed_up_and_nothing_older_goes(site: Path) -> None:
    for day in range(9):
        back_up(site, NOON + timedelta(days=day))
    before = set(standing(site))
    forge(site)
    made = back_up(site, NOON + timedelta(days=9))
    assert made.good.breaks == 1
    assert set(standing(site)) == before | {Path(made.good.file).name}


def forge(site: Path) -> str:
    """Somebody changes who took a case in, and writes it as the store does; gives its number."""
    store = TinyStore(site)
    number, document = next(iter(store._cases.hot().items()))
    first, *others = document["events"]
    store._cases.put({number: {**document, "events": [{**first, "by": "nobody"}, *others]}})
    store.close()
    return number


def test_a_full_disk_fails_the_backup_and_leaves_the_others(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = back_up(site, NOON)
    another_case(site, NOON)

    def no_room(file: Path, data: bytes) -> None:
        if file.suffix == ".part" and "jsonl" in file.name:
            file.write_bytes(data[:10])
            raise OSError(28, "No space left on device")
        file.write_bytes(data)

    monkeypatch.setattr(shelf, "_write", no_room)
    with pytest.raises(SiteError, match="No space left"):
        back_up(site, NOON + timedelta(days=1))
    assert standing(site) == [Path(before.good.file).name]
    record = read_record(site)
    assert record.good == before.good
    assert record.failed == NOON + timedelta(days=1)
    assert "腾出空间" in record.why.zh
    monkeypatch.undo()
    back_up(site, NOON + timedelta(days=2))
    assert read_record(site).failed is None


def test_a_folder_that_is_set_and_not_there_is_not_made(site: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick" / "backups"
    (site / "settings.toml").write_text(f'backup_to = "{stick}"\n', encoding="utf-8")
    with pytest.raises(SiteError, match="接上那个盘"):
        back_up(site, NOON)
    assert not stick.exists()
    stick.mkdir(parents=True)
    assert Path(back_up(site, NOON).good.file).parent == stick


def test_what_does_not_read_back_is_thrown_away(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def flips(file: Path, data: bytes) -> None:
        file.write_bytes(data[:40] + bytes([data[40] ^ 1]) + data[41:] if "jsonl" in file.name else data)

    monkeypatch.setattr(shelf, "_write", flips)
    with pytest.raises((SiteError, BadExport)):
        back_up(site, NOON)
    assert standing(site) == []
    assert read_record(site).good is None


DIES = """
import os, sys
from pathlib import Path
from qiantai.desk import now
from qiantai_tui.backups import making

def die(*_):
    os.kill(os.getpid(), 9)

put = making.put
if sys.argv[2] == "written":
    making.put = lambda file, data, check: put(file, data, die)
else:
    making.inventory = die
making.back_up(Path(sys.argv[1]), now())
"""


@pytest.mark.parametrize("when", ["copied", "written"])
def test_a_kill_in_the_middle_leaves_nothing_that_is_taken_for_a_backup(site: Path, when: str) -> None:
    ended = subprocess.run([sys.executable, "-c", DIES, str(site), when], check=False, capture_output=True)
    assert ended.returncode == -9, ended.stderr.decode()
    assert [each.endswith(".part") for each in standing(site)] == ([True] if when == "written" else [])
    assert (site / COPY).exists()
    assert read_record(site).good is None
    made = back_up(site, NOON)
    assert standing(site) == [Path(made.good.file).name]
    assert not (site / COPY).exists()


def test_every_bit_that_flips_in_a_backup_is_found(site: Path) -> None:
    file = Path(back_up(site, NOON).good.file)
    data = file.read_bytes()
    for at in range(10, len(data), 37):
        file.write_bytes(data[:at] + bytes([data[at] ^ 4]) + data[at + 1 :])
        with pytest.raises((SiteError, BadExport)):
            inventory(open_export(file, PLAIN))
    for cut in (0, 1, len(data) // 2, len(data) - 1):
        file.write_bytes(data[:cut])
        with pytest.raises((SiteError, BadExport)):
            inventory(open_export(file, PLAIN))


def test_a_line_that_somebody_changed_is_found(site: Path) -> None:
    file = Path(back_up(site, NOON).good.file)
    lines = gzip.decompress(file.read_bytes()).replace("厨房".encode(), "书房".encode())
    file.write_bytes(gzip.compress(lines))
    with pytest.raises(BadExport) as told:
        inventory(open_export(file, PLAIN))
    assert told.value.line == lines.count(b"\n")


def test_a_sealed_backup_opens_with_its_passphrase_alone(site: Path, tmp_path: Path) -> None:
    file = tmp_path / "away.age"
    found = back_up_to(site, file, NOON, "os:li", Sealing(phrase="正确的口令"))
    assert "厨房".encode() not in file.read_bytes()
    assert inventory(open_export(file, Sealing(phrase="正确的口令"))) == found
    for wrong in (Sealing(phrase="不对的口令"), PLAIN, Sealing(keys=new_key()[1])):
        with pytest.raises(NoSecret):
            open_export(file, wrong)


def test_the_automatic_backup_is_sealed_for_a_key_whose_secret_is_elsewhere(site: Path) -> None:
    public, secret = new_key()
    (site / "settings.toml").write_text(f'backup_key = "{public}"\n', encoding="utf-8")
    made = back_up(site, NOON)
    assert standing(site) == ["我的小区-20261122-120000.jsonl.gz.age"]
    assert inventory(open_export(Path(made.good.file), Sealing(keys=f"# key\n{secret}\n"))) == made.found
    for wrong in (PLAIN, Sealing(phrase=secret), Sealing(keys=new_key()[1]), Sealing(keys="no key")):
        with pytest.raises(NoSecret):
            open_export(Path(made.good.file), wrong)


def test_a_key_that_is_none_is_told(site: Path) -> None:
    (site / "settings.toml").write_text('backup_key = "age1none"\n', encoding="utf-8")
    with pytest.raises(SiteError, match="--new-key"):
        back_up(site, NOON)


def test_one_backup_at_a_time(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "LONGEST", 0)
    with making.alone(site), pytest.raises(SiteError, match="过一会儿再试"):
        back_up(site, NOON)
    assert os.listdir(site).count(COPY) == 0
