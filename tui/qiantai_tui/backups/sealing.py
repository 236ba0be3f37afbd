"""Backups that only whoever has the passphrase or the key can read: age files, by its own library."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from attrs import frozen

from qiantai.words import Bilingual

from ..sites.files import SiteError

MAGIC = b"age-encryption.org/"
_BY_PHRASE = b"-> scrypt "


class NoSecret(SiteError):
    """What would open a backup is missing, or does not open it."""


@frozen
class Sealing:
    """How a backup is sealed, and opened: by a passphrase, or for the owner of a key, `age1…`, whose secret `keys` are.

    With neither passphrase nor key it is not sealed.
    """

    phrase: str = ""
    key: str = ""
    keys: str = ""

    @property
    def seals(self) -> bool:
        """Whether anything is sealed at all."""
        return bool(self.phrase or self.key)

    @property
    def opens(self) -> bool:
        """Whether what it seals it can open again."""
        return bool(self.phrase or not self.key)

    def seal(self, data: bytes) -> bytes:
        """The data as an age file; as it is where nothing seals it. Raises `SiteError` for a key that is none."""
        if not self.seals:
            return data
        age = _age()
        if self.phrase:
            return bytes(age.passphrase.encrypt(data, self.phrase))
        try:
            return bytes(age.encrypt(data, [age.x25519.Recipient.from_str(self.key)]))
        except age.RecipientError as error:
            raise SiteError(_NO_KEY.format(key=self.key)) from error

    def open(self, data: bytes) -> bytes:
        """What is in an age file. Raises `NoSecret` where it is not for this passphrase or these keys, or damaged."""
        age = _age()
        by_phrase = asks_phrase(data)
        if not (self.phrase if by_phrase else self.keys):
            raise NoSecret(_ASKS_PHRASE if by_phrase else _ASKS_KEY)
        try:
            if by_phrase:
                return bytes(age.passphrase.decrypt(data, self.phrase))
            return bytes(age.decrypt(data, _keys(age, self.keys)))
        except (age.DecryptError, age.IdentityError) as error:
            raise NoSecret(_WRONG_PHRASE if by_phrase else _WRONG_KEY) from error


def asks_phrase(data: bytes) -> bool:
    """Whether an age file was sealed by a passphrase, not for a key."""
    return _BY_PHRASE in data[:200]


def new_key() -> tuple[str, str]:
    """A new key: what seals, for the settings, and the secret that opens, for a safe place."""
    secret = _age().x25519.Identity.generate()
    return str(secret.to_public()), str(secret)


def _keys(age: ModuleType, text: str) -> list[object]:
    lines = (each.strip() for each in text.splitlines())
    return [age.x25519.Identity.from_str(each) for each in lines if each and not each.startswith("#")]


def _age() -> ModuleType:
    try:
        return import_module("pyrage")  # which an unsealed backup does without
    except ModuleNotFoundError as error:
        raise SiteError(_NO_LIBRARY) from error


_NO_LIBRARY = Bilingual(
    "加密要用 Python 库 pyrage。可行:pip install 'qiantai[backup]'",
    "encryption needs the library pyrage. What would do: pip install 'qiantai[backup]'",
)
_NO_KEY = Bilingual(
    "{key} 不是 age 公钥。可行:用 qiantai backup --new-key 做一把,把 age1… 那一行写进设置",
    "{key} is no public key of age. What would do: make one by qiantai backup --new-key, and set its age1…",
)
_ASKS_PHRASE = Bilingual(
    "这份备份用口令加密。可行:用 --passphrase-file 给出口令,或在终端里输入",
    "this backup is sealed by a passphrase. What would do: --passphrase-file, or type it on a terminal",
)
_ASKS_KEY = Bilingual(
    "这份备份用公钥加密。可行:用 --key-file 给出私钥文件",
    "this backup is sealed for a key. What would do: --key-file with the file of the secret key",
)
_WRONG_PHRASE = Bilingual(
    "打不开:口令不对,或文件已损坏。可行:核对口令(大小写),或换一份备份",
    "it does not open: another passphrase, or damaged. What would do: check the passphrase, or take another backup",
)
_WRONG_KEY = Bilingual(
    "打不开:私钥不对,或文件已损坏。可行:换一把私钥,或换一份备份",
    "it does not open: another key, or damaged. What would do: the other key, or another backup",
)
