"""A PostgreSQL server for the tests: its own folder, its own socket, gone when they are over."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from urllib.parse import quote

import psycopg

NEED = "QIANTAI_TESTS_NEED"
"""The environment's word on what must not be missing: with `postgresql` in it a missing server is a failure."""
_FOLDERS = ("/usr/lib/postgresql/*/bin", "/usr/local/pgsql/bin", "/opt/homebrew/opt/postgresql*/bin")
_PATIENCE = 60.0


class NoServer(Exception):
    """That there is none to be had, and why."""


def program(name: str) -> str:
    """A program of the server's. Raises `NoServer`."""
    there = [found for pattern in _FOLDERS for found in sorted(Path("/").glob(f"{pattern[1:]}/{name}"))]
    found = shutil.which(name) or (str(there[-1]) if there else "")
    if not found:
        raise NoServer(f"no {name} on this machine: install Debian's postgresql, or PostgreSQL 15 or newer")
    return found


def _servant() -> dict[str, Any]:
    """Whom the server runs as: it refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    known = {each.pw_name: each for each in pwd.getpwall()}
    found = known.get("postgres") or known.get("nobody")
    if found is None:
        raise NoServer("run as root, with neither postgres nor nobody among the users")
    return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}


class Server:
    """One server; it can be ended and started again."""

    def __init__(self, folder: Path, settings: dict[str, str]) -> None:
        self.folder, self.data = folder, folder / "data"
        self._servant, self._settings = _servant(), settings
        self._process: subprocess.Popen[bytes] | None = None
        self._schemas = count(1)
        self._run(program("initdb"), "-D", str(self.data), "-U", "qiantai", "-A", "trust", "-E", "UTF8", "--no-sync",
                  "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=zh-CN")  # fmt: skip

    def _run(self, *command: str) -> None:
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False, **self._servant)
        if done.returncode != 0:
            raise NoServer(done.stderr.strip() or done.stdout.strip())

    def start(self) -> None:
        """Starts it; returns when it answers."""
        settings = [part for name, value in self._settings.items() for part in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [program("postgres"), "-D", str(self.data), "-k", str(self.folder), *settings],
                cwd=self.folder, stdout=log, stderr=log, **self._servant,
            )  # fmt: skip
        end = monotonic() + _PATIENCE
        while True:
            try:
                psycopg.connect(self.address()).close()
                return
            except psycopg.OperationalError as error:
                if self._process.poll() is not None or monotonic() > end:
                    raise NoServer((self.folder / "log").read_text(encoding="utf-8")[-2000:]) from error
                sleep(0.05)

    def end(self, how: signal.Signals = signal.SIGINT) -> None:
        """Ends it: `SIGINT` breaks off what is connected, `SIGQUIT` does not even write down what it knows."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(_PATIENCE)
            self._process = None

    def address(self, schema: str = "") -> str:
        """Where it is, as a store takes it."""
        options = f"&options={quote(f'-csearch_path={schema}')}" if schema else ""
        return f"postgresql://qiantai@/postgres?host={quote(str(self.folder), safe='')}{options}"

    def new_site(self) -> str:
        """The address of an empty schema."""
        schema = f"site_{next(self._schemas)}"
        with psycopg.connect(self.address(), autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {schema}".encode())
        return self.address(schema)

    def tables(self) -> bytes:
        """Every byte of its files but the log of changes, all of it written down."""
        with psycopg.connect(self.address(), autocommit=True) as connection:
            connection.execute("CHECKPOINT")
        return b"\n".join(each.read_bytes() for each in sorted((self.data / "base").rglob("*")) if each.is_file())


QUICK = {"listen_addresses": "", "fsync": "off", "max_connections": "60", "shared_buffers": "32MB"}
"""For tests that do not ask whether the disk holds what it took."""


@contextmanager
def a_server(**settings: str) -> Iterator[Server]:
    """A server with these settings besides the quick ones. Raises `NoServer`."""
    folder = Path(tempfile.mkdtemp(prefix="qiantai-pg-"))
    try:
        servant = _servant()
        if servant:
            os.chown(folder, servant["user"], servant["group"])
        server = Server(folder, {**QUICK, **settings})
        server.start()
        try:
            yield server
        finally:
            server.end()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def or_skip(missing: NoServer, skip: Callable[[str], Any], fail: Callable[[str], Any]) -> None:
    """Skips openly, or fails where the environment says that it must not be missing."""
    (fail if "postgresql" in os.environ.get(NEED, "").split(",") else skip)(f"no PostgreSQL: {missing}")
