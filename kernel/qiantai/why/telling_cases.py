"""Why a case stands as it does, told: owner, handler, filing, and each duty in one line."""

from __future__ import annotations

from collections.abc import Mapping

from qiantai.why.lines import Branch, People, act_words, named, rests_on, room
from qiantai.why.reasons import BookReason, CaseReason, Claim, HandlerReason, OwnerReason
from qiantai.why.telling_duties import headline
from qiantai.words import INCIDENT, Bilingual, entry, label, listed


def tell_case(reason: CaseReason, people: People) -> Branch:
    """Why the case stands as it does: owner, handler, filing, and each duty in one line."""
    title = Bilingual("{number} {kind}: {state}", "{number} {kind}: {state}").format(
        number=reason.number, kind=label("kinds", reason.kind), state=label("states", reason.state)
    )
    return Branch(
        title,
        at=reason.at,
        under=(
            _owner(reason.owner, people),
            Branch(_GATHERS) if reason.kind == INCIDENT else _handler(reason.handler, people),
            *map(_book, reason.filing),
            *(Branch(headline(each), each.clause, each.due) for each in reason.duties),
        ),
    )


def _owner(reason: OwnerReason, people: People) -> Branch:
    under = [_claim(reason.first_contact, label("words", "first_contact"), people)]
    if reason.stand_in:
        under.append(_claim(reason.stand_in, label("fields", "stand_in"), people))
    if reason.offered:
        under.append(_claim(reason.offered, Bilingual("已提请接手", "Offered to"), people))
    top = _claim(reason.owner, label("words", "owner"), people)
    return Branch(top.text, top.clause, top.at, (rests_on(reason.owner.clause), *under))


def _claim(claim: Claim, what: Bilingual, people: People) -> Branch:
    said = Bilingual("{what}: {who}", "{what}: {who}").format(what=what, who=named(claim.person, people))
    said = Bilingual("{said} — {act}", "{said} — {act}").format(said=said, act=act_words(claim.act, people))
    return Branch(said, claim.clause, claim.act.at)


def _handler(reason: HandlerReason, people: People) -> Branch:
    if not reason.roles:
        return Branch(_NO_HANDLER)
    roles = listed(tuple(label("roles", each) for each in reason.roles))
    said = Bilingual("{what}: {roles}", "{what}: {roles}").format(what=label("words", "handler"), roles=roles)
    if reason.sent is not None:
        said = Bilingual("{said} — {act}", "{said} — {act}").format(said=said, act=act_words(reason.sent, people))
    worked = Bilingual("经手", "Worked on it")
    return Branch(
        said,
        reason.sent.clause if reason.sent else None,
        reason.sent.at if reason.sent else None,
        tuple(_claim(each, worked, people) for each in reason.workers),
    )


def _book(reason: BookReason) -> Branch:
    book = label("words", reason.book)
    words = (_KEPT if reason.kept else _NOT_KEPT) if reason.settled else (_TO_KEEP if reason.kept else _NOT_TO_KEEP)
    under = [Branch(_WHY_FILED[reason.why].format(part=_PARTS.get(reason.part, Bilingual(*[reason.part] * 2))))]
    if reason.under:
        known = label("values", reason.under) if entry("values", reason.under) else room(reason.under)
        under.append(Branch(Bilingual("归在: {under}", "Under: {under}").format(under=known)))
    if reason.marked:
        marked = _MARKED.get(reason.marked) or _MERGED.format(number=reason.marked)
        under.append(Branch(marked))
    return Branch(words.format(book=book), reason.clause, under=(*under, rests_on(reason.clause)))


_NO_HANDLER = Bilingual(
    "还没有派给谁;处理人该办的先由跟进人办", "Nobody handles it yet; what a handler owes is the owner's"
)
_GATHERS = Bilingual(
    "关联的事项各有处理人,各自登记、归档;事件本身不派人,也不归档",
    "Each case that it links has its handlers and is filed by itself; the incident is neither sent nor filed",
)
_KEPT = Bilingual("已记入{book}", "Filed in: {book}")
_NOT_KEPT = Bilingual("没有记入{book}", "Not filed in: {book}")
_TO_KEEP = Bilingual("照现在的样子,办结时会记入{book}", "As it stands it will be filed in: {book}")
_NOT_TO_KEEP = Bilingual("照现在的样子,办结时不会记入{book}", "As it stands it will not be filed in: {book}")
_WHY_FILED: Mapping[str, Bilingual] = {
    "taken_in": Bilingual("前台受理的事项都登记", "Everything that the desk takes in is registered"),
    "away_from_the_desk": Bilingual(
        "其他员工当场答复,没有经过前台;留存并计数", "Answered by other staff away from the desk: kept, and counted"
    ),
    "part": Bilingual("归入其中的{part}", "Its part of the dossier: {part}"),
    "no_part": Bilingual("没有要入档的处理单或记录", "There is no form or record of it that the dossier keeps"),
}
_PARTS: Mapping[str, Bilingual] = {
    "complaint": Bilingual("投诉处理", "complaint handling"),
    "form": Bilingual("处理单", "form"),
    "service_record": Bilingual("服务记录", "service record"),
}
_MARKED: Mapping[str, Bilingual] = {
    "withdrawn": Bilingual("注明: 业户撤回", "Marked: withdrawn by the resident"),
    "mistaken": Bilingual("注明: 登记有误", "Marked: entered by mistake"),
}
_MERGED = Bilingual("注明: 并入 {number}", "Marked: merged into {number}")
