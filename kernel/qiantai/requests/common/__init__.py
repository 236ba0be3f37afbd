"""What every kind of case shares: its steps, what stands in their way, and what they change."""

from qiantai.requests.common.bars import CALL_BACKS, DESK_OR_SUPERVISOR
from qiantai.requests.common.linked import result_unless_given, settled, told
from qiantai.requests.common.steps import (
    call_back,
    call_back_duty,
    close_after_discontent,
    every_kind,
    hand_to_desk_duty,
    note,
    receive,
    undo,
)

__all__ = [
    "CALL_BACKS",
    "DESK_OR_SUPERVISOR",
    "call_back",
    "call_back_duty",
    "close_after_discontent",
    "every_kind",
    "hand_to_desk_duty",
    "note",
    "receive",
    "result_unless_given",
    "settled",
    "told",
    "undo",
]
