"""`qiantai schema`: what the JSON of an event, a case, a refusal, an export, a scenario file, as JSON Schema."""

from __future__ import annotations

import click

from .speech import Speech
from .spoken import Spoken, misuse
from .stopped import DONE


def command(say: Speech) -> click.Command:
    """JSON whatever is asked: the schema of that name, or all of them under `$defs`."""
    return Spoken(
        say,
        "schema",
        help=say(
            "JSON 的样子:event 存储里的一件事,case 一件事项,refusal 一次拒绝,export 导出的一行;scenario 是情景文件。",
            "What the JSON looks like: of a stored event, a case, a refusal, an export's line; scenario for editors.",
        ),
        params=[click.Argument(["name"], required=False, metavar="[event|case|refusal|export|scenario]")],
        callback=_schema,
    )


@click.pass_context
def _schema(ctx: click.Context, name: str | None) -> int:
    from qiantai.schema import schemas
    from qiantai_scenarios.schema import NAME, scenario_schema

    from .answers import write_json

    say: Speech = ctx.command.say  # type: ignore[attr-defined]
    every = schemas()
    every["$defs"][NAME] = scenario_schema()
    if name is not None and name not in every["$defs"]:
        there = say("、", ", ").join(every["$defs"])
        misuse(ctx, f"没有 {name} 的样子;有 {there}", f"there is no schema {name}; there are {there}", say)
    write_json(every if name is None else every["$defs"][name])
    return DONE
