"""What an erasure would take, and what mentions it and stays: told on the terminal or as data before anything goes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from .sitting import says_yes
from .speech import Speech

if TYPE_CHECKING:
    from qiantai.book_erasure import Traces, Words
    from qiantai.case import Case
    from qiantai.desk import Desk
    from qiantai.erasure import Spot
    from qiantai_tui.sites.sweeping import Sweeping

    Planned = tuple[Case, tuple[Spot, ...]]


def agreed_to(count: int, say: Speech) -> bool:
    """Whether somebody on the terminal agrees to so many erasures."""
    return says_yes(
        say(f"抹除这 {count} 处?抹除后不能恢复 (y/n)", f"erase these {count}? It cannot be taken back (y/n)")
    )


def tell_words(desk: Desk, planned: Iterable[Planned], say: Speech) -> None:
    """The words that go, masked, by case and event; and where others that stay mention them."""
    from qiantai.plainly import still

    from .shown import Viewed, event_head, field_text

    for case, going in planned:
        view = Viewed(case, desk.clock(), desk.handbook)
        click.echo(case.number)
        for seq in dict.fromkeys(each.seq for each in going):
            texts = dict.fromkeys(field_text(each.name, each.text, view, say) for each in going if each.seq == seq)
            click.echo(still(f"  {event_head(case.history[seq], view, say)}  {'  '.join(texts)}"))
        for each in mentions(case, going):
            place = say(f"第{each.seq + 1}步", f"event {each.seq + 1}")
            why = say("里也提到,不会抹除", "mentions some of it, and stays")
            click.echo(still(f"  ! {place} {field_text(each.name, each.text, view, say)} ({why})"))


def tell_beside(told: Iterable[Words], sweeping: Sweeping, traces: Traces, say: Speech) -> None:
    """The words of books that go with them, masked, the files, and where nothing is erased."""
    from qiantai.plainly import still
    from qiantai.privacy import mask_words
    from qiantai.words import label

    for each in told:
        book, name = label("books", each.book)[say.language], label("fields", each.place)[say.language]
        place = say(f"{book} 第{each.seq + 1}行", f"{book}, line {each.seq + 1}")
        click.echo(still(f"{place}  {name}{say(':', ': ')}{mask_words(each.text)}"))
    for file in sweeping.sheets(traces):
        click.echo(say(f"删去 {file}", f"removed: {file}"))
    for folder in sweeping.asides():
        click.echo(
            say(
                f"! {folder} 是搬走以前的存储,里面不会抹除;核对过新的以后请整个移走",
                f"! {folder} is a store that the site has left, where nothing is erased: take it away once the new one "
                "is checked",
            )
        )


def beside_out(told: Iterable[Words], sweeping: Sweeping, traces: Traces) -> dict[str, Any]:
    """The same as data."""
    return {
        "books": [{"book": each.book, "line": each.seq + 1, "name": each.place} for each in told],
        "sheets": [str(each) for each in sweeping.sheets(traces)],
        "asides": [str(each) for each in sweeping.asides()],
    }


def mentions(case: Case, going: Sequence[Spot]) -> list[Spot]:
    """Words of the case that stay and have some of those inside that go, each event and name once."""
    from qiantai.erasure import spots

    gone = {each.text for each in going if len(each.text) > 1}
    stays = (each for each in spots(case) if each not in going and any(text in each.text for text in gone))
    return list({(each.seq, each.name): each for each in stays}.values())


def write_json_of(planned: Sequence[Planned], erased: bool, **more: Any) -> None:
    """The words that go, and those that stay and mention them, as data."""
    from .answers import write_json

    def out(case: Case, several: Iterable[Spot]) -> list[dict[str, Any]]:
        places = dict.fromkeys((each.seq + 1, each.name) for each in several)
        return [{"case": case.number, "event": event, "name": name} for event, name in places]

    words = [each for case, going in planned for each in out(case, going)]
    still = [each for case, going in planned for each in out(case, mentions(case, going))]
    write_json({"ok": True, "erased": erased, "words": words, "still": still, **more})
