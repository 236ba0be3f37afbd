"""Every decision asked why: reasons as values, and the lines that they are told in."""

from qiantai.why.case import why, why_duty
from qiantai.why.lines import Branch, flat
from qiantai.why.reasons import (
    Act,
    BookReason,
    CaseReason,
    Claim,
    DutyReason,
    HandlerReason,
    OwnerReason,
    Place,
    Reckoning,
    RefusalReason,
    Rung,
    Shift,
    Standard,
    Tested,
    Verdict,
    Version,
)
from qiantai.why.refused import why_refused
from qiantai.why.telling_cases import tell_case
from qiantai.why.telling_duties import tell_duty
from qiantai.why.telling_refusals import tell_refusal

__all__ = [
    "Act",
    "BookReason",
    "Branch",
    "CaseReason",
    "Claim",
    "DutyReason",
    "HandlerReason",
    "OwnerReason",
    "Place",
    "Reckoning",
    "RefusalReason",
    "Rung",
    "Shift",
    "Standard",
    "Tested",
    "Verdict",
    "Version",
    "flat",
    "tell_case",
    "tell_duty",
    "tell_refusal",
    "why",
    "why_duty",
    "why_refused",
]
