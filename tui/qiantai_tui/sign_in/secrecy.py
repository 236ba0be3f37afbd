"""A PIN or passphrase: which will do, and what is kept of it."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import unicodedata
from itertools import pairwise

from qiantai.words import Bilingual

SHORTEST, LONGEST = 4, 64
COST, BLOCK, LANES = 2**14, 8, 1
"""scrypt's cost (16 MB of memory a try), its block size and lanes; they are written beside each digest."""
CODE_DIGITS = 8
_MEMORY = 64 * 1024 * 1024
_SALT = _DIGEST = 16
_KEPT = re.compile(r"scrypt\$\d{1,7}\$([0-9a-f]{2})+\$([0-9a-f]{2})+")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_COMMON = "1212 1122 1313 2580 1357 2468 6688 123123 112233 121212 147258 159357 520520 1314520 5201314"
_TOO_SHORT = Bilingual("太短。可行:至少 4 位", "It is too short. What would do: 4 signs at least")
_TOO_LONG = Bilingual("太长。可行:至多 64 个字", "It is too long. What would do: 64 signs at most")
_OTHER = Bilingual(
    "可行:换一个不成串、不重复的,或一句话", "What would do: one without a row or a repetition, or a phrase"
)
_EASY = Bilingual(f"太好猜。{_OTHER.zh}", f"It is too easy to guess. {_OTHER.en}")
_PHONE = Bilingual(f"不能用电话号码。{_OTHER.zh}", f"A telephone number will not do. {_OTHER.en}")
_OWN = Bilingual(f"不能用自己的名字。{_OTHER.zh}", f"One's own name will not do. {_OTHER.en}")


def unfit(pin: str, *names: str) -> Bilingual | None:
    """Why this PIN will not do for somebody of these names, and what would; None where it will."""
    plain = _plain(pin)
    if len(plain) < SHORTEST:
        return _TOO_SHORT
    if len(plain) > LONGEST:
        return _TOO_LONG
    if _MOBILE.fullmatch(plain):
        return _PHONE
    if plain.casefold() in {_plain(each).casefold() for each in names}:
        return _OWN
    steps = {ord(after) - ord(before) for before, after in pairwise(plain)}
    return _EASY if steps in ({0}, {1}, {-1}) or plain in _COMMON.split() else None


def kept(pin: str, salt: bytes | None = None, cost: int = COST) -> str:
    """What is kept of a PIN: the cost, a salt and the digest; it takes about a tenth of a second."""
    salt = secrets.token_bytes(_SALT) if salt is None else salt
    digest = hashlib.scrypt(_plain(pin).encode(), salt=salt, n=cost, r=BLOCK, p=LANES, maxmem=_MEMORY, dklen=_DIGEST)
    return f"scrypt${cost}${salt.hex()}${digest.hex()}"


def is_kept(text: str) -> bool:
    """Whether this is what may be kept of a PIN."""
    return _KEPT.fullmatch(text) is not None


def fits(pin: str, kept_of_it: str) -> bool:
    """Whether this is the PIN of which that is kept."""
    _, cost, salt, _ = kept_of_it.split("$")
    return hmac.compare_digest(kept(pin, bytes.fromhex(salt), int(cost)), kept_of_it)


def new_code() -> str:
    """A one-time code of eight digits, by chance."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"


def _plain(text: str) -> str:
    """The same for full-width and half-width signs, however an input method hands them over."""
    return unicodedata.normalize("NFKC", text).strip()
