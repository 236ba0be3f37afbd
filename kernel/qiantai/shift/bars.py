"""The bars before every line of the book of shifts, each with its clause, in the order in which they are asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import frozen

from qiantai.access import SEE_ALL, may_have
from qiantai.clauses import Clause
from qiantai.shift.asked import Asked, added_since, left_open, unanswered, unread
from qiantai.shift.book import Stage
from qiantai.words import NOTHING, Bilingual, Role, label, listed

REGISTERED = Clause("Q-S2b")
"""Hand-overs are registered in full, and nothing is written ahead."""
PRIVACY = Clause("M-3.4c")
"""Who may see a case."""
ORDERED = Clause("Q-T4.2.4")
"""Every post has its rules for handing over."""
MAY_LET_GO = (Role.SUPERVISOR, Role.CS_HEAD, Role.CENTRE_HEAD)
"""Who may let somebody leave whom nobody relieves."""


@frozen
class Bar:
    """What may not be: by which clause, the rule's name, when, in which words, and which cases these name."""

    clause: Clause | None
    rule: str
    when: Callable[[Asked], bool]
    why: Bilingual
    would_do: Bilingual = NOTHING
    cases: Callable[[Asked], tuple[str, ...]] = lambda _: ()


def _stage(*stages: Stage) -> Callable[[Asked], bool]:
    return lambda asked: asked.there.stage in stages


def _known(asked: Asked, giver: str) -> bool:
    """Whether they are on the staff, or have left it with a shift or a hand-over still to be ended."""
    book = asked.book
    return giver in asked.handbook.people or giver in book.running or book.given_by(giver) is not None


def _may_let_go(asked: Asked) -> bool:
    return asked.handbook.people[asked.by].has(*MAY_LET_GO)


_UNKNOWN = Bar(
    None,
    "unknown_person",
    lambda asked: asked.by not in asked.handbook.people,
    Bilingual("员工里没有这个人", "nobody of the staff is called so"),
)
_NONE = Bar(
    None,
    "no_hand_over",
    lambda asked: asked.hand_over is None,
    Bilingual("没有这一次交接班", "there is no such hand-over"),
)
_OVER = Bar(
    REGISTERED,
    "hand_over_ended",
    lambda asked: not asked.there.under_way,
    Bilingual("这一次交接班已经结束,签过的不能再签", "this hand-over is ended, and nobody signs it a second time"),
    Bilingual("再交接就另起一次", "begin another one"),
)
_GIVER_GONE = Bar(
    None,
    "unknown_giver",
    lambda asked: asked.there.giver not in asked.handbook.people,
    Bilingual("员工里已经没有交班人 {giver}", "the giver, {giver}, is no longer on the staff"),
    Bilingual("请主管或负责人按无人接班批准离岗", "have a supervisor or a head let them go, as with no receiver"),
)
_RECEIVER_GONE = Bar(
    None,
    "unknown_receiver",
    lambda asked: asked.there.receiver not in asked.handbook.people,
    Bilingual("员工里已经没有接班人 {receiver}", "the receiver, {receiver}, is no longer on the staff"),
    Bilingual("请 {giver} 撤回,另选接班人", "have {giver} take it back, and choose somebody else"),
)


def _blind(asked: Asked, receiver: str) -> bool:
    return not may_have("cases", asked.handbook.people[receiver])


