"""Workbooks and tables that unpack past all bounds: small files, each of which asks for much."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import chain

from tools.fuzz.seeds import workbook

MAIN = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
SHEET, STRINGS, STYLES = "xl__worksheets__sheet1.xml", "xl__sharedStrings.xml", "xl__styles.xml"
ROWS = MAIN + b"<sheetData>%s</sheetData></worksheet>"
HEAD = b'<?xml version="1.0"?>'
MB = 1024 * 1024


def entities() -> bytes:
    """Ten texts each of which is ten of the one before."""
    each = b"".join(b'<!ENTITY e%d "%s">' % (n, (b"&e%d;" % (n - 1)) * 10) for n in range(1, 10))
    row = b'<row r="1"><c r="A1" t="inlineStr"><is><t>&e9;</t></is></c></row>'
    return workbook(**{SHEET: HEAD + b'<!DOCTYPE x [<!ENTITY e0 "ha">' + each + b"]>" + ROWS % row})


def outside() -> bytes:
    """A text that is another file's."""
    row = b'<row r="1"><c r="A1" t="inlineStr"><is><t>&e;</t></is></c></row>'
    return workbook(**{SHEET: HEAD + b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>' + ROWS % row})


def many_sheets() -> bytes:
    """One sheet listed ten thousand times."""
    head = b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    head += b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
    sheets = b"".join(b'<sheet name="s%d" sheetId="%d" r:id="rId1"/>' % (n, n) for n in range(1, 10_000))
    return workbook(**{"xl__workbook.xml": head + sheets + b"</sheets></workbook>"})


def many_parts() -> bytes:
    """More parts than any workbook has."""
    return workbook(**{f"xl__media__{n}": b"" for n in range(2_500)})


def far_rows() -> bytes:
    """A few sheets with one row each, at the very end and past it."""
    row = ROWS % b'<row r="999999999"><c r="A999999999"><v>1</v></c></row>'
    return workbook(**{SHEET: row})


BOMBS: Mapping[str, Callable[[], bytes]] = {
    "zeros": lambda: workbook(**{SHEET: b"<" + b"\0" * (60 * MB)}),
    "blanks": lambda: workbook(**{SHEET: MAIN + b" " * (49 * MB)}),
    "styles": lambda: workbook(**{STYLES: b"<styleSheet><cellXfs>" + b"<xf/>" * MB + b"</cellXfs></styleSheet>"}),
    "rows": lambda: workbook(**{SHEET: ROWS % (b"<row/>" * (MB + 1))}),
    "cells": lambda: workbook(**{SHEET: ROWS % (b"<row>" + b"<c/>" * MB + b"</row>")}),
    "strings": lambda: workbook(**{STRINGS: b"<sst>" + b"<si/>" * (MB + 1) + b"</sst>"}),
    "merged": lambda: workbook(**{SHEET: MAIN + b"<mergeCells>" + b'<mergeCell ref="A1:B2"/>' * (MB // 2)}),
    "depth": lambda: workbook(**{SHEET: MAIN + b"<a>" * MB}),
    "attributes": lambda: workbook(**{SHEET: MAIN + b"<row " + b"".join(b'a%d="" ' % n for n in range(MB // 4))}),
    "entities": entities,
    "outside": outside,
    "many_sheets": many_sheets,
    "many_parts": many_parts,
    "far_rows": far_rows,
    "one_line": lambda: "房号,".encode() + b"a" * (49 * MB),
    "commas": lambda: "房号".encode() + b"," * (49 * MB),
    "quote": lambda: '房号,姓名\n1-2-301,"'.encode() + b"a\n" * MB,
    "rows_of_text": lambda: b"".join(chain(["房号,姓名\n".encode()], _households())),
    "large": lambda: b"a" * (51 * MB),
}  # fmt: skip
"""Each by its name; none takes more than some megabytes to write down."""


def _households() -> Iterator[bytes]:
    return (f"{n // 1000}-1-{n % 1000},\n".encode() for n in range(1, 150_000))
