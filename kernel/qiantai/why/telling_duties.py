"""Why a duty is due when it is, told: its clause, its limit, the days counted, what moved it, how it ended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from qiantai.clauses import Clause
from qiantai.days import Day
from qiantai.hours import Hours
from qiantai.periods import Period
from qiantai.why.lines import Branch, People, act_words, clock, day, named, rests_on
from qiantai.why.reasons import DutyReason, Reckoning, Shift, Standard, Verdict, Version
from qiantai.words import Bilingual, label, listed


def tell_duty(reason: DutyReason, people: People) -> Branch:
    """Why a duty is due when it is, in full."""
    return Branch(headline(reason), reason.clause, reason.due, tuple(_of_duty(reason, people)))


def headline(reason: DutyReason) -> Bilingual:
    """What the duty is, how it stands and when it is due."""
    status = label("statuses", reason.verdict.status)
    if reason.void_at_once:
        return _VOID_AT_ONCE.format(duty=label("duties", reason.name), status=status)
    said = Bilingual("{duty}: {status},{due}到期", "{duty}: {status}, due {due}").format(
        duty=label("duties", reason.name), status=status, due=clock(reason.due)
    )
    return Bilingual("{said},{provisional}", "{said} ({provisional})").format(
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
        what=label("policy", standard.key), value=Period.parse(standard.value).label
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
    under = (*((Branch(_GUESSED),) if reckoning.provisional else ()), *_days(reckoning.days))
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
_GUESSED = Bilingual(
    "当时那一年的放假安排还没有公布,按周末推算", "No notice covered the year then: counted from weekends alone"
)
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
