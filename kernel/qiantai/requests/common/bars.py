"""What stands in the way of the steps that every kind has."""

from __future__ import annotations

from qiantai.clauses import Clause
from qiantai.lifecycle import Bar
from qiantai.moment import Moment
from qiantai.rules import by_other_than
from qiantai.words import AWAITING_CALL_BACK, Bilingual

DESK_OR_SUPERVISOR = ("desk", "supervisor")

CALL_BACK_BY_OTHERS = Bar(
    Clause("H-4.5.1"),
    "call_back_by_others",
    by_other_than(*DESK_OR_SUPERVISOR),
    Bilingual("回访由客服前台或客服主管做", "call-backs are made by the front desk or its supervisor"),
    Bilingual("请客服前台或客服主管回访", "ask the front desk or its supervisor"),
    commands=("call_back",),
)
CALLS_BACK_ON_OWN_WORK = Bar(
    Clause("H-4.5.1"),
    "call_back_on_own_work",
    lambda m: m.by.id in m.case.workers,
    Bilingual("处理人不能回访自己处理的事项", "nobody calls back on what they handled themselves"),
    Bilingual("由另一位前台或主管回访", "another clerk or the supervisor"),
    commands=("call_back",),
    states=(AWAITING_CALL_BACK,),
)
CALL_BACKS = (CALL_BACK_BY_OTHERS, CALLS_BACK_ON_OWN_WORK)
TO_NO_CLERK = Bar(
    None,
    "to_no_clerk",
    lambda m: bool(m.given.get("to")) and not m.handbook.people[m.given["to"]].has("desk"),
    Bilingual("只能转给客服前台的人", "it is passed on to a desk clerk only"),
    Bilingual("选一位客服前台", "choose a desk clerk"),
    by_fields=True,
)
TO_NOBODY = Bar(
    None,
    "to_nobody",
    lambda m: not m.given.get("to") and not m.by.has("desk"),
    Bilingual("没有说转给哪位前台", "no desk clerk was named"),
    Bilingual("选一位客服前台", "choose a desk clerk"),
    by_fields=True,
)


def _younger_or_other(moment: Moment) -> bool:
    """Whether the case to merge into is none, closed, of another kind, or not older than this one."""
    case, into = moment.case, moment.another("into")
    if into is None or not into.open or into.kind != case.kind:
        return True
    return (into.received, into.number) >= (case.received, case.number)


NOT_TO_BE_MERGED_INTO = Bar(
    None,
    "no_case_to_merge_into",
    _younger_or_other,
    Bilingual("只能并入一件同类、未办结、更早的事项", "it can be merged only into an older open case of the same kind"),
    Bilingual("另选一件", "choose another case"),
    by_fields=True,
)
COUNTED = Bar(
    None,
    "already_counted",
    lambda m: m.given.get("household") in m.case.households,
    Bilingual("这一户已经算在内", "this household is counted already"),
    Bilingual("另一户", "another household"),
    by_fields=True,
)
TRY_MORE = Bar(
    None,
    "tries_left",
    lambda m: m.case.tries < m.policy.count("call_back_attempts"),
    Bilingual("回访尝试次数还不够", "there have not been enough call-back tries"),
    Bilingual("再回访", "call back again"),
)
NEVER_DISSATISFIED = Bar(
    None,
    "never_dissatisfied",
    lambda m: m.case.unsatisfied < 1,
    Bilingual("还没有过不满意的回访", "no call-back has found the resident dissatisfied yet"),
    Bilingual("先处理、回复、回访", "handle, reply and call back first"),
)