_MAY_SEE = listed(tuple(label("roles", each) for each in SEE_ALL))
_SEES_NOTHING = Bilingual(
    "{receiver} 不能查看全部事项,接下了也看不到", "{receiver} may not see every case, those taken on among them"
)
_OTHER_RECEIVER = Bilingual("另选接班人:{roles}", "choose somebody else: {roles}").format(roles=_MAY_SEE)
_RECEIVER_BLIND = Bar(
    PRIVACY,
    "may_not_see",
    lambda asked: _blind(asked, asked.there.receiver),
    _SEES_NOTHING,
    _OTHER_RECEIVER,
)
_BOTH_SIDES = Bar(
    REGISTERED,
    "both_sides",
    lambda asked: asked.by == asked.there.giver,
    Bilingual("交班和接班不能是同一个人签", "the same person cannot sign for both sides"),
    Bilingual("请 {receiver} 自己签", "have {receiver} sign in person"),
)
_GIVER_ALONE = Bilingual("请 {giver} 自己办", "have {giver} do it")
_NOT_THE_GIVER = Bar(
    REGISTERED,
    "not_the_giver",
    lambda asked: asked.by != asked.there.giver,
    Bilingual("只有交班人自己能办", "for the giver alone to do"),
    _GIVER_ALONE,
)
UNANSWERED = Bar(
    REGISTERED,
    "unanswered",
    lambda asked: bool(unanswered(asked)),
    Bilingual("还没有说接或不接:{cases}", "these were neither accepted nor declined: {cases}"),
    Bilingual("逐件接下或退回", "accept or decline each"),
    unanswered,
)
"""The last one before the receiver's signature, whose answers are carried out before it is asked."""
BARS: Mapping[str, tuple[Bar, ...]] = {
    "begin_shift": (
        _UNKNOWN,
        Bar(
            ORDERED,
            "on_shift_already",
            lambda asked: asked.by in asked.book.running,
            Bilingual("已经在班上", "they are on shift already"),
        ),
    ),
    "end_shift": (
        _UNKNOWN,
        Bar(
            REGISTERED,
            "leaves_open",
            lambda asked: bool(left_open(asked)),
            Bilingual("名下还有在办的:{cases}", "they still answer for open cases: {cases}"),
            Bilingual("交接班", "a hand-over"),
            left_open,
        ),
    ),
    "draw_up": (
        _UNKNOWN,
        Bar(
            None,
            "unknown_receiver",
            lambda asked: asked.text("to") not in asked.handbook.people,
            Bilingual("员工里没有这个接班人", "nobody of the staff is the one to take over"),
        ),
        Bar(
            REGISTERED,
            "both_sides",
            lambda asked: asked.text("to") == asked.by,
            Bilingual("不能交给自己", "nobody hands over to themself"),
            Bilingual("另选一个接班人", "choose somebody else"),
        ),
        Bar(
            REGISTERED,
            "under_way",
            lambda asked: asked.book.given_by(asked.by) is not None,
            Bilingual("已经有一次交接班没有签完", "a hand-over of theirs is not signed to its end yet"),
            Bilingual("先签完或撤回那一次", "sign that one to its end, or take it back"),
        ),
        Bar(PRIVACY, "may_not_see", lambda asked: _blind(asked, asked.text("to")), _SEES_NOTHING, _OTHER_RECEIVER),
    ),
    "sign_off": (
        _NONE,
        _OVER,
        _GIVER_GONE,
        _UNKNOWN,
        _NOT_THE_GIVER,
        Bar(
            REGISTERED,
            "signed_already",
            _stage(Stage.SIGNED_OFF),
            Bilingual("交班人已经签过", "the giver has signed already"),
            Bilingual("请 {receiver} 签;要改就先撤回", "have {receiver} sign; to change it, take it back first"),
        ),
        _RECEIVER_GONE,
        _RECEIVER_BLIND,
        Bar(
            REGISTERED,
            "unread",
            lambda asked: bool(unread(asked)),
            Bilingual("看过以后名下又有了:{cases}", "since it was read, these have come up: {cases}"),
            Bilingual("再看一遍,再签", "read it once more, then sign"),
            unread,
        ),
    ),
    "take_over": (
        _NONE,
        _OVER,
        _RECEIVER_GONE,
        _UNKNOWN,
        _BOTH_SIDES,
        Bar(
            REGISTERED,
            "not_the_receiver",
            lambda asked: asked.by != asked.there.receiver,
            Bilingual("不是交给这个人的", "it was not handed to this person"),
            Bilingual("请 {receiver} 自己签", "have {receiver} sign in person"),
        ),
        _RECEIVER_BLIND,
        Bar(
            REGISTERED,
            "giver_first",
            _stage(Stage.DRAWN_UP),
            Bilingual("交班人还没有签", "the giver has not signed yet"),
            Bilingual("先请 {giver} 签", "have {giver} sign first"),
        ),
        Bar(
            REGISTERED,
            "written_ahead",
            lambda asked: bool(added_since(asked)),
            Bilingual("交班人签字以后名下又有了:{cases}", "since they signed, the giver has come to have: {cases}"),
            Bilingual("请 {giver} 撤回签字,看过再签", "have {giver} take the signature back, and sign what is now"),
            added_since,
        ),
        UNANSWERED,
    ),
    "take_back": (_NONE, _OVER, _UNKNOWN, _NOT_THE_GIVER),
    "leave_open": (
        _UNKNOWN,
        Bar(
            None,
            "unknown_giver",
            lambda asked: asked.summary is None or not _known(asked, asked.summary.giver),
            Bilingual("没有说是谁交班", "it is not said whose shift it was"),
        ),
        Bar(
            REGISTERED,
            "both_sides",
            lambda asked: asked.summary is not None and asked.by == asked.summary.giver,
            Bilingual("不能自己批准自己离岗", "nobody lets themself go"),
            Bilingual("请另一位主管或负责人", "ask another supervisor or head"),
        ),
        Bar(
            ORDERED,
            "not_a_superior",
            lambda asked: not _may_let_go(asked),
            Bilingual("这个岗位不能批准离岗", "this role cannot let anybody leave the post"),
            listed(tuple(label("roles", each) for each in MAY_LET_GO)),
        ),
        Bar(
            REGISTERED,
            "field_missing",
            lambda asked: not asked.text("reason"),
            Bilingual("没有写明原因", "no reason is given"),
            label("fields", "reason"),
        ),
    ),
    "read_over": (
        _UNKNOWN,
        _NONE,
        Bar(
            REGISTERED,
            "read_already",
            lambda asked: asked.there.stage is not Stage.LEFT_OPEN,
            Bilingual("没有等人看的", "nothing of it waits to be read"),
        ),
        Bar(
            REGISTERED,
            "both_sides",
            lambda asked: asked.by == asked.there.giver,
            Bilingual("交班人自己看不算", "it is not for the giver to have read it"),
            Bilingual("请下一个到前台的人看", "for whoever takes the desk next"),
        ),
    ),
}
"""For each command what is asked in this order; the first that holds refuses it."""
