"""The password of a desk that is served beyond its machine: kept as its digest alone, in a file of its owner's."""

from __future__ import annotations

import re
import sys
from collections.abc import MutableMapping
from pathlib import Path

from qiantai.words import Bilingual

from ..sign_in.secrecy import kept, unfit
from ..sites.files import SiteError, replace_private

VARIABLE = "QIANTAI_SERVE_PASSWORD"
SHORTEST = 10
_DIGEST = re.compile(r"scrypt\$(16384|32768|65536)\$[0-9a-f]{32}\$[0-9a-f]{32}")
_READABLE_BY_OTHERS = 0o077
_WEAK = Bilingual(
    "口令太弱。可行:至少 10 位,不能全是数字,比如几个不相干的词",
    "The password is too weak. What would do: 10 signs at least, not digits alone, as a few words without any "
    "connection",
)
_NO_FILE = Bilingual(
    "{file} 打不开:{why}。可行:qiantai serve --new-password {file} 建一个",
    "{file} cannot be opened: {why}. What would do: make it by qiantai serve --new-password {file}",
)
_NOT_OURS = Bilingual(
    "{file} 里不是口令的摘要。可行:qiantai serve --new-password {file} 重写;口令本身不写进文件",
    "{file} holds no digest of a password. What would do: write it anew by qiantai serve --new-password {file}; "
    "a password itself is written into no file",
)
_OPEN = Bilingual(
    "{file} 别的用户也能读。可行:chmod 600 {file}", "{file} can be read by others. What would do: chmod 600 {file}"
)


def weak(password: str) -> Bilingual | None:
    """Why this password will not do, and what would; None where it will."""
    plain = password.strip()
    return _WEAK if len(plain) < SHORTEST or plain.isdecimal() else unfit(plain)


def digest_of(password: str) -> str:
    """What is kept of a password. Raises `SiteError` where it will not do."""
    wrong = weak(password)
    if wrong is not None:
        raise SiteError(wrong)
    return kept(password)


def write_digest(file: Path, password: str) -> None:
    """Writes what is kept of it, for the owner's eyes alone. Raises `SiteError`."""
    replace_private(file, digest_of(password) + "\n")


def read_digest(file: Path) -> str:
    """What a file keeps of a password. Raises `SiteError` where it is none, or others can read it."""
    try:
        with file.open(encoding="utf-8") as opened:
            mode, found = file.stat().st_mode, opened.read(200).strip()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise SiteError(_NO_FILE.format(file=file, why=why)) from error
    if sys.platform != "win32" and mode & _READABLE_BY_OTHERS:
        raise SiteError(_OPEN.format(file=file))
    if not _DIGEST.fullmatch(found):
        raise SiteError(_NOT_OURS.format(file=file))
    return found


def taken_from(environment: MutableMapping[str, str]) -> str:
    """The digest of the password in the environment, which is taken out of it; empty where there is none."""
    said = environment.pop(VARIABLE, "")
    return digest_of(said) if said else ""
