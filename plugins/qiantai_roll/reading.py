"""A roll read from a file: what was understood, what was not, and the households it holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from attrs import frozen

from qiantai.people import Household
from qiantai.plainly import short
from qiantai.words import Bilingual
from qiantai_roll.addresses import Address, filled_down, id_of, looks_merged, named_apart, repeats_building
from qiantai_roll.cells import text_of
from qiantai_roll.headings import heading_row, likeliest, meaning_of
from qiantai_roll.merging import Duplicate, merged
from qiantai_roll.problems import Problem, UnreadableRoll
from qiantai_roll.rows import Column, Row, address_problem, household_of, rows_of
from qiantai_roll.tables import Sheet, read_tables


@frozen
class Reading:
    """What a file holds. Nothing is written yet: `compare` tells what an import would change.

    `columns` are all headings with what each means, nothing for those not understood. `given` tells for each
    household's id which fields the file fills: a blank cell says nothing. `notes` are decisions taken while reading.
    """

    columns: tuple[Column, ...]
    households: tuple[Household, ...]
    given: Mapping[str, frozenset[str]]
    problems: tuple[Problem, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    notes: tuple[Bilingual, ...] = ()

    @property
    def understood(self) -> tuple[Column, ...]:
        """The columns that are taken over."""
        return tuple(each for each in self.columns if each.meaning)

    @property
    def not_understood(self) -> tuple[Column, ...]:
        """The columns that are left out."""
        return tuple(each for each in self.columns if not each.meaning)


def read_roll(path: str | Path) -> Reading:
    """The roll in a workbook (xlsx) or text table (csv; UTF-8 or GB 18030; comma, semicolon or tab).

    Raises `UnreadableRoll` where the file is no roll at all; what is wrong with a cell is a `Problem`.
    """
    sheets, encoding = read_tables(Path(path))
    if not any(each.rows for each in sheets):
        raise UnreadableRoll(
            Bilingual("文件里没有内容", "The file holds nothing"),
            Bilingual("请选有表头和业户的文件", "Choose a file with headings and households"),
        )
    found = [(sheet, headed) for sheet in sheets if (headed := heading_row(sheet))]
    if not found:
        raise _no_room_column(sheets)
    columns: list[Column] = []
    problems: list[Problem] = []
    notes = [_GB18030] if encoding == "gb18030" else []
    entries: list[tuple[int, Household, frozenset[str]]] = []
    for sheet, (skip, headings) in found:
        mine = [Column(sheet.name, at, heading, meaning_of(heading)) for at, heading in enumerate(headings) if heading]
        columns += mine
        rows = rows_of(sheet, skip, headings, mine)
        entries += _entries(rows, sheet, problems, notes)
    notes += [_left_out(each) for each in sheets if each.rows and each not in [sheet for sheet, _ in found]]
    households, given, duplicates = merged(entries)
    return Reading(tuple(columns), households, given, tuple(problems), duplicates, tuple(notes))


def _entries(
    rows: list[Row], sheet: Sheet, problems: list[Problem], notes: list[Bilingual]
) -> list[tuple[int, Household, frozenset[str]]]:
    addresses = _addresses(rows, sheet, notes)
    again = repeats_building(addresses)
    entries: list[tuple[int, Household, frozenset[str]]] = []
    for row, address in zip(rows, addresses, strict=True):
        found = row.date_for_room or id_of(address, again=again)
        if isinstance(found, str):
            household, given, wrong = household_of(found, row)
            entries.append((row.number, household, given))
            problems += wrong
        else:
            problems.append(address_problem(row, found))
    return entries


def _addresses(rows: list[Row], sheet: Sheet, notes: list[Bilingual]) -> list[Address]:
    """The rows' addresses, blanks filled from above where they look merged and no two rows then claim one room."""
    plain, estate = named_apart([row.address for row in rows])
    if estate:
        notes.append(Bilingual(f"房号前的“{estate}”当作小区名略去", f"“{estate}” before the rooms was left out"))
    filled = filled_down(plain)
    count = sum(before != after for before, after in zip(plain, filled, strict=True))
    if not count:
        return plain
    ids = [id_of(each) for each in filled]
    changed = {id for id, before, after in zip(ids, plain, filled, strict=True) if before != after}
    where = Bilingual(f"工作表“{sheet.name}”", f"Sheet “{sheet.name}”") if sheet.name else Bilingual("表", "The table")
    counts = Counter(id for id in ids if isinstance(id, str))
    if not looks_merged(plain) or any(counts[id] > 1 for id in changed if isinstance(id, str)):
        notes.append(
            Bilingual(
                "{where}里有 {count} 行楼栋或单元空着;不像合并单元格,或按上一行补会重房,所以没有补",
                "{where}: building or unit is blank in {count} rows and stays so: not as merged cells leave it, "
                "or rooms would repeat",
            ).format(where=where, count=count)
        )
        return plain
    notes.append(
        Bilingual(
            "{where}里有 {count} 行楼栋或单元空着,按上一行补齐(合并单元格就是这样);补后没有重房",
            "{where}: building or unit was blank in {count} rows and filled from above, as merged cells leave it; "
            "no room repeats",
        ).format(where=where, count=count)
    )
    return filled


def _no_room_column(sheets: tuple[Sheet, ...]) -> UnreadableRoll:
    seen = [short(text_of(cell), 20) for sheet in sheets[:1] for cell in likeliest(sheet) if cell is not None][:8]
    listed = "、".join(seen)
    return UnreadableRoll(
        Bilingual(f"没有找到房号列(看到的表头:{listed})", f"No room column was found (headings seen: {listed})"),
        Bilingual(
            "请在前三十行内给出表头,其中要有“房号”;楼栋、单元可另列,也可写在房号里,如 1-2-301",
            "Give headings within the first thirty rows, one of them 房号 (room); building and unit may "
            "stand in columns of their own or in the room, as 1-2-301",
        ),
    )


def _left_out(sheet: Sheet) -> Bilingual:
    return Bilingual(
        f"工作表“{sheet.name}”没有房号列,未读", f"Sheet “{sheet.name}” has no room column and was left out"
    )


_GB18030 = Bilingual("文件按 GBK/GB18030 编码读取", "The file was read as GBK/GB18030")
