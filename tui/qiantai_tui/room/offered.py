"""The rehearsals that a site has: those that come along, a drill of each agreed answer in force, and its own files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from attrs import frozen

from qiantai.hours import local
from qiantai.words import NOTHING, Bilingual, Role
from qiantai_scenarios import BadScenario, read_scenario
from qiantai_scenarios.library import rehearsals
from qiantai_scenarios.rehearsing import NoRehearsal, Play
from qiantai_scenarios.rehearsing.drills import drills
from qiantai_scenarios.scenario import Scenario

from ..sites.site import Site

FOLDER = "rehearsals"
"""Where in a site's folder its own rehearsals lie."""
SHIPPED, SCRIPTS, OWN = Bilingual("自带", "shipped"), Bilingual("口径", "wording"), Bilingual("本小区", "own")


@frozen
class Offer:
    """A rehearsal that may be played; `wrong` tells why a file cannot be, and then there is no scenario."""

    id: str
    source: Bilingual
    scenario: Scenario | None
    wrong: Bilingual = NOTHING


def offers(site: Site, at: datetime) -> tuple[Offer, ...]:
    """All of them: the site's own first, then those that come along from the easiest on, then the drills."""
    kinds, people = site.desk.handbook.requests, site.desk.handbook.people
    clerk = next((each.id for each in people.values() if each.has(Role.DESK)), None)
    found = drills(site.desk.handbook, local(at).date(), clerk, site.topics) if clerk else ()
    return (
        *_own(site),
        *(Offer(each.id, SHIPPED, each) for each in rehearsals(kinds)),
        *(Offer(each.id, SCRIPTS, each) for each in found),
    )


def _own(site: Site) -> Iterator[Offer]:
    folder = site.folder / FOLDER
    for file in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
        try:
            yield Offer(file.stem, OWN, Play(read_scenario(file, site.desk.handbook.requests)).scenario)
        except BadScenario as bad:
            yield Offer(file.name, OWN, None, Bilingual(bad.as_text("zh"), bad.as_text("en")))
        except NoRehearsal as none:
            yield Offer(file.name, OWN, None, none.why)
