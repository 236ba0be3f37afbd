"""`qiantai rehearsal from`: a rehearsal made of real cases, written once all of it was shown and agreed to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .completing import files
from .sitting import by_options, says_yes, seat_of, theirs, withheld
from .speech import Speech
from .spoken import Spoken, json_option, site_option
from .stopped import DONE, NOT_ALLOWED, REFUSED, Stopped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qiantai.case import Case
    from qiantai.handbook import Handbook
    from qiantai.seat import Seat
    from qiantai_scenarios.making import Made
    from qiantai_scenarios.making.anonymous import Text
    from qiantai_scenarios.making.tables import Topics

_MAY = ("trainer", "supervisor", "admin")
_KINDS = {
    "name": ("业户", "resident"),
    "staff": ("员工", "staff"),
    "id": ("员工 id", "staff id"),
    "room": ("房号", "room"),
    "phone": ("号码", "number"),
    "email": ("邮箱", "e-mail"),
    "card": ("证件号", "identity card"),
    "plate": ("车牌", "plate"),
    "wechat": ("微信", "WeChat"),
    "area": ("片区", "area"),
}


def command(say: Speech) -> click.Command:
    """Nothing is written without `--yes` or an agreement on the terminal; else the exit code is 1. That the cases were
    taken is on record before anything of them is shown.

    JSON: `written`, `file`, `rehearsal`, `replaced` (`kind`, `was`, `now`), `texts` (`case`, `do`, `field`, `text`,
    `changed`, places in it), `left_out`.
    """
    return Spoken(
        say,
        "from",
        help=say(
            "把办过的事项改编成演练:人名、房号、电话都换成编的,日子换成同样的日子。先全部给您看,同意了才写。",
            "Make a rehearsal of real cases: names, rooms and numbers replaced by invented ones, on other days that "
            "count alike. All of it is shown first, and written once you agree.",
        ),
        params=[
            click.Argument(["numbers"], nargs=-1, required=True, metavar=say("单号…", "CASE…")),
            click.Option(
                ["--for", "purpose"], metavar="TEXT", required=True, help=say("为什么改编,留痕", "what for, on record")
            ),
            click.Option(
                ["--trainee"],
                metavar="ID",
                help=say("学员演谁,默认最先接待的人", "whose part the trainee takes, by default the first contact's"),
            ),
            click.Option(
                ["--out"],
                metavar=say("文件", "FILE"),
                help=say("写到哪里,默认小区的 rehearsals 文件夹", "where to, by default the site's folder rehearsals"),
                shell_complete=files,
            ),
            click.Option(["--yes"], is_flag=True, help=say("照此写,不再问", "write it, without asking")),
            *by_options(say),
            site_option(say),
            json_option(say),
        ],
        callback=_making,
    )


@click.pass_context
def _making(
    ctx: click.Context, numbers: tuple[str, ...], purpose: str, trainee: str | None, out: str | None, yes: bool,
    by: str | None, site: str | None, as_json: bool,
) -> int:  # fmt: skip
    from .opening import folder_of, opened

    say: Speech = ctx.command.say  # type: ignore[attr-defined]
    with opened(ctx, site) as found:
        seat = seat_of(ctx, found, by, say)
        cases = _cases(seat, numbers, purpose, say)
        handbook, topics = seat.desk.handbook, found.topics
    file = _file(Path(out).expanduser() if out else None, folder_of(ctx, site), cases, say)
    made = _made(cases, handbook, topics, file.stem, trainee, say)
    if not as_json:
        _show(made, say)
    agreed = yes or (not as_json and _agreed(say))
    if agreed:
        _write(file, made.text)
    if as_json:
        _write_json(made, file, agreed)
    elif agreed:
        click.echo(
            say(
                f"✓ 已写入 {file}。下一步:补上业户的话(says),再 qiantai rehearse {file} 试练",
                f"✓ written: {file}. Next: what residents say (says), then try it: qiantai rehearse {file}",
            )
        )
    if not agreed:
        click.echo(say("什么都没写;要写请加 --yes", "nothing was written; to write it add --yes"), err=True)
        return REFUSED
    return DONE


def _cases(seat: Seat, numbers: Sequence[str], purpose: str, say: Speech) -> list[Case]:
    """The cases in full, each theirs to see, once the taking away is on record. Ends the run where one is not."""
    wanted = list(dict.fromkeys(each.upper() for each in numbers))
    person = seat.person
    if not person.has(*_MAY):
        raise Stopped(
            NOT_ALLOWED,
            say(
                f"{person.name} 不是培训员或主管。请主管改编",
                f"{person.name} is neither a trainer nor a supervisor: ask a supervisor",
            ),
            {"rule": "may_not_make"},
        )
    if not purpose.strip():
        raise Stopped(REFUSED, say("--for 要写为什么", "--for has to say what for"))
    for each in wanted:
        theirs(seat, each, say)
    if seat.take_away("cases", f"rehearsal {' '.join(wanted)}", purpose.strip()) is not None:
        raise withheld(", ".join(wanted), seat, say)
    return [seat.desk.case(each) for each in wanted]


def _file(given: Path | None, folder: Path, cases: Sequence[Case], say: Speech) -> Path:
    """Where it is to be written: a file that is not there yet. Ends the run where the one that was named is."""
    if given is not None:
        if given.exists():
            raise Stopped(
                REFUSED, say(f"{given} 已经有了。请换一个文件名", f"{given} is there already. Take another name")
            )
        return given
    shelf = folder / "rehearsals"
    names = (f"from-{cases[0].kind}{place}.toml" for place in ("", *(f"-{each}" for each in range(2, 1000))))
    return next(shelf / each for each in names if not (shelf / each).exists())


def _made(cases: Sequence[Case], handbook: Handbook, topics: Topics, id: str, trainee: str | None, say: Speech) -> Made:
    from qiantai_scenarios.making import NotMade, made

    from .sitting import person_of

    who = person_of(handbook.people, trainee, say).id if trainee else ""
    try:
        return made(cases, handbook, id, who, topics)
    except NotMade as none:
        raise Stopped(REFUSED, none.why[say.language]) from none


def _show(made: Made, say: Speech) -> None:
    """What was replaced by what, every text as it will stand, and what could not be carried over."""
    from qiantai.plainly import still
    from qiantai.words import label

    from .answers import write_table

    headings = [say("是什么", "What"), say("原来", "Was"), say("改成", "Now")]
    write_table(
        headings, [(say(*_KINDS.get(each.kind, (each.kind,) * 2)), each.was, each.now) for each in made.replaced]
    )
    click.echo()
    click.echo(
        say("原话会这样留下,【】里是换过的:", "What was said will stand like this, 【】 around what was replaced:")
    )
    for each in made.said:
        case, _, do = each.of
        place = f"{case} {label('commands', do)[say.language]}" if do else say("口径", "agreed answer")
        click.echo(still(f"  {place} {label('fields', each.name)[say.language]}: {marked(each.text)}"))
    for note in made.left_out:
        click.echo(still(f"! {note[say.language]}"))
    click.echo(
        say(
            "没有写进员工和花名册的名字、地名认不出来,请自己看一遍。",
            "Names of people and places that neither roll nor staff has cannot be told: read it through.",
        )
    )


def marked(text: Text) -> str:
    """A text with 【】 around each part that was replaced."""
    parts, end = list[str](), 0
    for start, stop in text.changed:
        parts += [text.now[end:start], "【", text.now[start:stop], "】"]
        end = stop
    return "".join((*parts, text.now[end:]))


def _agreed(say: Speech) -> bool:
    return says_yes(say("照这样写成演练? (y/n)", "write the rehearsal like this? (y/n)"))


def _write(file: Path, text: str) -> None:
    from qiantai_tui.sites.files import replace_private

    file.parent.mkdir(parents=True, exist_ok=True)
    replace_private(file, text)


def _write_json(made: Made, file: Path, written: bool) -> None:
    from .answers import as_data, write_json

    texts = [
        {"case": each.of[0], "do": each.of[2], "field": each.name, "text": each.text.now, "changed": each.text.changed}
        for each in made.said
    ]
    write_json(
        {
            "written": written,
            "file": str(file),
            "rehearsal": made.scenario.id,
            "replaced": as_data(made.replaced),
            "texts": texts,
            "left_out": as_data(made.left_out),
        }
    )
