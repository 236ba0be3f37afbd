"""How long a durable action takes in each store, in one run; what a case weighs; what headquarters' figures cost.

    python bench/stores.py [--closed 2000] [--actions 500] [--sites 100] [--folder DIR]

Times are milliseconds. PostgreSQL is a server of its own with fsync on, over its local socket; without one on this
machine its rows are missing, and the reason is said.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from itertools import islice
from pathlib import Path
from time import perf_counter, sleep
from typing import TYPE_CHECKING

import psycopg
from store import (  # type: ignore[import-not-found]
    NOW,
    OPEN,
    Times,
    floor,
    history,
    household_of,
    noted,
    number_of,
    timed,
    work,
)

from qiantai.plugins import open_store
from qiantai.projections.figures import figures
from qiantai.store import Store

if TYPE_CHECKING:
    from tests.plugins.postgres import Server

SQL_BY_HAND = "SELECT day, kind, state, count(*) FROM {cases} GROUP BY day, kind, state"


def filled(store: Store, closed: int, chance: random.Random) -> None:
    """So many closed cases over three years, and the open ones of yesterday."""
    events = []
    for sequence in range(1, closed + 1):
        day = NOW - timedelta(days=2 + sequence % 1000, seconds=sequence % 3600)
        events += history(number_of(day, 1 + sequence // 1000), day, household_of(chance), chance, closing=True)
        if sequence % 200 == 0:
            store.append(events)
            events = []
    yesterday = NOW - timedelta(days=1)
    for sequence in range(1, OPEN + 1):
        events += history(number_of(yesterday, sequence), yesterday, household_of(chance), chance, closing=False)
    store.append(events)


def measured(name: str, opening: Callable[[], Store], closed: int, actions: int) -> None:
    """The rows of one store."""
    with closing(opening()) as store:
        filled(store, closed, random.Random(1))
    start = timed(5, lambda _: opening().close())
    with closing(opening()) as store:
        rows = {
            "an action": work(store, actions, random.Random(2)),
            "the open cases, read again": timed(50, lambda _: store.open_cases()),
            "news, none": timed(200, lambda _: store.news()),
            "the first 50 closed with 水渍": timed(5, lambda _: list(islice(store.closed_cases(words="水渍"), 50))),
            "figures of all cases, by the kernel": timed(1, lambda _: figures(store.all_cases(), NOW)),
        }
    for what, times in {"cold start, and close": start, **rows}.items():
        print(f"{name:12s}{what:40s}{times}")


def news_of_another(name: str, opening: Callable[[], Store]) -> None:
    """From one desk's commit until the other knows of it, asked without a pause."""
    with closing(opening()) as one, closing(opening()) as other:
        other.news()
        sleep(1)
        other.news()
        case = next(iter(one.open_cases()))
        taken = []
        for turn in range(50):
            one.append([noted(case.number, len(case.history) + turn, NOW, random.Random(turn))])
            began = perf_counter()
            while case.number not in other.news():
                assert perf_counter() - began < 5, "it never heard"
            taken.append((perf_counter() - began) * 1000)
    print(f"{name:12s}{'until another desk knows of it':40s}{Times(tuple(taken))}")


