"""Every name of the tables has a Chinese and an English label."""

import pytest

from qiantai.policy import LIMITS
from qiantai.requests import REQUESTS
from qiantai.words import Channel, Role, Status, entry

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
