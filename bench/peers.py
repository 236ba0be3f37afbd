"""A durable action beside other programs that keep tickets, turn by turn in one run, and whatever is in the archive.

    python bench/peers.py [--archive 0 10000 100000] [--actions 300] [--folder DIR]

Everybody has 500 open cases, and takes in one more, or a word on one of them; each action is on the disk when it
returns. What is asked here of the desk is all of it: the rules, the seals, the store. What is asked of the others is
what they offer a program: roundup's own database on SQLite (write-ahead log, full sync), in one commit an action, no
mail; django-helpdesk's form and its `update_ticket`, on SQLite in the same way, each in one transaction. Times are
milliseconds; ratios are what counts. `make peers` installs the others; one that is not there is told with the reason.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, redirect_stdout
from datetime import datetime
from importlib.metadata import version
from io import StringIO
from pathlib import Path
from typing import Any, Protocol

from attrs import frozen
from helpdesk_site import helpdesk  # type: ignore[import-not-found]
from store import (  # type: ignore[import-not-found]
    NOW,
    OPEN,
    SAID,
    Times,
    a_site,
    floor,
    household_of,
    timed,
)

from qiantai import Desk, Done, Handbook, Household, Person
from qiantai_tinydb import open_store

STAFF = {"li": Person("li", "李静", {"desk"})}
HOMES = {"1-1-1": Household("1-1-1", "王女士", "13800001234")}
SIZE = 3000  # bytes, some more than an action writes
HOUSEHOLDS_ASKED = 20


class Peer(Protocol):
    """Somebody who keeps tickets."""

    def take_in(self) -> None:
        """One more ticket, durably."""

    def update(self) -> None:
        """A word more on one that is open, durably."""


@frozen
class Ours:
    """The desk with its default store."""

    desk: Desk
    numbers: list[str]
    chance: random.Random

    def take_in(self) -> None:
        """See `Peer`."""
        said = {"channel": "phone", "household": "1-1-1", "summary": SAID, "place": "厨房"}
        done = self.desk.receive("li", kind="repair", emergency=True, **said)
        assert isinstance(done, Done), done

    def update(self) -> None:
        """See `Peer`."""
        done = self.desk.do(self.chance.choice(self.numbers), "note", "li", text=SAID)
        assert isinstance(done, Done), done


@contextmanager
def ours(folder: Path, archived: int) -> Iterator[Ours]:
    """The desk with so many cases in the archive."""
    a_site(folder, archived, random.Random(1))
    store = open_store(folder)
    numbers = sorted(case.number for case in store.open_cases())
    try:
        yield Ours(Desk(Handbook(STAFF, HOMES), store, clock=lambda: NOW), numbers, random.Random(2))
    finally:
        store.close()


@frozen
class Roundup:
    """Roundup's own tracker, its classic template."""

    database: Any
    chance: random.Random

    def take_in(self) -> None:
        """See `Peer`."""
        message = self.database.msg.create(content=SAID, author="1", summary=SAID)
        self.database.issue.create(title=SAID, messages=[message], status="1", priority="3")
        self.database.commit()

    def update(self) -> None:
        """See `Peer`."""
        issue = str(self.chance.randint(1, OPEN))
        message = self.database.msg.create(content=SAID, author="1", summary=SAID)
        self.database.issue.set(issue, messages=[*self.database.issue.get(issue, "messages"), message])
        self.database.commit()


@contextmanager
def roundup(folder: Path) -> Iterator[Roundup]:
    """A new tracker of open issues."""
    from roundup import configuration, init, instance, password

    template = Path(sys.prefix) / "share" / "roundup" / "templates" / "classic"
    with redirect_stdout(StringIO()):
        init.install(str(folder), str(template))
    (folder / "detectors" / "nosyreaction.py").unlink()  # it sends mail
    config = configuration.CoreConfig(str(folder))
    for name, value in {
        "RDBMS_BACKEND": "sqlite",
        "DATABASE": "db",
        "MAIL_DOMAIN": "localhost",
        "TRACKER_WEB": "http://localhost/",
        "ADMIN_EMAIL": "admin@localhost",
    }.items():
        config[name] = value
    config.save()
    tracker = instance.open(str(folder))
    tracker.init(password.Password("admin", config=config))
    database = tracker.open("admin")
    database.sql("pragma synchronous")
    assert database.cursor.fetchone()[0] == 2, "full sync"
    database.sql("pragma journal_mode")
    assert database.cursor.fetchone()[0] == "wal"
    for _ in range(OPEN):
        message = database.msg.create(content=SAID, author="1", summary=SAID)
        database.issue.create(title=SAID, messages=[message], status="1", priority="3")
    database.commit()
    try:
        yield Roundup(database, random.Random(2))
    finally:
        database.close()


PEERS: dict[str, Callable[[Path], AbstractContextManager[Peer]]] = {"roundup": roundup, "django-helpdesk": helpdesk}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--archive", type=int, nargs="+", default=[0, 10_000, 100_000])
    asked.add_argument("--actions", type=int, default=300)
    asked.add_argument("--folder", type=Path, help="where to write; a folder of the disk that is to be measured")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as folder, ExitStack() as opened:
        side_by_side(Path(folder), given.archive, given.actions, opened)


def side_by_side(folder: Path, archives: list[int], actions: int, opened: ExitStack) -> None:
    """One table: in every turn each of them has one action, so that a busy moment of the disk is everybody's."""
    peers: dict[str, Peer] = {}
    for archived in archives:
        peers[f"this desk, {archived:,} archived"] = opened.enter_context(ours(folder / str(archived), archived))
    for name, opening in PEERS.items():
        try:
            peers[f"{name} {version(name)}"] = opened.enter_context(opening(folder / name))
        except ImportError as error:
            print(f"{name}: skipped, {error}; `make peers` installs it")
    ground = floor(folder, actions, SIZE)
    rows: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in peers}
    for _ in range(actions):
        for name, peer in peers.items():
            rows[name][0].extend(timed(1, lambda _, act=peer.take_in: act()).each)
            rows[name][1].extend(timed(1, lambda _, act=peer.update: act()).each)
    print(f"{datetime.now().astimezone():%Y-%m-%d %H:%M}, {OPEN} open cases, {actions} turns, milliseconds")
    print(f"{'':34s}{'take in p50':>12s}{'p99':>9s}{'update p50':>12s}{'p99':>9s}")
    tell("floor: append 3 kB and fsync", ground, ground)
    for name, (taking, updating) in rows.items():
        tell(name, Times(tuple(taking)), Times(tuple(updating)))
    for name, peer in peers.items():
        match peer:
            case Ours(desk):
                times = looked_up(desk)
                print(f"{name}: a household's whole history p50 {times.p50:.1f} ms, worst {max(times.each):.1f} ms")
            case _:
                """Only ours has an archive here."""


def tell(name: str, taking: Times, updating: Times) -> None:
    """A row."""
    print(f"{name:34s}{taking.p50:12.3f}{taking.p99:9.3f}{updating.p50:12.3f}{updating.p99:9.3f}")


def looked_up(desk: Desk) -> Times:
    """The whole history of several households, each asked for once."""
    homes = [household_of(random.Random(turn)) for turn in range(HOUSEHOLDS_ASKED)]
    return timed(len(homes), lambda turn: list(desk.store.closed_cases(homes[turn])))


if __name__ == "__main__":
    main()
