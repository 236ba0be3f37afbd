"""On what terms a site's desk is served: where, by what names, to how many, and what has to be there for that."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from attrs import frozen

from qiantai.words import Bilingual

from ..sites.site import Settings
from .names import is_everywhere, is_loopback

ALONE, SEVERAL = 1, 4
"""Desks at once unless the settings say: of a store that is one process's alone, and of one that is shared."""
_ALONE = ("", "tinydb")
_BARE = Bilingual(
    "{address} 别的机器也连得上,要有 {what} 才开。可行:{how};只给这台电脑用就不写 --listen",
    "Other machines reach {address}, and for that there has to be {what}. What would do: {how}; for this machine "
    "alone leave --listen out",
)
_TLS = Bilingual("TLS 证书", "a TLS certificate"), Bilingual("--cert 证书 --key 私钥", "--cert FILE --key FILE")
_PASSWORD = (
    Bilingual("口令", "a password"),
    Bilingual(
        "qiantai serve --new-password 文件,再用 --password-file 指出来",
        "qiantai serve --new-password FILE, then name it by --password-file",
    ),
)
_SIGN_IN = (
    Bilingual("登录", "sign-in"),
    Bilingual(
        "在小区的 settings.toml 里写 sign_in = true,给各人设好 PIN",
        "sign_in = true in the site's settings.toml, and PINs for its people",
    ),
)
_PINS = (
    Bilingual("设好的 PIN", "a PIN that was chosen"),
    Bilingual(
        "先在这台电脑上设第一个(qiantai pin set),不然谁先连上谁就是管理员",
        "choose the first on this machine (qiantai pin set), or whoever comes first is the administrator",
    ),
)
_NAME = (
    Bilingual("浏览器用的名字", "a name that browsers use"),
    Bilingual("--name desk.example.cn,与证书上的一致", "--name desk.example.cn, as the certificate has it"),
)


@frozen
class Terms:
    """Where a desk is served, to how many at once, and after how long an untouched tab ends.

    `tls` is a certificate with its key, `password` the digest of one; either may be missing on loopback alone.
    """

    address: str = "127.0.0.1"
    port: int = 8020
    names: tuple[str, ...] = ()
    tls: tuple[Path, Path] | None = None
    password: str = ""
    desks: int = ALONE
    idle: timedelta = timedelta(hours=1)
    language: str = "zh"

    @property
    def scheme(self) -> str:
        """Of the addresses."""
        return "https" if self.tls else "http"


def desks_of(settings: Settings) -> int:
    """How many desks at once: as the settings say, else as many as the store takes."""
    return settings.serve_desks or (ALONE if settings.store in _ALONE else SEVERAL)


def missing(terms: Terms, settings: Settings, *, pins: bool) -> Bilingual | None:
    """What these terms lack, and what would do; None where the desk may be served on them. `pins`: somebody has one."""
    if is_loopback(terms.address):
        return None
    wanted = (
        (terms.tls is not None, _TLS),
        (bool(terms.password), _PASSWORD),
        (settings.sign_in, _SIGN_IN),
        (pins, _PINS),
        (bool(terms.names) or not is_everywhere(terms.address), _NAME),
    )
    lacking = next((words for there, words in wanted if not there), None)
    if lacking is None:
        return None
    what, how = lacking
    return _BARE.format(address=terms.address or "*", what=what, how=how)
