"""The folder of a site: where it lies, the tables that people write in it, and a new one made whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Literal

from qiantai.plainly import LONGEST_PATH, short
from qiantai.tables import Mistake
from qiantai.tomltext import LARGEST, BadToml, decoded, parsed
from qiantai.words import Bilingual

SITE, CALENDAR, SETTINGS = "site.toml", "calendar.toml", "settings.toml"
MARK = "demo.txt"
"""Says that the folder holds nothing but the demo, so that it may be made anew."""
VARIABLE = "QIANTAI_SITE"
"""The environment's word on where the site lies."""
PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600

Template = Literal["own", "demo"]

_SOMETHING = Bilingual("里已经有东西了", "holds something already")


class SiteError(Exception):
    """A site that cannot be had; `why` says in both languages what was wrong and what would do. Nothing was changed."""

    def __init__(self, why: Bilingual) -> None:
        super().__init__(f"{why.zh} / {why.en}")
        self.why = why


class NoSite(SiteError):
    """No site lies there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            (folder / SITE).stat()
            what = Bilingual("site.toml 不是文件", "site.toml is no file")
        except (FileNotFoundError, NotADirectoryError):
            what = Bilingual("没有这个文件夹", "there is no such folder")
            if folder.is_dir():
                what = Bilingual("文件夹里没有 site.toml", "the folder has no site.toml")
        except (OSError, ValueError) as error:  # the latter for a name with a NUL in it
            why = getattr(error, "strerror", None) or str(error)
            what = Bilingual("打不开:{why}", "it cannot be opened: {why}").format(why=why)
        super().__init__(
            Bilingual(
                "{folder} 不是一个小区:{what}。可行:用 qiantai demo 看演示小区,或直接运行 qiantai 新建自己的小区",
                "{folder} is no site: {what}. What would do: qiantai demo for the demo estate, or qiantai alone to "
                "make your own",
            ).format(folder=short(str(folder), LONGEST_PATH), what=what)
        )


class BadSite(SiteError):
    """A file of the site that cannot be taken, with all of its mistakes."""

    def __init__(self, file: Path, mistakes: Iterable[Mistake]) -> None:
        self.file, self.mistakes = file, tuple(mistakes)
        told, where = [each.sentence for each in self.mistakes], short(str(file), LONGEST_PATH)
        super().__init__(
            Bilingual(
                "\n".join(f"{where}: {each.zh}" for each in told), "\n".join(f"{where}: {each.en}" for each in told)
            )
        )


class SiteThere(SiteError):
    """A site was to be made where there is something that is not to be replaced."""

    def __init__(self, folder: Path, what: Bilingual = _SOMETHING) -> None:
        super().__init__(
            Bilingual(
                "{folder} {what},没有动它。可行:另选一个文件夹",
                "{folder} {what}, and was left as it is. What would do: another folder",
            ).format(folder=folder, what=what)
        )


def home() -> Path:
    """The folder where this person's sites lie, as the system has it."""
    from platformdirs import user_data_path  # not needed to show a version or help

    return user_data_path("qiantai", appauthor=False)


def path_of(said: str) -> Path:
    """The path that somebody gave, with `~` as the system has it; one of a person that it does not know stays so."""
    try:
        return Path(said).expanduser()
    except RuntimeError:
        return Path(said)


def site_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Where the site lies: as `QIANTAI_SITE` says, else in this person's data folder."""
    said = environment.get(VARIABLE, "")
    return path_of(said) if said else home() / "site"


def demo_folder() -> Path:
    """Where the demo estate lies."""
    return home() / "demo"


def reports_folder() -> Path:
    """Where reports of errors that nobody foresaw are written."""
    return home() / "reports"


def is_site(folder: Path) -> bool:
    """Whether a site lies there, and may be looked into."""
    return is_file(folder / SITE)


def is_file(path: Path) -> bool:
    """Whether a file is there that may be looked at; no name is too long or too odd to ask for."""
    try:
        return path.is_file()
    except (OSError, ValueError):  # the latter for a name with a NUL in it
        return False


def template(name: Template) -> str:
    """The `site.toml` that a new site begins with: the demo estate's, or one with a single desk clerk."""
    from importlib.resources import files  # a site that is there needs no template

    if name == "demo":
        return files("qiantai_scenarios").joinpath("sites", "demo", SITE).read_text(encoding="utf-8")
    return files(__package__).joinpath("own_site.toml").read_text(encoding="utf-8")


