"""The file of a site that knows its people's PINs, and how often each was tried in vain."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from attrs import evolve, frozen
from filelock import FileLock, Timeout

from qiantai import Person, Role
from qiantai.tables import Mistake, moment
from qiantai.words import Bilingual

from ..sites.files import PRIVATE_FILE, BadSite, SiteError, replace_private
from .secrecy import fits, is_kept, kept, new_code, unfit

FILE, LOCK = "sign_in.json", "sign_in.lock"
WAITS = (0, 0, 0, 5, 15, 30, 60, 120)
"""Seconds to wait after so many failures in a row; after one more than are listed here it is locked."""
LOCKED_FOR = timedelta(minutes=30)
CODE_GOOD_FOR = timedelta(days=3)
GIVES_CODES = ("admin", "supervisor")
"""The roles that give others their one-time code and unlock them."""
_NO_PIN = Bilingual(
    "{name} 还没有 PIN。可行:请管理员或主管给一个一次性代码(qiantai pin code)",
    "{name} has no PIN yet. What would do: a one-time code from an administrator or a supervisor (qiantai pin code)",
)
_WRONG = Bilingual("PIN 不对。{next}", "That is not the PIN. {next}")
_AGAIN = Bilingual("可行:再试一次", "What would do: try again")
_LAST = Bilingual(
    "可行:{s} 秒后再试;再错 {n} 次锁 {m} 分钟",
    "What would do: try again in {s} s; {n} more and it is locked for {m} min",
)
_WAIT = Bilingual("还要等 {s} 秒才能再试", "Try again in {s} s")
_LOCKED = Bilingual(
    "{name} 试错太多,已锁到 {at}。可行:等到那时,或请管理员、主管解锁(qiantai pin unlock)",
    "{name} is locked until {at} after too many wrong tries. What would do: wait, or ask an administrator or a "
    "supervisor to unlock it (qiantai pin unlock)",
)
_STALE = Bilingual("代码已过期。可行:请管理员或主管再给一个", "The code has run out. What would do: ask for a new one")
_HELD = Bilingual(
    "写不了 {file}:{why}。可行:看文件夹的权限,或过几秒再试",
    "{file} cannot be written: {why}. What would do: look at the folder's rights, or try again in some seconds",
)
_PATIENCE = 5.0
"""Seconds in which another program is done with the file."""
_MEND = Bilingual(
    "从备份放回;没有备份就删掉它,各人重新设 PIN", "put it back from a backup, or delete it and choose PINs anew"
)


@frozen
class Known:
    """What is kept of one person: the digest, whether it is of a one-time code and until when, the tries in vain."""

    digest: str = ""
    code_until: datetime | None = None
    failed: int = 0
    last: datetime | None = None

    def free_at(self) -> datetime | None:
        """From when on the next try is taken; None where at once."""
        if self.last is None or not self.failed:
            return None
        return self.last + (timedelta(seconds=WAITS[self.failed]) if self.failed < len(WAITS) else LOCKED_FOR)


@frozen
class Signed:
    """The PIN was right; `change` says that it was a one-time code, so that a PIN has to be chosen."""

    change: bool = False


@frozen
class Denied:
    """It was not taken, and why; from `until` on the next try is."""

    why: Bilingual
    until: datetime | None = None


class PinBook:
    """The PINs of one site. A try is counted on the disk before it is looked at, so that nothing makes it forgotten.

    Raises `BadSite` where the file cannot be read: it is never taken for one in which nobody is.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE
        self._lock = FileLock(folder / LOCK, mode=PRIVATE_FILE)

    @property
    def empty(self) -> bool:
        """Whether nobody has a PIN yet: the first person chooses one."""
        return not self._file.exists()

    def has(self, person: str) -> bool:
        """Whether the person has a PIN or a code."""
        return bool(self._of(person).digest)

    def locked(self, person: str, at: datetime) -> bool:
        """Whether no try of theirs is taken for now, after too many in vain."""
        known = self._of(person)
        free = known.free_at()
        return free is not None and at < free and known.failed >= len(WAITS)

    def sign_in(self, person: Person, pin: str, at: datetime) -> Signed | Denied:
        """What comes of this PIN. Raises `SiteError` where the try cannot be put on the disk."""
        with self._alone():
            return self._tried(person, pin, at)

    def _tried(self, person: Person, pin: str, at: datetime) -> Signed | Denied:
        known = self._of(person.id)
        if not known.digest:
            return Denied(_NO_PIN.format(name=person.name))
        free = known.free_at()
        if free is not None and at < free:
            return self._not_yet(person, known, free, at)
        tried = evolve(known, failed=known.failed + 1, last=at)
        self._put(person.id, tried)
        if not fits(pin, known.digest):
            return self._wrong(person, tried, at)
        if known.code_until is not None and at > known.code_until:
            return Denied(_STALE)
        self._put(person.id, evolve(known, failed=0, last=None))
        return Signed(change=known.code_until is not None)

    def choose(self, person: Person, pin: str) -> Bilingual | None:
        """Keeps a new PIN of theirs; why it will not do, where it will not."""
        wrong = unfit(pin, person.id, person.name)
        if wrong is None:
            with self._alone():
                self._put(person.id, Known(kept(pin)))
        return wrong

    def give_code(self, person: str, at: datetime) -> str:
        """A one-time code for the person, in the place of what they had; they change it when they sign in."""
        code = new_code()
        with self._alone():
            self._put(person, Known(kept(code), at + CODE_GOOD_FOR))
        return code

    def unlock(self, person: str) -> None:
        """Forgets the tries in vain."""
        with self._alone():
            self._put(person, evolve(self._of(person), failed=0, last=None))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """No other program changes the file meanwhile."""
        try:
            self._lock.acquire(timeout=_PATIENCE)
        except (OSError, Timeout) as error:
            raise SiteError(_HELD.format(file=self._file, why=error)) from error
        try:
            yield
        finally:
            self._lock.release()

    def _not_yet(self, person: Person, known: Known, free: datetime, at: datetime) -> Denied:
        if known.failed >= len(WAITS):
            return Denied(_LOCKED.format(name=person.name, at=f"{free:%H:%M}"), free)
        return Denied(_WAIT.format(s=_seconds(free - at)), free)

    def _wrong(self, person: Person, tried: Known, at: datetime) -> Denied:
        free = tried.free_at()
        if tried.failed >= len(WAITS) and free is not None:
            return self._not_yet(person, tried, free, at)
        wait, more = WAITS[tried.failed], len(WAITS) - tried.failed
        last = _LAST.format(s=wait, n=more, m=int(LOCKED_FOR.total_seconds() // 60))
        return Denied(_WRONG.format(next=last if wait else _AGAIN), free)

    def _of(self, person: str) -> Known:
        return self._read().get(person, Known())

    def _put(self, person: str, known: Known) -> None:
        people = {**self._read(), person: known}
        rows = {
            id: {
                "digest": each.digest,
                "code_until": each.code_until.isoformat() if each.code_until else None,
                "failed": each.failed,
                "last": each.last.isoformat() if each.last else None,
            }
            for id, each in people.items()
        }
        replace_private(self._file, json.dumps({"version": 1, "people": rows}, ensure_ascii=False, indent=1) + "\n")

    def _read(self) -> Mapping[str, Known]:
        try:
            text = self._file.read_text(encoding="utf-8")
        except FileNotFoundError:
            return {}
        except OSError as error:
            why = error.strerror or str(error)
            raise SiteError(Bilingual(f"读不了 {self._file}:{why}", f"{self._file} cannot be read: {why}")) from error
        try:
            return {id: _known(row) for id, row in json.loads(text)["people"].items()}
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            wrong = Bilingual("不是本程序写的样子", "not as this program wrote it")
            raise BadSite(self._file, [Mistake("", 0, "", wrong, _MEND)]) from error


def _known(row: Mapping[str, Any]) -> Known:
    digest, until, last = row["digest"], row["code_until"], row["last"]
    if digest and not is_kept(digest):
        raise ValueError(digest)
    return Known(digest, _time(until) if until else None, int(row["failed"]), _time(last) if last else None)


def _time(written: str) -> datetime:
    found = moment(written)
    if found is None:
        raise ValueError(written)
    return found


def _seconds(left: timedelta) -> int:
    return max(1, -(-left // timedelta(seconds=1)))


def may_give_codes(person: Person) -> bool:
    """Whether the person gives others their codes and unlocks them."""
    return person.has(*GIVES_CODES)


def first_people(people: Mapping[str, Person]) -> tuple[Person, ...]:
    """Who may choose the first PIN of a site: those who give the others theirs, everybody where there is none such."""
    found = tuple(each for each in people.values() if may_give_codes(each))
    return found or tuple(people.values())


def desk_first(people: Iterable[Person]) -> tuple[Person, ...]:
    """The staff, the desk's own first."""
    return tuple(sorted(people, key=lambda each: not each.has(Role.DESK)))
