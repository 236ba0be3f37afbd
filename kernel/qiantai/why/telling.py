"""Reasons told: a tree of lines in both languages, each with the clause it rests on and the time it speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from attrs import frozen

from qiantai.clauses import Clause
from qiantai.days import Day
from qiantai.hours import Hours, local
from qiantai.people import Person
from qiantai.periods import Period
from qiantai.policy import LIMITS
from qiantai.rooms import written
from qiantai.why.reasons import (
    Act,
    BookReason,
    CaseReason,
    Claim,
    DutyReason,
    HandlerReason,
    OwnerReason,
    Reckoning,
    Shift,
    Standard,
    Verdict,
    Version,
)
from qiantai.words import Bilingual, entry, label, listed

People = Mapping[str, Person]

_RESTS = Bilingual("依据 {clause}: {text}", "By clause {clause}: {text}")
_HOUSE = Bilingual("本项目规定", "house rule")
_BY_ACT = Bilingual("{command},{by},{at}(经过第{place}步)", "{command} by {by}, {at} (step {place} of its history)")
_CALENDAR = Bilingual("放假安排公布后系统重算", "the system, once the calendar was published")
_RECOUNT = Bilingual("重算到期", "counted anew")


@frozen
class Branch:
    """One line of what is told, and what stands under it; `at` is the time it speaks of, where it is one."""

    text: Bilingual
    clause: Clause | None = None
    at: datetime | None = None
    under: tuple[Branch, ...] = ()


def flat(told: Branch, depth: int = 0) -> Iterator[tuple[int, Branch]]:
    """Every line of what is told with how deep it stands, from the top down."""
    yield depth, told
    for each in told.under:
        yield from flat(each, depth + 1)


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
            _handler(reason.handler, people),
            *map(_book, reason.filing),
            *(Branch(_headline(each), each.clause, each.due) for each in reason.duties),
        ),
    )


def tell_duty(reason: DutyReason, people: People) -> Branch:
    """Why a duty is due when it is, in full."""
    return Branch(_headline(reason), reason.clause, reason.due, tuple(_of_duty(reason, people)))


def rests_on(clause: Clause) -> Branch:
    """A clause with its text, as a line."""
    return Branch(_RESTS.format(clause=clause_words(clause), text=Bilingual(clause.zh, clause.en)), clause)


def clause_words(clause: Clause) -> Bilingual:
    """A clause as it is cited."""
    return _HOUSE if clause.kind == "house" else Bilingual(clause.id, clause.id)


def act_words(act: Act, people: People) -> Bilingual:
    """A step of the case: what, by whom, when, and where in its history."""
    command = _RECOUNT if act.command == "recount" else label("commands", act.command)
    by = Bilingual(*[named(act.by, people)] * 2) if act.by else _CALENDAR
    return _BY_ACT.format(command=command, by=by, at=clock(act.at), place=act.seq + 1)


def named(person: str, people: People) -> str:
    """Somebody of the staff by name; the id of one who has left."""
    return people[person].name if person in people else person


def clock(at: datetime) -> str:
    """A moment by the site's clock."""
    return f"{local(at):%Y-%m-%d %H:%M}"


def _headline(reason: DutyReason) -> Bilingual:
    status = label("statuses", reason.verdict.status)
    if reason.void_at_once:
        return _VOID_AT_ONCE.format(duty=label("duties", reason.name), status=status)
    said = Bilingual("{duty}: {status},{due}到期", "{duty}: {status}, due {due}").format(
        duty=label("duties", reason.name), status=status, due=clock(reason.due)
    )
    return Bilingual("{said}({provisional})", "{said} ({provisional})").format(
        said=said, provisional=label("words", "provisional")
    ) if reason.provisional else said  # fmt: skip


