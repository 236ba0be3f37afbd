"""The life cycle of a parcel: registered, shelved, told of, handed out after a check, or given back to the courier."""

from __future__ import annotations

from qiantai.clauses import Clause
from qiantai.commands import channel, flag, text
from qiantai.lifecycle import Bar, DutyRule, On, Request, Step
from qiantai.moment import Moment
from qiantai.periods import Period
from qiantai.policy import Limit
from qiantai.requests.common import DESK_OR_SUPERVISOR, every_kind, hand_to_desk_duty, receive
from qiantai.rules import denies, in_state, no_promise, says
from qiantai.words import CLOSED, NOTED, RECEIVED, Bilingual

KEPT, RETURNED = "kept", "returned"
STATES = (NOTED, RECEIVED, KEPT, RETURNED, CLOSED)
REGISTER, TELL, CHECK, REMIND, RETURN = (Clause(f"parcels:{n}") for n in range(1, 6))

LIMITS = (
    Limit(TELL, "parcel_shelving", Period.parse("30m")),
    Limit(REMIND, "parcel_reminder", Period.parse("3d")),
    Limit(RETURN, "parcel_return", Period.parse("7d"), bound=True),
)

DUTIES = (
    hand_to_desk_duty("M-3.1c"),
    DutyRule(TELL, "keep", "parcel_shelving", "owner", since_receipt=False, in_hours=True),
    DutyRule(TELL, "notify", "at_once", "owner", since_receipt=False, in_hours=True),
    DutyRule(REMIND, "remind", "parcel_reminder", "owner", since_receipt=False),
    DutyRule(RETURN, "send_back", "parcel_return", "owner", since_receipt=False),
)

DAMAGED = Bar(
    REGISTER,
    "damaged_parcel",
    says("damaged"),
    Bilingual("外包装破损的快递不代收", "a damaged parcel is not taken in"),
    Bilingual("当面退给快递员,请收件人自行联系", "give it back to the courier; the resident calls the company"),
    by_fields=True,
)
UNCHECKED = Bar(
    CHECK,
    "unchecked",
    denies("checked"),
    Bilingual("没有核对取件人就不能交件", "a parcel is handed out to nobody who was not checked"),
    Bilingual("核对取件码或手机尾号,再交件", "check the pick-up code or the number's last digits first"),
    by_fields=True,
)


def _never_reminded(moment: Moment) -> bool:
    """Whether nobody has reminded the resident since it was shelved."""
    reminder = moment.case.duty("remind")
    return reminder is None or not reminder.by


NEVER_REMINDED = Bar(
    RETURN,
    "never_reminded",
    _never_reminded,
    Bilingual("没有提醒过就不能退回", "a parcel goes back only after a reminder"),
    Bilingual("先提醒", "remind first"),
)

PARCEL = Request(
    kind="parcel",
    prefix="KD",
    states=STATES,
    duties=DUTIES,
    limits=LIMITS,
    form=("result",),
    dossier=lambda _: "service_record",
    reactions=(On("keep", when=in_state(RECEIVED), once=True), On("notify", when=in_state(RECEIVED), once=True)),
    steps=(
        *receive(
            (),
            (DAMAGED, *no_promise()),
            fields=(text("courier", must=True), text("waybill", must=True), flag("damaged", optional=True)),
        ),
        Step(
            TELL,
            (RECEIVED, KEPT),
            "keep",
            DESK_OR_SUPERVISOR,
            KEPT,
            fields=(text("shelf", must=True),),
            discharges=("keep",),
            opens=(On("remind", once=True), On("send_back", once=True)),
            keeps={"shelf": "shelf"},
        ),
        Step(
            TELL,
            (RECEIVED, KEPT),
            "notify",
            DESK_OR_SUPERVISOR,
            fields=(channel(), flag("reached")),
            discharges=(On("notify", when=says("reached")),),
        ),
        Step(REMIND, (KEPT,), "remind", DESK_OR_SUPERVISOR, fields=(channel(),), discharges=("remind",)),
        Step(
            CHECK,
            (KEPT,),
            "hand_out",
            DESK_OR_SUPERVISOR,
            CLOSED,
            fields=(text("taken_by", must=True), flag("checked", must=True)),
            bars=(UNCHECKED,),
            keeps={"taken_by": "result"},
        ),
        Step(
            RETURN,
            (KEPT,),
            "send_back",
            DESK_OR_SUPERVISOR,
            RETURNED,
            fields=(text("reason", must=True),),
            bars=(NEVER_REMINDED,),
            discharges=("send_back",),
            opens=(On("notify", anew=True),),
            keeps={"reason": "result"},
        ),
        Step(
            RETURN,
            (RETURNED,),
            "notify",
            DESK_OR_SUPERVISOR,
            CLOSED,
            branch="of the return",
            when=says("reached"),
            fields=(channel(), flag("reached")),
            discharges=("notify",),
        ),
        Step(
            RETURN,
            (RETURNED,),
            "notify",
            DESK_OR_SUPERVISOR,
            branch="unreached",
            fields=(channel(), flag("reached")),
        ),
        *every_kind(STATES, "M-3.1c"),
    ),
)
