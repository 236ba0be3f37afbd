"""Every name of the tables has a Chinese and an English label."""

import pytest

from qiantai.clauses import HOUSE, clauses
from qiantai.events import TAGS
from qiantai.lifecycle import On, always
from qiantai.policy import LIMITS
from qiantai.requests import INCIDENT_REQUEST
from qiantai.requests import REQUESTS as KINDS
from qiantai.words import Channel, Role, Status, entry

REQUESTS = {**KINDS, INCIDENT_REQUEST.kind: INCIDENT_REQUEST}
ONS: tuple[On, ...] = tuple(
    on
    for request in REQUESTS.values()
    for on in (
        *request.reactions,
        *(on for step in request.steps for on in (*step.opens, *step.discharges, *step.voids)),
    )
)
BRANCHES = {step.branch for request in REQUESTS.values() for step in request.steps}
DUTIES = {rule.where for request in REQUESTS.values() for rule in request.duties}
NAMES = {
    "kinds": set(REQUESTS),
    "roles": {str(each) for each in Role},
    "channels": {str(each) for each in Channel},
    "statuses": {str(each) for each in Status},
    "policy": set(LIMITS),
    "states": {state for request in REQUESTS.values() for state in request.states},
    "commands": {name for request in REQUESTS.values() for name in request.commands}
    | {name for request in REQUESTS.values() for bar in request.bars for name in bar.commands},
    "duties": {rule.name for request in REQUESTS.values() for rule in request.duties},
    "fields": {name for request in REQUESTS.values() for fields in request.fields.values() for name in fields},
    "facts": {fact for request in REQUESTS.values() for step in request.steps for fact in step.keeps.values()}
    | {"told", "approved", "contact_taken", "withdrawn"},
    "conditions": (BRANCHES | DUTIES | {on.where for on in ONS}) - {""},
    "clauses": {each.kind for each in (*clauses(), HOUSE)},
    "changes": set(TAGS),
    "dossiers": {"complaint", "form", "service_record"},
    "values": {
        value
        for request in REQUESTS.values()
        for fields in request.fields.values()
        for field in fields.values()
        for value in field.choices
        if field.type == "choice" and field.name != "field"
    },
}


@pytest.mark.parametrize("group", NAMES)
def test_every_name_is_labelled_in_both_languages(group: str) -> None:
    assert NAMES[group]
    place = "fields" if group == "facts" else group
    found = {name: entry(place, name) for name in sorted(NAMES[group])}
    assert [name for name, words in found.items() if not (words.get("zh") and words.get("en"))] == []


def test_a_short_state_has_three_characters_at_most() -> None:
    assert [name for name in NAMES["states"] if len(entry("states", name).get("short", "")) > 3] == []


def test_a_duty_that_depends_on_something_says_on_what() -> None:
    assert any(on.when is not always for on in ONS)
    assert [on for on in ONS if bool(on.where) != (on.when is not always)] == []


def test_the_rows_of_one_command_and_state_are_told_apart() -> None:
    for request in REQUESTS.values():
        for place, steps in request.table.items():
            if len(steps) > 1:
                assert len({each.branch for each in steps}) == len(steps), (request.kind, place)


def test_of_two_duties_of_one_name_one_says_when_it_is_meant() -> None:
    for request in REQUESTS.values():
        for rule in request.duties:
            alike = [each.where for each in request.duties if each.name == rule.name]
            assert len(set(alike)) == len(alike), (request.kind, rule.name)
