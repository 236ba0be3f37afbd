"""A backup or an export opened as what it is, by its first bytes: sealed, packed, or plain lines."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import IO

from qiantai.exported import Export
from qiantai.words import Bilingual

from ..sites.files import SiteError
from .sealing import MAGIC, Sealing

_LONGEST = 64 * 1024 * 1024
"""Bytes of a line; a whole file of the site's own is one of them."""
_PACKED = b"\x1f\x8b"


def open_export(file: Path, sealing: Sealing) -> Export:
    """The export in a file, `.jsonl`, packed by gzip or not, sealed or not.

    Raises `SiteError` where it cannot be read or opened, `BadExport` where it is none; and either as it is read on.
    """
    try:
        if asks(file):
            return export_in(sealing.open(file.read_bytes()), file)
    except OSError as error:
        raise _unread(file, error) from error
    return Export(lambda: _lines(file, lambda: file.open("rb")))


def export_in(data: bytes, file: Path) -> Export:
    """The export in these bytes, which are those of a file or were sealed there. Raises as `open_export` does."""
    return Export(lambda: _lines(file, lambda: io.BytesIO(data)))


def asks(file: Path) -> bytes:
    """The first bytes of a file that is sealed; nothing where it is not, or not there."""
    try:
        with file.open("rb") as opened:
            begins = opened.read(200)
    except OSError:
        return b""
    return begins if begins.startswith(MAGIC) else b""


def _lines(file: Path, opened: Callable[[], IO[bytes]]) -> Iterator[bytes]:
    try:
        with opened() as raw:
            packed = raw.read(len(_PACKED)) == _PACKED
            raw.seek(0)
            with gzip.open(raw) if packed else nullcontext(raw) as lines:
                yield from iter(lambda: lines.readline(_LONGEST), b"")  # a longer one is told as cut off
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise SiteError(_DAMAGED.format(file=file)) from error
    except OSError as error:
        raise _unread(file, error) from error


def _unread(file: Path, error: OSError) -> SiteError:
    why = error.strerror or str(error)
    return SiteError(
        Bilingual(
            f"{file} 打不开:{why}。可行:核对路径", f"{file} cannot be opened: {why}. What would do: check the path"
        )
    )


_DAMAGED = Bilingual(
    "{file} 已损坏或不完整。可行:换一份备份",
    "{file} is damaged or cut off. What would do: another backup",
)