def headquarters(server: Server, sites: int, closed: int) -> None:
    """Many estates in one database, a schema each, all with the first one's cases; and one table for all of them."""
    first = server.new_site()
    with closing(open_store(first, Path())) as store:
        filled(store, closed, random.Random(3))
    with psycopg.connect(server.address(), autocommit=True) as connection:
        (schema,) = psycopg.connect(first).execute("SELECT current_schema()").fetchone() or ("",)
        names = [schema, *(f"estate_{n}" for n in range(1, sites))]
        for each in names[1:]:
            connection.execute(f"CREATE SCHEMA {each}".encode())
            connection.execute(f"CREATE TABLE {each}.cases (LIKE {schema}.cases INCLUDING ALL)".encode())
            connection.execute(f"INSERT INTO {each}.cases SELECT * FROM {schema}.cases".encode())
        connection.execute("VACUUM ANALYZE")
        columns = "number, kind, state, day, open, changed"
        every = " UNION ALL ".join(f"SELECT '{each}' AS site, {columns} FROM {each}.cases" for each in names)
        connection.execute(f"CREATE VIEW firm AS {every}".encode())
        connection.execute(b"CREATE TABLE firm_read AS SELECT * FROM firm")
        connection.execute(b"CREATE UNIQUE INDEX ON firm_read (site, number)")
        connection.execute(b"ANALYZE firm_read")
        (total,) = connection.execute("SELECT count(*) FROM firm_read").fetchone() or (0,)
        by_site = "SELECT site, kind, count(*), count(*) FILTER (WHERE open) FROM {0} GROUP BY site, kind"
        since = "SELECT max(changed) FROM firm_read"
        news = f"SELECT count(*) FROM firm WHERE changed > ({since})"

        def asked(query: str) -> Times:
            return timed(5, lambda _: connection.execute(query.encode()).fetchall())

        print(f"\n{sites} estates, {total} cases in all, in one database")
        print(f"{'one estate, by day, kind and state':52s}{asked(SQL_BY_HAND.format(cases=f'{schema}.cases'))}")
        print(f"{'all estates, by estate and kind, over their tables':52s}{asked(by_site.format('firm'))}")
        print(f"{'the same over one table for reading':52s}{asked(by_site.format('firm_read'))}")
        print(f"{'what has changed since that table was brought up':52s}{asked(news)}")


def weight(address: str, cases: int) -> None:
    """Bytes a case, with its indexes."""
    with psycopg.connect(address) as connection:
        (size,) = connection.execute(
            "SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relkind = 'r' "
            "AND relnamespace = current_schema()::regnamespace"
        ).fetchone() or (0,)
    print(f"{'postgresql':12s}{'bytes a case':40s}{size / cases:9.0f}")


def log_written(server: Server, done: Callable[[], object]) -> int:
    """Bytes that this adds to the server's log of changes."""
    with psycopg.connect(server.address(), autocommit=True) as connection:
        (before,) = connection.execute("SELECT pg_current_wal_lsn()").fetchone() or ("",)
        done()
        (grown,) = connection.execute("SELECT pg_current_wal_lsn() - %s::pg_lsn", (before,)).fetchone() or (0,)
    return int(grown)


def main() -> None:
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from tests.plugins.postgres import NoServer, a_server

    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--closed", type=int, default=2000)
    asked.add_argument("--actions", type=int, default=500)
    asked.add_argument("--sites", type=int, default=100)
    asked.add_argument("--folder", type=Path, help="where to write; a folder of the disk that is to be measured")
    given = asked.parse_args()
    print(f"{OPEN} open cases, {given.closed} closed; milliseconds{'p50':>24s}{'p99':>10s}{'max':>10s}")
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        folder = Path(name)
        print(f"{'floor':12s}{'append 1700 bytes and fsync':40s}{floor(folder, given.actions, 1700)}")
        for store, file in (("tinydb", "*"), ("sqlite", "qiantai.sqlite")):
            place = folder / store
            measured(store, lambda store=store, place=place: open_store(store, place), given.closed, given.actions)  # type: ignore[misc]
            size = sum(each.stat().st_size for each in place.rglob(file) if each.is_file())
            print(f"{store:12s}{'bytes a case':40s}{size / (given.closed + OPEN):9.0f}")
        news_of_another("sqlite", lambda: open_store("sqlite", folder / "sqlite"))
    try:
        with a_server(fsync="on") as server:
            address = server.new_site()
            measured("postgresql", lambda: open_store(address, Path()), given.closed, given.actions)
            weight(address, given.closed + OPEN)
            news_of_another("postgresql", lambda: open_store(address, Path()))
            with closing(open_store(address, Path())) as kept:
                grown = log_written(server, lambda: work(kept, 200, random.Random(4)))
            print(f"{'postgresql':12s}{'bytes of log an action':40s}{grown / 200:9.0f}")
            headquarters(server, given.sites, given.closed)
    except NoServer as missing:
        print(f"no PostgreSQL here: {missing}")


if __name__ == "__main__":
    main()
