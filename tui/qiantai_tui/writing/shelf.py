"""A site's own rehearsals on disk: found by name, begun anew, read, and saved with the version before kept beside."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from attrs import frozen

from qiantai.tomltext import LARGEST, BadToml, decoded
from qiantai.words import Bilingual

from ..jsonfile import read_json
from ..room.offered import FOLDER
from ..sites.files import PRIVATE_FOLDER, SiteError, read_bytes, replace_private, write_private

SUFFIX = ".toml"
_NAME = re.compile(r"[^\W_][\w-]{0,63}")
BAD_NAME = Bilingual(
    "名称 {name} 不行。可行:字、字母、数字和 -,如 my-leak",
    "{name} will not do as a name. What would do: letters, digits and -, as my-leak",
)
TAKEN = Bilingual(
    "{file} 已经有了,没有动它。可行:换一个名称,或 qiantai rehearsal edit 改它",
    "{file} is there already, and was left as it is. What would do: another name, or qiantai rehearsal edit",
)
UNREADABLE = Bilingual("读不了 {file}:{why}", "{file} cannot be read: {why}")
GONE = Bilingual("没有这个文件", "there is no such file")


@frozen
class Sheet:
    """A file as it was read: its text, and the mark of what was in it, None where there was none."""

    file: Path
    text: str
    mark: str | None

    @property
    def changed(self) -> bool:
        """Whether somebody has written it meanwhile, or taken it away."""
        try:
            return mark_of(read_bytes(self.file)) != self.mark
        except BadToml:
            return True


def mark_of(data: bytes | None) -> str | None:
    """What tells one content from another; None for no file."""
    return None if data is None else hashlib.sha256(data).hexdigest()


def shelf(folder: Path) -> Path:
    """Where the rehearsals of a site lie."""
    return folder / FOLDER


def named(folder: Path, name: str) -> Path:
    """The file of a name among a site's own. Raises `SiteError` for what is no name."""
    if not _NAME.fullmatch(name):
        raise SiteError(BAD_NAME.format(name=name))
    return shelf(folder) / f"{name}{SUFFIX}"


def free(folder: Path, wanted: str) -> Path:
    """The first file of that name, or that name with a number, which is not there yet."""

    def tried() -> Iterator[Path]:
        yield shelf(folder) / f"{wanted}{SUFFIX}"
        yield from (shelf(folder) / f"{wanted}-{n}{SUFFIX}" for n in range(2, 10_000))

    return next(each for each in tried() if not each.exists())


def begin(file: Path, text: str) -> Path:
    """A file that was not there, whole or not at all. Raises `SiteError` where it is, or cannot be written."""
    if file.exists() or file.is_symlink():
        raise SiteError(TAKEN.format(file=file))
    try:
        file.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    except OSError as error:
        raise SiteError(UNREADABLE.format(file=file.parent, why=error.strerror or error)) from error
    write_private(file, text)
    return file


def read(file: Path) -> Sheet:
    """The file as it is now. Raises `SiteError` for one that is no text, too large, or not to be read."""
    try:
        data = read_bytes(file)
        if data is None:
            raise BadToml(GONE)
        return Sheet(file, decoded(data), mark_of(data[: LARGEST + 1]))
    except BadToml as bad:
        raise SiteError(UNREADABLE.format(file=file, why=bad.mistakes[0].sentence)) from bad


def save(sheet: Sheet, text: str) -> Sheet:
    """The file with this text, the old one or the new one whole; what stood there before is kept beside it.

    Raises `SiteError` where it cannot be written, and then nothing was changed.
    """
    try:
        before = read_bytes(sheet.file)
    except BadToml as bad:
        raise SiteError(UNREADABLE.format(file=sheet.file, why=bad.mistakes[0].sentence)) from bad
    if before is not None:
        replace_private(earlier(sheet.file), before.decode("utf-8", "replace"))
    replace_private(sheet.file, text)
    return read(sheet.file)


def earlier(file: Path) -> Path:
    """Where the version before the last saving lies."""
    return file.with_name(f".{file.name}.before")


def keep_draft(sheet: Sheet, text: str) -> None:
    """Keeps what is not saved yet beside the file, with the mark of what it began from, where that can be written."""
    with suppress(SiteError):
        replace_private(draft_file(sheet.file), json.dumps({"mark": sheet.mark, "text": text}))


def draft(file: Path) -> tuple[str, str | None] | None:
    """What was not saved of a file, and the mark of what that began from; None where there is nothing of the sort."""
    try:
        kept = read_json(draft_file(file))
    except (OSError, ValueError):
        return None
    text = kept.get("text") if isinstance(kept, dict) else None
    return (text, kept.get("mark")) if isinstance(text, str) else None


def drop_draft(file: Path) -> None:
    """Lets go of what was not saved."""
    with suppress(OSError):
        draft_file(file).unlink(missing_ok=True)


def draft_file(file: Path) -> Path:
    """Where what is not saved of a file lies."""
    return file.with_name(f".{file.name}.draft")
