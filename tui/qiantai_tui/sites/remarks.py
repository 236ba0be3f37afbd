"""What is to be said of the files of books besides breaks: what a power cut left in them, and is passed over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from qiantai.books import Books
from qiantai.words import Bilingual, label

from ..alerts.book import FILE, unread
from .books import FILES, FileBooks, torn

ALERTS = FILE
"""The book of alerts, which is not sealed."""
TORN = Bilingual(
    "{file}({book}):最后一行没写完,没有答应过;下一次写时去掉",
    "{file} ({book}): its last line was torn off and never answered for; it goes with the next that is written",
)
UNREAD = Bilingual(
    "{file}({book}):第 {line} 行读不出,略过;那一条会再提醒一次",
    "{file} ({book}): line {line} cannot be read and is passed over; what it told of is told again",
)
LEFT = Bilingual(
    "{file}({book}):已不用,记录在数据库里;核对过可以移走",
    "{file} ({book}): not used any more, the book is in the database; once that is checked it can be taken away",
)


def raw_files(folder: Path) -> dict[str, bytes]:
    """The books that are files in a site's folder, as they are. Raises `OSError`."""
    paths = (folder / name for name in (*FILES, ALERTS))
    return {each.name: each.read_bytes() for each in paths if each.is_file()}


def remarks_on(raw: Mapping[str, bytes], books: Books | None) -> Iterator[Bilingual]:
    """What there is to say of these files; `books` are the site's, None of a backup."""
    for file, name in FILES.items():
        if file in raw:
            match books:
                case FileBooks() | None:
                    if torn(name, raw[file]):
                        yield TORN.format(file=file, book=label("books", name))
                case _:
                    yield LEFT.format(file=file, book=label("books", name))
    for line in unread(raw.get(ALERTS, b"")):
        yield UNREAD.format(file=ALERTS, book=label("books", "alerts"), line=line)
