"""`qiantai incident`: the incidents under way with what is proposed, and the opening of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from .sitting import by_options, seat_of
from .speech import Speech
from .spoken import Spoken, SpokenGroup, json_option, site_option
from .stopped import DONE

if TYPE_CHECKING:
    from qiantai.case import Case
    from qiantai.projections.incidents import Proposal
    from qiantai_tui.sites.site import Site

_LINES = {
    "list": ("列出处置中的突发事件和提示", "list the incidents under way, and what is proposed"),
    "open": ("登记一件突发事件", "open an incident"),
}


def command(say: Speech) -> click.Command:
    """The group. What else is done with an incident is a command on it or on a case: `case do`, `case show`."""
    return SpokenGroup(
        say,
        "incident",
        _LINES,
        lambda name: _list(say) if name == "list" else _open(say),
        help=say("突发事件。通报、结束:case do SJ-…;关联:case do BX-… link incident=SJ-…",
                 "Incidents. To broadcast and end: case do SJ-...; to link: case do BX-... link incident=SJ-..."),
    )  # fmt: skip


def _list(say: Speech) -> click.Command:
    """JSON: `incidents`, each with `number`, `state`, `received`, `owner`, `summary`, `place`, `wording` and `cases`;
    `proposals`, each with `cause`, `place`, `cases` and `incident` (the number to link them to, or null).
    """
    return Spoken(
        say,
        "list",
        help=say("处置中的突发事件,和同因同地的事项。", "The incidents under way, and cases of one cause and place."),
        params=[*by_options(say), site_option(say), json_option(say)],
        callback=_listing,
    )


@click.pass_context
def _listing(ctx: click.Context, by: str | None, site: str | None, as_json: bool) -> int:
    from qiantai.projections.incidents import proposals

    from .answers import write_json
    from .opening import opened

    say: Speech = ctx.command.say  # type: ignore[attr-defined]
    with opened(ctx, site) as found:
        at, cases = found.desk.clock(), seat_of(ctx, found, by, say).open_cases()
        proposed = proposals(cases, at, found.desk.handbook)
        under_way = sorted((each for each in cases if not each.matter), key=lambda each: each.received)
        incidents = [incident_out(each, found) for each in under_way]
    if as_json:
        write_json({"at": at, "incidents": incidents, "proposals": [_proposal_out(each) for each in proposed]})
        return DONE
    _write(incidents, proposed, say)
    return DONE


def incident_out(incident: Case, site: Site) -> dict[str, Any]:
    """An incident as data, with the wording that the desk says of it now."""
    from qiantai.privacy import mask_words
    from qiantai.projections.incidents import wording

    return {
        "number": incident.number,
        "state": incident.state,
        "received": incident.received,
        "owner": incident.owner,
        "summary": mask_words(incident.text("summary")),
        "place": incident.text("place"),
        "wording": wording(incident, site.desk.clock(), site.desk.handbook),
        "cases": incident.linked,
    }


def _proposal_out(proposal: Proposal) -> dict[str, Any]:
    return {
        "cause": proposal.cause,
        "place": proposal.place,
        "cases": [each.number for each in proposal.cases],
        "incident": proposal.incident.number if proposal.incident else None,
    }


def _write(incidents: list[dict[str, Any]], proposed: tuple[Proposal, ...], say: Speech) -> None:
    from .answers import write_table

    if not incidents and not proposed:
        click.echo(
            say("没有突发事件。登记:qiantai incident open", "No incident. To open one: qiantai incident open"), err=True
        )
        return
    rows = [
        (each["number"], each["place"], each["summary"], say(f"{len(each['cases'])}件", str(len(each["cases"]))),
         each["wording"])
        for each in incidents
    ]  # fmt: skip
    rows += [
        (
            say("提示", "proposed"),
            each.place,
            each.cause[say.language],
            say(f"{len(each.cases)}件", str(len(each.cases))),
            say(f"可关联 {each.incident.number}", f"to link to {each.incident.number}") if each.incident else "",
        )
        for each in proposed
    ]
    headings = (("单号", "Number"), ("地点", "Place"), ("原因", "Cause"), ("事项", "Cases"), ("口径", "Wording"))
    write_table([say(*each) for each in headings], rows)


def _open(say: Speech) -> click.Command:
    """The JSON of `case receive`."""
    return Spoken(
        say,
        "open",
        help=say("登记:qiantai incident open --by li summary=停电 place=5栋 wording=20点前恢复 cases=BX-…,TS-…",
                 "Open: qiantai incident open --by li summary=blackout place=5 wording=... cases=BX-...,TS-..."),
        params=[
            click.Argument(["pairs"], nargs=-1, metavar=say("字段=值…", "FIELD=VALUE...")),
            *by_options(say, required=True),
            site_option(say),
            json_option(say),
        ],
        callback=_opening,
    )  # fmt: skip


@click.pass_context
def _opening(ctx: click.Context, pairs: tuple[str, ...], by: str, site: str | None, as_json: bool) -> int:
    from .commanding import answer
    from .given import read_given
    from .opening import opened

    say: Speech = ctx.command.say  # type: ignore[attr-defined]
    with opened(ctx, site) as found:
        handbook = found.desk.handbook
        fields = handbook.incident.fields[handbook.incident.kind]
        given = read_given(pairs, fields, handbook, found.desk.clock(), say)
        seat = seat_of(ctx, found, by, say)
        return answer(seat, None, seat.open_incident(**given), as_json, say)
