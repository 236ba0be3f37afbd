"""`qiantai script told`: who was told an agreed answer, masked, the list on record with what it is for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from .script_versions import version_argument, version_of
from .sitting import by_options, seat_of, withheld
from .speech import Speech
from .spoken import Spoken, json_option, site_option
from .stopped import DONE, USAGE, Stopped

if TYPE_CHECKING:
    from qiantai.projections.told import Told


def told(say: Speech) -> click.Command:
    """The list goes on record with what it is for. JSON: `script`, `told`, each `number seq kind at by command script
    version households name phone channel text open`; names and numbers are masked.
    """
    return Spoken(
        say,
        "told",
        help=say("按这条口径答过谁:在办的和已归档的,一次一行;导出留痕,要写用途。",
                 "Who was told it, on open and filed cases, a line each; it goes on record with its purpose."),
        params=[
            click.Argument(["id"], metavar=say("编号", "ID")),
            version_argument(say),
            click.Option(["--for", "purpose"], metavar="TEXT", required=True, help=say("用途", "what it is for")),
            *by_options(say),
            site_option(say),
            json_option(say),
        ],
        callback=_telling,
    )  # fmt: skip


@click.pass_context
def _telling(
    ctx: click.Context, id: str, version: int | None, purpose: str, by: str | None, site: str | None, as_json: bool
) -> int:
    from qiantai.refusals import Refusal
    from qiantai.words import label
    from qiantai_tui.agreed.told_list import COLUMNS, rows_of, which_list

    from .answers import write_json, write_table
    from .opening import opened

    say: Speech = ctx.command.say  # type: ignore[attr-defined]
    if not purpose.strip():
        raise Stopped(USAGE, say("--for 要写用途", "--for needs a purpose"))
    with opened(ctx, site) as found:
        seat = seat_of(ctx, found, by, say)
        words, handbook = seat.told(id, version or 0), seat.handbook
        if isinstance(words, Refusal):
            raise withheld(label("words", "cases")[say.language], seat, say)
        if not words:
            version_of(seat, id, version, say)
        seat.take_away("cases", which_list(id, version or 0, len(words)), purpose.strip())
        rows = list(rows_of(words, handbook, say.language))
    if as_json:
        write_json({"script": id, "told": [told_out(each) for each in words]})
    else:
        write_table([say(*each) for each in COLUMNS], rows)
    return DONE


def told_out(told: Told) -> dict[str, Any]:
    """A word by an agreed answer as data, names and numbers masked."""
    from attrs import asdict

    from qiantai.privacy import mask_name, mask_phone, mask_words

    masked = {"name": mask_name(told.name), "phone": mask_phone(told.phone), "text": mask_words(told.text)}
    return {**asdict(told), **masked}
