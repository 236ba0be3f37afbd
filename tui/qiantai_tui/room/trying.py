"""A rehearsal on the terminal, between two openings of the desk or by itself, and its result on record."""

from __future__ import annotations

import time
from pathlib import Path

from qiantai.desk import now
from qiantai.people import Person
from qiantai_scenarios.rehearsing import Play
from qiantai_scenarios.rehearsing.records import attempt
from qiantai_scenarios.scenario import Scenario

from ..preferences import Taken
from ..sites.books import books_of
from ..sites.files import reports_folder
from ..sites.site import Site
from ..sites.training_book import write_attempt
from ..text.words import Language
from .app import rehearse
from .ending import Ended, Trainee


def rehearse_at(site: Site, scenario: Scenario, person: Person, language: Language, taken: Taken) -> Person | None:
    """Rehearses, and puts the result on record for this person; gives who sits at the desk afterwards.

    Where people sign in it is nobody until they have done so anew.
    """
    rehearsed(scenario, language, taken, trainee_at(site.folder, person))
    return None if site.settings.sign_in else person


def try_at(site: Site, scenario: Scenario, person: Person, language: Language, taken: Taken) -> Person | None:
    """Rehearses what somebody is writing, with nothing put on record; gives who sits at the desk afterwards.

    Where people sign in it is nobody once that has taken as long as the desk waits before it locks.
    """
    begun = time.monotonic()
    rehearsed(scenario, language, taken)
    locked = site.settings.sign_in and time.monotonic() - begun >= 60 * site.settings.lock_after
    return None if locked else person


def trainee_at(folder: Path, person: Person) -> Trainee:
    """One of a site's staff, whose results go into its book of training."""

    def keep(ended: Ended) -> None:
        with books_of(folder) as books:
            write_attempt(books, attempt(person.id, ended.scenario, ended.score, now()))

    return Trainee(person.name, keep)


def rehearsed(scenario: Scenario, language: Language, taken: Taken, trainee: Trainee | None = None) -> Ended | None:
    """What came of a rehearsal on the terminal, None where it was left before its end; without a trainee nobody's."""
    ended, _ = rehearse(
        Play(scenario),
        time.monotonic,
        reports=reports_folder(),
        language=language,
        taken=taken,
        trainee=trainee,
    )
    return ended
