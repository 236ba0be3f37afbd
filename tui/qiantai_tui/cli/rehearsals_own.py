"""The rehearsals that lie in a site's own folder, as the command line lists them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from qiantai.lifecycle import Request
from qiantai_scenarios import BadScenario, read_scenario
from qiantai_scenarios.rehearsing import NoRehearsal, Play
from qiantai_scenarios.scenario import Scenario

from ..room.offered import FOLDER
from .speech import Speech


def own_rehearsals(site: Path, kinds: Mapping[str, Request], say: Speech) -> Iterator[Scenario]:
    """Those that can be played; what is wrong with another file is told beside the list."""
    for file in sorted((site / FOLDER).glob("*.toml")):
        try:
            yield Play(read_scenario(file, kinds)).scenario
        except BadScenario as bad:
            click.echo(bad.as_text(say.language), err=True)
        except NoRehearsal as none:
            click.echo(f"{file}: {none.why[say.language]}", err=True)
