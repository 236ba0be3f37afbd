"""What stands in the way of the steps that every kind has."""

from __future__ import annotations

from qiantai.case import touched
from qiantai.clauses import Clause
from qiantai.lifecycle import Bar
from qiantai.moment import Moment
from qiantai.rules import by_other_than
from qiantai.words import AWAITING_CALL_BACK, INCIDENT, Bilingual

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


def _strikable(moment: Moment) -> bool:
    last = moment.case.last_command
    return last.by == moment.by.id and last.name not in ("receive", "undo", "erase", INCIDENT)


NOT_THE_LAST = Bar(
    None,
    "not_ones_last",
    lambda m: not _strikable(m),
    Bilingual(
        "只能撤销自己刚下的、也是最后一道指令", "only one's own command that is the case's last can be taken back"
    ),
    Bilingual("用更正、备注,或请主管处理", "correct, note, or ask the supervisor"),
)


def _window_passed(moment: Moment) -> bool:
    return moment.at - moment.case.last_command.at > moment.policy.period("undo_within").length


TOO_LATE = Bar(
    None,
    "undo_too_late",
    _window_passed,
    Bilingual("可撤销的时间已过", "the time for taking it back has passed"),
    Bilingual("用更正或备注", "correct or note"),
)


def _gone_on(moment: Moment) -> tuple[str, ...]:
    """The other cases that the last command touched and that have had a later one, or cannot be found."""
    lasts = {each.number: each.last_command for each in (moment.case, *moment.others.values())}
    return tuple(
        number
        for number in touched(moment.case, moment.others.get)
        if number not in lasts or not any(lasts[number].same_act(each) for each in lasts.values())
    )


def _which(moment: Moment) -> Bilingual:
    return Bilingual("、".join(_gone_on(moment)), ", ".join(_gone_on(moment)))


GONE_ON = Bar(
    None,
    "touched_case_went_on",
    lambda m: bool(_gone_on(m)),
    Bilingual(
        "同一道指令还办了 {which},那里又有了新的指令", "the same command touched {which}, which has had a later one"
    ),
    by_fields=True,
    which=_which,
)
