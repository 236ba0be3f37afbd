"""What may be said on a topic, in which version, and by whom: in the words of the moment of intake."""

from __future__ import annotations

from datetime import datetime

from attrs import frozen

from qiantai import Handbook, Role, label
from qiantai.words import Bilingual

from . import showing

SAY = Bilingual("您可以说 v{version}「{text}」", "You may say, v{version}: {text}")
YOURS = Bilingual("由您统一解答 v{version}「{text}」", "It is you who answers, v{version}: {text}")
NOT_YOURS = Bilingual(
    "不由您解答:v{version} 由 {who} 统一说明 [H-4.4.5]。只登记,转给本人",
    "Not for you to answer: v{version} is given by {who} alone [H-4.4.5]. Take it in, and pass it on",
)
NONE_IN_FORCE = Bilingual(
    "“{topic}”现在没有口径:能解释的当场解释 [H-4.4.1];重要、敏感的派单 [H-4.4.4]",
    "No agreed answer on {topic} is in force: explain on the spot what you can [H-4.4.1]; assign what is important or "
    "sensitive [H-4.4.4]",
)


@frozen
class MayBeSaid:
    """The words for who is at the desk, and whether they may say it themselves."""

    words: Bilingual
    theirs: bool


def may_be_said(topic: str, called: str, person: str, at: datetime, handbook: Handbook) -> MayBeSaid | None:
    """What this person may say on a topic, `called` so at the desk; None where there is no topic.

    The text itself is shown to who may give it: where a spokesperson is named, to that person alone [H-4.4.5].
    """
    if not topic:
        return None
    script = handbook.script(topic, at)
    if script is None:
        return MayBeSaid(NONE_IN_FORCE.format(topic=called or topic), False)
    if script.spokesperson and script.spokesperson != person:
        return MayBeSaid(NOT_YOURS.format(version=script.version, who=_who(script.spokesperson, handbook)), False)
    words = YOURS if script.spokesperson else SAY
    return MayBeSaid(words.format(version=script.version, text=script.text), True)


def _who(person: str, handbook: Handbook) -> Bilingual:
    """A member of the staff with the first of their roles, in the order of the vocabulary."""
    name = showing.staff(person, handbook)
    found = handbook.people.get(person)
    role = next((label("roles", each) for each in Role if found is not None and found.has(each)), None)
    return Bilingual(f"{name}({role.zh})", f"{name} ({role.en})") if role else Bilingual(name, name)
