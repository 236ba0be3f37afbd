"""The rehearsals that a site has: those that come along, a drill of each agreed answer in force, and its own files."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Set
from datetime import datetime
from pathlib import Path

from attrs import frozen

from qiantai.hours import local
from qiantai.words import NOTHING, Bilingual, Role
from qiantai_scenarios import BadScenario, read_scenario
from qiantai_scenarios.library import rehearsals
from qiantai_scenarios.rehearsing import NoRehearsal, Play, model, performed, score
from qiantai_scenarios.rehearsing.drills import drills
from qiantai_scenarios.scenario import Scenario

from ..sites.site import Site

FOLDER = "rehearsals"
"""Where in a site's folder its own rehearsals lie."""
TAKEN = Bilingual(
    "{id} 是别的演练的名称,成绩会混在一起。可行:换个文件名和 id,如 our-{id}",
    "{id} is the name of another rehearsal, and results would be mixed up. What would do: another name of the file and "
    "id, as our-{id}",
)
UNPASSABLE = Bilingual(
    "示范做法只有 {points} 分,{passing} 分才合格,谁也考不过。可行:改加分项,合起来要 100",
    "the model solution has {points} points alone, {passing} pass: nobody can. What would do: marks of 100 in all",
)
SHIPPED, SCRIPTS, OWN = Bilingual("自带", "shipped"), Bilingual("口径", "wording"), Bilingual("本小区", "own")


@frozen
class Offer:
    """A rehearsal that may be played; `wrong` tells why a file cannot be, and then there is no scenario.

    `warning` tells of one that can be played and hardly be meant.
    """

    id: str
    source: Bilingual
    scenario: Scenario | None
    wrong: Bilingual = NOTHING
    warning: Bilingual = NOTHING


def state_of(site: Site, at: datetime) -> Hashable:
    """What the offers of a site follow from: while it is the same, they are."""
    folder = site.folder / FOLDER
    files = sorted((each.name, _written(each)) for each in folder.glob("*.toml")) if folder.is_dir() else ()
    return local(at).date(), site.desk.handbook.scripts, tuple(files)


def _written(file: Path) -> tuple[int, int]:
    """When a file was last written, and how long it is; nothing of one that is not there."""
    try:
        found = file.stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size


def offers(site: Site, at: datetime) -> tuple[Offer, ...]:
    """All of them: the site's own first, then those that come along from the easiest on, then the drills."""
    kinds, people = site.desk.handbook.requests, site.desk.handbook.people
    clerk = next((each.id for each in people.values() if each.has(Role.DESK)), None)
    found = drills(site.desk.handbook, local(at).date(), clerk, site.topics) if clerk else ()
    others = (
        *(Offer(each.id, SHIPPED, each) for each in rehearsals(kinds)),
        *(Offer(each.id, SCRIPTS, each) for each in found),
    )
    return (*_own(site, {each.id for each in others}), *others)


def _own(site: Site, taken: Set[str]) -> Iterator[Offer]:
    folder = site.folder / FOLDER
    for file in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
        if file.stem in taken:
            yield Offer(file.name, OWN, None, TAKEN.format(id=file.stem))
            continue
        try:
            scenario = Play(read_scenario(file, site.desk.handbook.requests)).scenario
            yield Offer(file.stem, OWN, scenario, warning=_warning(scenario))
        except BadScenario as bad:
            yield Offer(file.name, OWN, None, Bilingual(bad.as_text("zh"), bad.as_text("en")))
        except NoRehearsal as none:
            yield Offer(file.name, OWN, None, none.why)


def _warning(scenario: Scenario) -> Bilingual:
    """That not even the model solution passes."""
    found = score(performed(scenario, model(scenario)))
    return NOTHING if found.passed else UNPASSABLE.format(points=found.points, passing=found.passing)
