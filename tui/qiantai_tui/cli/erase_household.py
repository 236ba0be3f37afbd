"""`qiantai erase --household`: what goes of a household and what stays, each with its reason, and then the erasure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from .speech import Speech
from .stopped import DONE, NOT_FOUND, REFUSED, Stopped

if TYPE_CHECKING:
    from qiantai.household_erasure import Plan, Stay
    from qiantai.seat import Seat
    from qiantai_tui.sites.site import Site


def erase_household(
    site: Site, seat: Seat, household: str, reason: str, *, yes: bool, as_json: bool, say: Speech
) -> int:
    """Shows it, asks, and does all of it or nothing; gives the exit code."""
    from qiantai.erasure import spots
    from qiantai.refusals import Refusal
    from qiantai_tui.sites.sweeping import Sweeping

    from .commanding import refused
    from .erasure_told import agreed_to, beside_out, tell_beside, tell_words, write_json_of
    from .given import household_of

    desk, by = seat.desk, seat.person.id
    sweeping, room = Sweeping(site), household_of(household, desk.handbook)
    plan = sweeping.residents.plan(room)
    traces = sweeping.residents.traces(plan)
    if plan.empty and not plan.held:
        raise Stopped(NOT_FOUND, say(f"{room} 没有要抹除的", f"{room} has nothing to erase"))
    if refusal := sweeping.residents.refusal(plan, by, reason):
        return refused(seat, None, refusal, as_json, say)
    words = [(case, spots(case)) for case in plan.going]
    if not as_json:
        tell_words(desk, words, say)
        tell_beside(plan.books, sweeping, traces, say)
        _tell(plan, say)
    count = sum(len(each) for _, each in words) + len(plan.entry) + len(plan.books)
    beside = beside_out(plan.books, sweeping, traces)
    agreed = yes or (not as_json and agreed_to(count, say))
    if agreed:
        done = sweeping.residents.erase(room, by, reason, plan)
        if isinstance(done, Refusal):
            return refused(seat, None, done, as_json, say)
    if as_json:
        stays = [stay_out(each) for each in plan.staying]
        write_json_of(words, agreed, entry=plan.entry, stays=stays, **beside)
    if agreed:
        if not as_json:
            click.echo(say("已抹除。", "Erased."))
        return DONE
    click.echo(say("什么都没抹除;要抹除请加 --yes", "nothing was erased; to erase it add --yes"), err=True)
    return REFUSED


def stay_out(stay: Stay) -> dict[str, Any]:
    """Something that stays, as data."""
    hold = stay.hold
    until = hold.until.isoformat() if hold.until else None
    return {"what": stay.what, "rule": hold.rule, "clause": hold.clause.id, "why": hold.why, "until": until}


def _tell(plan: Plan, say: Speech) -> None:
    from qiantai.plainly import still
    from qiantai.words import label, listed

    if plan.entry:
        names = listed(tuple(label("fields", each) for each in plan.entry))[say.language]
        click.echo(say(f"花名册 {plan.household}:{names}", f"roll {plan.household}: {names}"))
    click.echo(say("留下的:", "What stays:"))
    for line in staying(plan.staying, say):
        click.echo(still(f"  {line}"))


def staying(several: Iterable[Stay], say: Speech) -> Iterable[str]:
    """What stays, a line each: what, why, the clause, and until when."""
    from qiantai.words import entry, label

    for each in several:
        what = label("stays", each.what)[say.language] if entry("stays", each.what) else each.what
        until = each.hold.until
        last = say(f",至少到 {until}", f", to {until} at least") if until else ""
        yield f"{what}{say(':', ': ')}{each.hold.why[say.language]} [{each.hold.clause}]{last}"
