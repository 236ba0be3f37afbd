"""The bytes that fuzzing begins from: the project's own files, and of what broke something once the smallest."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from importlib.resources import files

from qiantai import Household, Look, MemoryStore
from qiantai.exporting import Heading, export_lines
from qiantai.testing.happenings import LIFT, NINE, TAP, closed, noted, received
from qiantai.words import Bilingual
from qiantai_scenarios.demo import demo_files
from qiantai_scenarios.reader import shipped
from qiantai_tui.sites.files import template
from tools.fuzz import stores

HEX = b"0x" + b"f" * 4000
"""A number of more digits than Python writes out."""


def workbook(**parts: bytes) -> bytes:
    """A small roll as xlsx, with these parts in place of its own; `__` stands for a slash."""
    from openpyxl import Workbook  # type: ignore[import-untyped]

    book, held, changed = Workbook(), io.BytesIO(), io.BytesIO()
    for row in (("房号", "姓名", "电话"), ("1-2-301", "王岚", "13800001234"), ("1-2-302", "=1+1", 1.0)):
        book.active.append(row)
    book.save(held)
    given = {name.replace("__", "/"): data for name, data in parts.items()}
    with zipfile.ZipFile(held) as own, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in dict.fromkeys((*own.namelist(), *given)):
            archive.writestr(name, given[name] if name in given else own.read(name))
    return changed.getvalue()


_ALERT = (
    b'{"person": "", "case": "BX-20261123-001", "duty": "finish", "due": "%s", "stage": "due", "at": "%s", "seen": 1}'
)
_ALERTS = [_ALERT % (at, at) for at in (b"2026-11-23T09:00:00+08:00", b"2026-11-23", b"0001-01-01T00:00:00+23:59")]


def _broke() -> Mapping[str, list[bytes]]:
    """What once ended in an error that nobody foresaw, or took work without end."""
    dotted = b"id" + b".a" * 3000 + b" = 1"
    return {
        "scenario": [
            b"id = " + HEX,
            dotted,
            b'id = "a"\ntitle = "t"\n[[script]]\nid = "a"\nversion = ' + HEX,
            b'"a\\u001b[2J\\nb" = 1',
            b'id = "a"\ntitle = "t"\n[[staff]]\nid = "a"\nname = "b"\nroles = ["desk"]\n[[step]]\n'
            b'at = 2026-11-23T09:00:00\nby = "a"\ndo = "receive"\ncase = "A"\nkind = "repair"\njoint = ' + HEX,
        ],
        "site": [
            b"name = " + HEX,
            dotted,
            b"[[policy]]\nby = " + b"[" * 300 + b"]" * 300,
            b"[[policy]]\nvalid = " + HEX,
            b"[[policy]]\nvalid = 2026-01-01\nmany_challenges = [" + HEX + b', "7d"]',
            b"[[year]]\nyear = " + HEX + b'\nnotice = "n"',
        ],
        "own_files": [
            b"theme = " + HEX,
            b"[" * 100_000,
            b'{"a": {"b": "\\ud800"}}',
            dotted,
            b"[keys]\nx = " + HEX,
            *_ALERTS,
        ],
        "roll": [
            b"\xe6\x88\xbf\xe5\x8f\xb7,name\n" + b"(" * 60_000,
            '房号,姓名\n1-2-301,"王岚\n1-2-302,李芳\n'.encode(),
            "房号,姓名\n1-2-301,王\u009b岚\u2066\n".encode(),
        ],
        "records": [b'{"case": 1}', b'{"values": []}', b'{"id": 1}', b"[1]", b'{"at": "2026-11-23T09:00:00"}'],
        "books": [b"[" * 100_000 + b"\n", b"\n\n", b"{}\n", b"\xff", b'{"case": "shifts"}'],
        "export": [b"[" * 100_000 + b"\n", b"", b"\n", b'{"format": "qiantai"}\n', b"\xff\n"],
        "store": [
            b"\x05[1]",
            b"\x05" + b"[" * 100_000,
            b"\x00" + b"[" * 100_000,
            b"\x02{}",
            b"\x04" + stores.by_hand(),
        ],
        "sealed": [
            *(
                bytes([place]) + body
                for place in range(8)
                for body in (b'"a": ' + b"[" * 10_000, b'"a": nonsense', b'"a": 1')
            ),
            b'\x01"version": "1"',
            b'\x01"version": 1, "turn": [1]',
            b'\x01"version": 1, "turn": 9, "put": [1]',
            b'\x01"version": 1, "turn": 9, "drop": {"cases": [{}]}',
            b'\x00"received": "../../x", "state": "closed", "events": []',
            b'\x06"from": {"BX-20261123-002": -5}',
            b'\x07"from": 0, "to": 99999999999999, "head": 0, "cases": 0',
        ],
    }


def _site() -> MemoryStore:
    store = MemoryStore()
    store.append([received(LIFT, summary="漏水"), noted(LIFT, 1, "已看"), received(TAP), closed(TAP, 1)])
    store.keep_households([Household("3-2-501", "王女士", "13800001234")])
    store.record(Look(NINE, "li", "phone", LIFT))
    return store


def _export(store: MemoryStore) -> bytes:
    heading = Heading(Bilingual("阳光花园", "Sunshine Garden"), NINE, "li")
    return b"".join(export_lines(store, heading, {"site.toml": 'name = "阳光花园"\n'}))


def seeds() -> Mapping[str, list[bytes]]:
    """By the name of the target."""
    own = files("qiantai").joinpath("national_days.toml").read_bytes()
    scenarios = [each.read_bytes() for each in shipped()]
    began = {"kind": "repair", "state": "received", "owner": "li"}
    at = {"at": "2026-11-23T09:00:00+08:00", "by": "li", "name": "receive"}
    event = json.dumps({"case": "BX-1", "seq": 0, **at, "fields": {"a": ["b"]}, "changes": [["began", began]]})
    anchor = json.dumps({"version": 1, "at": "2026-11-23T09:00:00+08:00", "digest": "x", "cases": {"BX-1": [1, "s"]}})
    said = {"topic": "water", "text": "按表", "from": "2026-11-23"}
    line = {"case": "scripts", "seq": 0, **at, "name": "draft_script", "fields": {"id": "water", "version": 1, **said}}
    deed = json.dumps({**line, "changes": []})
    begun = {
        "scenario": scenarios,
        "site": [template("demo").encode(), template("own").encode(), own],
        "own_files": [
            b'theme = "dark"\nlanguage = "zh"\n[keys]\nundo = "F7"\n',
            b'store = "tinydb"',
            b'{"a": {"b": "c"}}',
        ],
        "roll": [demo_files().joinpath("households.csv").read_bytes(), workbook()],
        "records": [event.encode(), anchor.encode(), deed.encode(), b'{"id":"1-2-301","name":"a"}'],
        "books": [deed.encode() + b"\n", deed.encode()[:60], deed.encode().replace(b"scripts", b"shifts") + b"\n"],
        "export": [_export(MemoryStore()), _export(_site())],
        "store": stores.seeds(),
        "sealed": stores.seeds_sealed(),
    }
    broke = _broke()
    return {name: [*of, *broke[name]] for name, of in begun.items()}
