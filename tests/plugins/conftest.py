"""One PostgreSQL server for all the tests of a run."""

from collections.abc import Iterator

import pytest
from tests.plugins.postgres import NoServer, Server, a_server, or_skip


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    try:
        with a_server() as server:
            yield server
    except NoServer as missing:
        or_skip(missing, pytest.skip, pytest.fail)