def _of_duty(reason: DutyReason, people: People) -> Iterator[Branch]:
    yield rests_on(reason.clause)
    yield _owed_by(reason, people)
    if reason.runs_from != reason.opened:
        yield Branch(_OPENED.format(act=act_words(reason.opened, people)), reason.opened.clause, reason.opened.at)
    if reason.standard:
        yield _standard(reason.standard, people)
    yield _runs(reason, people)
    yield _ends(reason.reckoning)
    for shift in reason.shifts:
        yield _shift(shift, people)
    yield _verdict(reason, people)


def _owed_by(reason: DutyReason, people: People) -> Branch:
    group = "roles" if reason.owed_by == "desk" else "words"
    who = [named(each, people) for each in reason.people]
    roles = listed(tuple(label("roles", each) for each in reason.roles if each != reason.owed_by))
    names = Bilingual("、".join(filter(None, (roles.zh, *who))), ", ".join(filter(None, (roles.en, *who))))
    said = Bilingual("归谁办: {owing}", "Owed by: {owing}").format(owing=label(group, reason.owed_by))
    return Branch(Bilingual("{said} {names}", "{said} {names}").format(said=said, names=names) if names.zh else said)


def _standard(standard: Standard, people: People) -> Branch:
    said = Bilingual("标准: {what} {value}", "Limit: {what}, {value}").format(
        what=LIMITS[standard.key].label, value=Period.parse(standard.value).label
    )
    under = [Branch(_version(standard.version, people), Clause("M-1.3"))]
    if standard.set_in != standard.version:
        since = Bilingual("这个数来自: {version}", "This figure comes from: {version}")
        under.append(Branch(since.format(version=_version(standard.set_in, people)), Clause("M-1.3")))
    if standard.revised:
        under.append(Branch(_REVISED.format(value=Period.parse(standard.revised).label)))
    return Branch(said, standard.clause, under=tuple(under))


def _version(version: Version, people: People) -> Bilingual:
    if version.valid_from is None:
        return _DEFAULT
    told = _HQ_TOLD.format(day=day(version.hq_told)) if version.hq_told else _HQ_NOT_TOLD
    who = named(version.by, people) or "?"
    return _VERSION.format(day=day(version.valid_from), who=who, told=told)


def _runs(reason: DutyReason, people: People) -> Branch:
    reckoning, act = reason.reckoning, act_words(reason.runs_from, people)
    words = _WAITED if reckoning.waited else _RUNS
    said = words.format(act=act, since=clock(reckoning.since), hours=reckoning.hours)
    return Branch(said, Clause("C-201"), reckoning.since)


def _ends(reckoning: Reckoning) -> Branch:
    period = Period.parse(reckoning.period)
    words = _COUNTED if period.counts_days else _CLOCK
    said = words.format(period=period.label, due=clock(reckoning.due), closes=_closes(reckoning.hours))
    under = tuple(_days(reckoning.days))
    if reckoning.anew is not None:
        under = (*under, Branch(_ANEW.format(at=clock(reckoning.anew)), at=reckoning.anew))
    return Branch(said, Clause("C-203" if period.counts_days else "C-201"), reckoning.due, under)


def _days(days: Iterable[Day]) -> Iterator[Branch]:
    counted = 0
    for each in days:
        counted += each.working
        words = _DAY_COUNTED if each.working else _DAY_SKIPPED
        yield Branch(words.format(day=day(each.date), why=each.label, place=counted))


def _shift(shift: Shift, people: People) -> Branch:
    how = _HOW.get(shift.how) or label("commands", shift.how)
    said = _MOVED.format(how=how, before=clock(shift.before), after=clock(shift.after))
    under = [Branch(act_words(shift.act, people), shift.act.clause, shift.act.at)]
    if shift.reason.zh:
        under.append(Branch(Bilingual("原因: {why}", "Reason: {why}").format(why=shift.reason)))
    if shift.period:
        under.append(Branch(_EXTENDED.format(period=Period.parse(shift.period).label), under=tuple(_days(shift.days))))
    return Branch(said, shift.act.clause, shift.after, tuple(under))


