"""What stands in the way of taking a command back, each naming it: which command, by whom, and when."""

from __future__ import annotations

from collections.abc import Mapping

from qiantai.case import touched
from qiantai.lifecycle import Bar
from qiantai.mention import mentioned
from qiantai.moment import Moment
from qiantai.words import INCIDENT, Bilingual, listed


def _its_last(moment: Moment) -> Mapping[str, Bilingual]:
    """What an undo would strike: who gave it, when, and which command."""
    return {"last": mentioned(moment.case.last_command, moment.handbook)}


A_RECEIPT_STAYS = Bar(
    None,
    "receipt_stays",
    lambda m: m.case.last_command.name == "receive",
    Bilingual("受理不能撤销({last})", "a receipt is not taken back ({last})"),
    Bilingual("用撤回,误报的注明误报", "withdraw the case, marked as mistaken where it is"),
    names=_its_last,
)
AN_INCIDENT_STAYS = Bar(
    None,
    "incident_stays",
    lambda m: m.case.last_command.name == INCIDENT,
    Bilingual("已开的突发事件不能撤销({last})", "an incident is not taken back once it is opened ({last})"),
    Bilingual(
        "结束这起事件,误开的在结果里写明", "end the incident, and say in its result where it was opened by mistake"
    ),
    names=_its_last,
)
UNDONE_ONCE = Bar(
    None,
    "undone_once",
    lambda m: m.case.last_command.name == "undo",
    Bilingual("刚撤销过一次,不能接着再撤({last})", "one was taken back just now, and no second in a row ({last})"),
    Bilingual("先下一道指令,或用更正、备注", "give another command first, correct, or note"),
    names=_its_last,
)
ERASED_FOR_GOOD = Bar(
    None,
    "erased_for_good",
    lambda m: m.case.last_command.name == "erase",
    Bilingual("抹除不能撤销({last})", "what was erased does not come back ({last})"),
    Bilingual("用备注", "note"),
    names=_its_last,
)
NOT_THE_LAST = Bar(
    None,
    "not_ones_last",
    lambda m: m.case.last_command.by != m.by.id,
    Bilingual("最后一道指令是别人下的:{last}", "the last command is another person's: {last}"),
    Bilingual("请本人撤销,或用更正、备注", "ask them to take it back, correct, or note"),
    names=_its_last,
)


def _window_passed(moment: Moment) -> bool:
    return moment.at - moment.case.last_command.at > moment.policy.period("undo_within").length


def _its_window(moment: Moment) -> Mapping[str, Bilingual]:
    return {**_its_last(moment), "window": moment.policy.period("undo_within").label}


TOO_LATE = Bar(
    None,
    "undo_too_late",
    _window_passed,
    Bilingual("只能在{window}内撤销,现已过:{last}", "it can be taken back within {window}, which have passed: {last}"),
    Bilingual("用更正或备注", "correct or note"),
    names=_its_window,
)


def _gone_on(moment: Moment) -> tuple[str, ...]:
    """The other cases that the last command touched and that have had a later one, or cannot be found."""
    lasts = {each.number: each.last_command for each in (moment.case, *moment.others.values())}
    return tuple(
        number
        for number in touched(moment.case, moment.others.get)
        if number not in lasts or not any(lasts[number].same_act(each) for each in lasts.values())
    )


def _which_went_on(moment: Moment) -> Mapping[str, Bilingual]:
    """Those cases, each with its last command where it can be found."""
    return {"others": listed(tuple(_with_last(number, moment) for number in _gone_on(moment)))}


def _with_last(number: str, moment: Moment) -> Bilingual:
    case = moment.others.get(number)
    if case is None:
        return Bilingual(number, number)
    last = mentioned(case.last_command, moment.handbook)
    return Bilingual(f"{number}({last.zh})", f"{number} ({last.en})")


GONE_ON = Bar(
    None,
    "touched_case_went_on",
    lambda m: bool(_gone_on(m)),
    Bilingual(
        "同一道指令还办了别的事项,那里又有了新的指令:{others}",
        "the same command touched other cases, which have had a later one: {others}",
    ),
    Bilingual("各件都用更正或备注", "correct or note on each"),
    by_fields=True,
    names=_which_went_on,
)
UNDO_BARS = (A_RECEIPT_STAYS, AN_INCIDENT_STAYS, UNDONE_ONCE, ERASED_FOR_GOOD, NOT_THE_LAST, TOO_LATE, GONE_ON)
