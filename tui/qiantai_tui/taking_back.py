"""What is done at a desk, and of each sort of it whether ^Z takes it back, or what does or would do instead."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from attrs import frozen

from qiantai import label
from qiantai.words import Bilingual


class Undone(Enum):
    """How something that was done is taken back."""

    BY_THE_RULES = Bilingual("问规则", "the rules are asked")
    """^Z has the rules strike it, whose window and bars say until when, and why not."""
    ON_ITS_SCREEN = Bilingual("在它的画面上", "on its own screen")
    """There is a key for it where it was done."""
    NEVER = Bilingual("不能撤销", "not taken back")
    """It stands; `instead` says what would do."""


@frozen
class Sort:
    """A sort of thing done: what it is called, how it is taken back, and what takes its place where ^Z does not.

    `stops` says that ^Z stops at it and tells so; over the others, which change nothing that was agreed or told to
    anybody, it goes to what was done before.
    """

    what: Bilingual
    undone: Undone
    instead: Bilingual
    stops: bool = True


COMMAND = "command"
TABLE: Mapping[str, Sort] = {
    COMMAND: Sort(
        Bilingual("办在事项上的", "What was done on a case"),
        Undone.BY_THE_RULES,
        Bilingual(
            "本人刚办的一步在限时内可撤,受理、抹除和别人接着办过的不行;撤不了的更正或备注",
            "one's own last step, within its time; not a receipt, an erasure, or what others have gone on from: "
            "correct or note instead",
        ),
    ),
    "hand_over": Sort(
        label("screens", "handover"),
        Undone.ON_ITS_SCREEN,
        Bilingual(
            "接班人签字以前,Shift+F12 打开交接班,在那里按 ^Z",
            "until the receiver has signed, Shift+F12 opens the hand-over, and ^Z there",
        ),
    ),
    "look": Sort(
        Bilingual("看过电话", "A number that was shown"),
        Undone.NEVER,
        Bilingual("看过的留痕不撤 [M-3.4c]", "the look stays on record [M-3.4c]"),
    ),
    "export": Sort(
        Bilingual("导出、打印", "An export or a page to print"),
        Undone.NEVER,
        Bilingual("文件不要了就删掉,留痕不撤", "delete the file where it is not wanted; the record of it stays"),
    ),
    "roll": Sort(
        Bilingual("更正花名册", "A correction of the roll"),
        Undone.NEVER,
        Bilingual("改错了就在业户档案里再更正一次", "where it is wrong, correct it once more at the dossier"),
    ),
    "erase": Sort(
        label("commands", "erase"),
        Undone.NEVER,
        Bilingual("抹除的找不回来", "what was erased does not come back"),
    ),
    "script": Sort(
        label("screens", "scripts"),
        Undone.NEVER,
        Bilingual(
            "草稿改或删,送审的请审定人退回,审定的撤回后另拟新版 [H-4.4.5]",
            "change or drop a draft, have what was submitted returned, withdraw what was approved and draft the next "
            "version [H-4.4.5]",
        ),
    ),
    "pin": Sort(
        Bilingual("PIN 和一次性代码", "A PIN or a one-time code"),
        Undone.NEVER,
        Bilingual(
            "再改一次,或再给一个代码,先给的就作废", "change it again, or give another code, which voids the first"
        ),
    ),
    "seen": Sort(
        Bilingual("提醒标为看过", "Alerts marked as seen"),
        Undone.NEVER,
        Bilingual("←→ 换到“全部”仍看得到", "←→ still shows them under all"),
        stops=False,
    ),
    "narrow": Sort(
        Bilingual("筛选、换月、换画面", "Narrowing, another month, another screen"),
        Undone.ON_ITS_SCREEN,
        Bilingual("同一个键再按,或 Esc 返回", "the same keys, or Esc"),
        stops=False,
    ),
    "settings": Sort(
        Bilingual("配色和按键", "Colours and keys"),
        Undone.ON_ITS_SCREEN,
        Bilingual("再选一次", "choose again"),
        stops=False,
    ),
    "draft": Sort(
        Bilingual("没写完的表单", "A form left unfinished"),
        Undone.ON_ITS_SCREEN,
        Bilingual("再打开时还在;打字 ^Z 撤销", "it is there when it is opened again; ^Z takes typing back"),
        stops=False,
    ),
    "sitting": Sort(
        Bilingual("换人、锁屏", "Who is at the desk"),
        Undone.ON_ITS_SCREEN,
        Bilingual("F12 再换;^Z 只撤自己办的", "F12 again; ^Z takes back one's own alone"),
        stops=False,
    ),
    "rehearsal": Sort(
        Bilingual("演练", "A rehearsal"),
        Undone.NEVER,
        Bilingual("成绩记下就不改,再练一次", "its result stays on record: rehearse again"),
        stops=False,
    ),
}


@frozen(eq=False)
class Act:
    """Something that was done here, by whom; `number` is the case's, empty for what was done on none.

    What is done twice is two things, of which the later is taken back first.
    """

    by: str
    sort: str
    what: Bilingual
    number: str = ""
