"""`qiantai export`: everything that a site holds as lines of JSON in a new file, the taking away on record."""

from __future__ import annotations

import gzip
from pathlib import Path

import click

from .completing import files
from .sitting import by_options, seat_of, withheld
from .speech import Speech
from .spoken import Spoken, json_option, site_option
from .stopped import DONE, REFUSED, Stopped


def command(say: Speech) -> click.Command:
    """The file must not be there yet; one that ends in `.gz` is packed.

    JSON: `ok`, `file`, `masked`, `cases`.
    """
    return Spoken(
        say,
        "export",
        help=say(
            "导出全部:事项、花名册、查看记录和小区的文件;导出留痕。",
            "Export everything: cases, roll, looks and the site's files; it goes on record.",
        ),
        params=[
            click.Argument(["file"], metavar=say("文件", "FILE"), shell_complete=files),
            click.Option(
                ["--masked"],
                is_flag=True,
                help=say("姓名、电话打码;打码的不能再导入", "names and numbers masked; such a one cannot be taken in"),
            ),
            *by_options(say),
            site_option(say),
            json_option(say),
        ],
        callback=_exporting,
    )


@click.pass_context
def _exporting(ctx: click.Context, file: str, masked: bool, by: str | None, site: str | None, as_json: bool) -> int:
    from qiantai.exporting import Heading, Masked, export_lines
    from qiantai.words import label
    from qiantai_tui.backups.making import own_files
    from qiantai_tui.backups.shelf import put
    from qiantai_tui.sites.books import masked_books

    from .answers import write_json
    from .opening import opened

    say: Speech = ctx.command.say  # type: ignore[attr-defined]
    path = Path(file).expanduser()
    if path.exists():
        raise Stopped(REFUSED, say(f"{path} 已经有了。请换一个文件名", f"{path} is there already. Take another name"))
    with opened(ctx, site) as found:
        desk, seat = found.desk, seat_of(ctx, found, by, say)
        count = sum(1 for _ in desk.store.all_cases())
        at, which = desk.clock(), f"{'masked' if masked else 'everything'} {count}"
        if seat.take_away("looks", which) is not None:
            raise withheld(label("keys", "export")[say.language], seat, say)
        source = Masked(desk.store) if masked else desk.store
        files = own_files(found.folder, desk.store)
        if masked:
            files |= masked_books(found.books)
        lines = export_lines(source, Heading(found.name, at, seat.person.id, masked), files)
        written = b"".join(lines)
    put(path, gzip.compress(written) if path.suffix == ".gz" else written, lambda _: None)
    if as_json:
        write_json({"ok": True, "file": str(path), "masked": masked, "cases": count})
    else:
        click.echo(say(f"✓ 已导出 {count} 件事项:{path}", f"✓ {count} cases exported: {path}"))
    return DONE
