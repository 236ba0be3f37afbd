"""An area manager takes over a case of another area by no offer [H-3.2]."""

from datetime import datetime

from qiantai import Desk, Done, Handbook, Household, Person, Refusal
from qiantai.periods import ZONE

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)
HANDBOOK = Handbook(
    people={
        "li": Person("li", "李静", ["desk"]),
        "east": Person("east", "陈晨", ["area_manager"], areas=["东区"]),
        "west": Person("west", "徐婷", ["area_manager"], areas=["西区"]),
        "both": Person("both", "何悦", ["area_manager", "desk"], areas=["西区"]),
    },
    households={"1-2-301": Household("1-2-301", "王岚", "13800001234", area="东区")},
)


def offered_to(person: str) -> Done | Refusal:
    desk = Desk(HANDBOOK, clock=lambda: NINE)
    taken_in = desk.receive("li", kind="enquiry", channel="phone", household="1-2-301", summary="车位怎么租")
    assert isinstance(taken_in, Done)
    desk.do(taken_in.case.number, "offer", "li", to=person)
    may = "accept" in desk.offers(taken_in.case.number, person)
    outcome = desk.do(taken_in.case.number, "accept", person)
    assert may == isinstance(outcome, Done), "what is offered on the screen is what is accepted"
    return outcome


def test_of_another_area_it_is_refused() -> None:
    refused = offered_to("west")
    assert isinstance(refused, Refusal)
    assert refused.clause_id == "H-3.2"


def test_of_their_own_area_or_in_another_role_it_is_taken_over() -> None:
    for person in ("east", "both"):
        accepted = offered_to(person)
        assert isinstance(accepted, Done)
        assert accepted.case.owner == person