def read_toml(file: Path, *, must: bool = False) -> dict[str, Any]:
    """What a TOML file says, empty where there is none. Raises `BadSite` for one that cannot be read, or `must` be."""
    try:
        data = read_bytes(file)
        if data is None and must:
            raise BadToml(Bilingual("没有这个文件", "there is no such file"))
        return {} if data is None else parsed(decoded(data))
    except BadToml as error:
        raise BadSite(file, error.mistakes) from error


def table_text(file: Path) -> str:
    """The text of a table that is there, whatever it says. Raises `BadSite` for what is no text or cannot be read."""
    try:
        return decoded(read_bytes(file) or b"")
    except BadToml as error:
        raise BadSite(file, error.mistakes) from error


def read_bytes(file: Path, largest: int = LARGEST) -> bytes | None:
    """What is in a file up to one byte more than `largest`, None where there is none.

    Raises `BadToml` where the system does not let it be read.
    """
    try:
        with file.open("rb") as opened:
            return opened.read(largest + 1)
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:  # the latter for a name with a NUL in it
        why = getattr(error, "strerror", None) or str(error)
        raise BadToml(Bilingual(f"打不开:{why}", f"it cannot be opened: {why}")) from error


OPEN_DOOR = "# 演示小区不用登录。 Nobody signs in to the demo estate.\nsign_in = false\n"
"""The `settings.toml` of a site at whose desk nobody has to sign in."""


def make_site(folder: Path, name: Template = "own") -> Path:
    """A new site at `folder`, for its owner's eyes alone; gives the folder. It is there whole, or not at all.

    Raises `SiteThere` where the folder holds anything, and `SiteError` where the system does not let it be made.
    """
    beside = new_beside(folder)
    try:
        write_private(beside / SITE, template(name))
        if name == "demo":
            write_private(beside / SETTINGS, OPEN_DOOR)
        take_place(beside, folder)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    return folder


def new_beside(folder: Path) -> Path:
    """An empty folder beside one that is to be made, which `take_place` then puts in its place."""
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise SiteThere(folder)
        folder.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise _unmakeable(folder, error) from error


def take_place(beside: Path, folder: Path) -> None:
    """Puts the finished folder in its place, which is empty or not there. Raises `SiteThere` where it is neither."""
    try:
        if folder.is_dir():
            folder.rmdir()
        beside.replace(folder)
    except OSError as error:
        raise (SiteThere(folder) if folder.exists() else _unmakeable(folder, error)) from error


@contextmanager
def retired(folder: Path) -> Iterator[Path]:
    """Puts a folder aside, and back in its place where what is done meanwhile fails; gives where it lies."""
    aside = folder.with_name(f".{folder.name}-{os.getpid()}.old")
    try:
        folder.replace(aside)
    except OSError as error:
        raise _unmakeable(folder, error) from error
    try:
        yield aside
    except BaseException:
        aside.replace(folder)
        raise


def write_private(file: Path, text: str) -> None:
    """A new file for its owner's eyes alone, on the disk when this returns. Raises `SiteError` where it cannot be."""
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
        # Half a character has no bytes in UTF-8; a page with a resident's words in it is not to fail by one.
        with open(descriptor, "w", encoding="utf-8", errors="replace", newline="\n") as opened:
            opened.write(text)
            opened.flush()
            os.fsync(opened.fileno())
    except OSError as error:
        raise _unmakeable(file, error) from error


def replace_private(file: Path, text: str) -> None:
    """The file with this text, for its owner's eyes alone: the old one or the new one whole, whatever happens.

    It is on the disk when this returns. Raises `SiteError` where it cannot be.
    """
    beside = file.with_name(f".{file.name}.new")
    try:
        beside.unlink(missing_ok=True)
        write_private(beside, text)
        beside.replace(file)
        sync_folder(file.parent)
    except BaseException as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise _unmakeable(file, error) from error
        raise


def kept_page(folder: Path, name: str, text: str) -> Path:
    """A page that the desk writes into a folder of its site, made where there is none, for its owner's eyes alone.

    Gives the file, which is on the disk when this returns. Raises `SiteError` where it cannot be.
    """
    try:
        folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    except OSError as error:
        raise _unmakeable(folder, error) from error
    replace_private(folder / name, text)
    return folder / name


def sync_folder(folder: Path) -> None:
    """Puts the names in a folder on the disk, where the system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _unmakeable(path: Path, error: OSError) -> SiteError:
    why = error.strerror or str(error)
    return SiteError(
        Bilingual(
            f"建不了 {path}:{why}。可行:另选一个可写的文件夹",
            f"{path} cannot be made: {why}. What would do: a folder that can be written",
        )
    )