def _verdict(reason: DutyReason, people: People) -> Branch:
    verdict: Verdict = reason.verdict
    if reason.void_at_once:
        return Branch(_NOBODY)
    if verdict.ended is None:
        return Branch(_STILL[verdict.status])
    act = verdict.ended
    words = _DONE if verdict.by else _VOIDED if verdict.status == "void" else _MISSED
    status = label("statuses", verdict.status)
    return Branch(words.format(act=act_words(act, people), status=status), act.clause, act.at)


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


def room(household: str) -> Bilingual:
    """A room as it is said at the counter; in English its id."""
    return Bilingual(written(household), household)


def day(on: date) -> Bilingual:
    """A day with its weekday."""
    place = on.weekday()
    return Bilingual(f"{on} 周{'一二三四五六日'[place]}", f"{on} {'MonTueWedThuFriSatSun'[3 * place : 3 * place + 3]}")


def _closes(hours: Hours) -> str:
    return str(hours).partition("-")[2]


_OPENED = Bilingual("由此产生: {act}", "Opened by: {act}")
_RUNS = Bilingual("从 {since} 起算: {act}", "Runs from {since}: {act}")
_WAITED = Bilingual(
    "从 {since} 起算: {act};当时前台({hours})不在班,等到上班",
    "Runs from {since}: {act}; the desk ({hours}) was shut then, so it waits for the desk to open",
)
_CLOCK = Bilingual("按时钟走{period},到 {due}", "{period} on the clock, to {due}")
_COUNTED = Bilingual(
    "数{period},当天不算,到 {due}(前台 {closes} 下班为止)",
    "{period}, the day itself left out, to {due} (when the desk closes, {closes})",
)
_DAY_COUNTED = Bilingual("{day}: {why},第{place}天", "{day}: {why}, day {place}")
_DAY_SKIPPED = Bilingual("{day}: {why},不算", "{day}: {why}, not counted")
_ANEW = Bilingual("按现在的日历和标准会是 {at};已记录的不变", "By today's calendar and limits: {at}; the record stays")
_REVISED = Bilingual(
    "这一版标准后来改成了{value};已产生的时限不变",
    "That version says {value} by now; a duty opened before keeps its own",
)
_DEFAULT = Bilingual("程序默认,本项目没有改过", "The default; this site has set no version of its own")
_VERSION = Bilingual("{day} 起施行的版本,{who} 定,{told}", "The version valid from {day}, set by {who}, {told}")
_HQ_TOLD = Bilingual("{day} 报公司", "the company told on {day}")
_HQ_NOT_TOLD = Bilingual("未记何时报公司", "with no record of the company being told")
_HOW: Mapping[str, Bilingual] = {
    "promise": Bilingual("按承诺", "As promised"),
    "wait": Bilingual("挂起", "Put on hold"),
    "extension": Bilingual("延期", "Extended"),
    "recount": Bilingual("放假安排公布,重算", "Calendar published, counted anew"),
}
_MOVED = Bilingual("{how}: 由 {before} 改到 {after}", "{how}: from {before} to {after}")
_EXTENDED = Bilingual("从起算时数{period}", "{period} from where it runs")
_STILL: Mapping[str, Bilingual] = {
    "open": Bilingual("还没有办,没有到期", "Not done yet, and not due yet"),
    "overdue": Bilingual("还没有办,已经超时", "Not done yet, and overdue"),
}
_DONE = Bilingual("{status}: {act}", "{status}: {act}")
_VOIDED = Bilingual("{status}: 不再需要办 — {act}", "{status}: {act} left nothing to do")
_MISSED = Bilingual("到最后没有办: 超时后由 {act} 结束", "Never done: it was overdue when {act} ended it")
_VOID_AT_ONCE = Bilingual(
    "{duty}: {status},匿名事项没有对象", "{duty}: {status}, an anonymous case has nobody to do it to"
)
_NOBODY = Bilingual(
    "从一开始就免办: 匿名事项没有可以说明、致谢的人", "Void from the start: there is nobody to speak to"
)
_NO_HANDLER = Bilingual(
    "还没有派给谁;处理人该办的先由跟进人办", "Nobody handles it yet; what a handler owes is the owner's"
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
