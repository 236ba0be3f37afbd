"""A screen of the desk: while updates are held back it draws nothing, and once they come all of it."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from threading import Event
from typing import Any

import pytest
from rich.segment import Segment
from textual import work
from textual._compositor import Compositor
from textual.app import App
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import Screen
from textual.visual import RenderOptions
from textual.widget import Widget

from qiantai_tui.desk_screen import DeskDialog, DeskScreen
from qiantai_tui.screens.register import RegisterScreen
from qiantai_tui.theme import LIGHT
from qiantai_tui.widgets.dimmed import Dimmed
from qiantai_tui.widgets.top_bar import Shown, TopBar
from tests.tui.desk_driver import at_the_desk
from tests.tui.screens_text import screen_text
from tests.tui.waiting import until


async def test_nothing_is_drawn_that_would_be_thrown_away(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[object] = []
    real = Compositor.render_update

    def noted(compositor: Compositor, *given: Any, **named: Any) -> object:
        drawn.append(compositor)
        return real(compositor, *given, **named)

    async with at_the_desk() as desk:
        monkeypatch.setattr(Compositor, "render_update", noted)
        with desk.app.batch_update():
            desk.app.screen.refresh(layout=True)
            desk.app.screen._refresh_layout()
            await desk.pilot.pause()
            assert drawn == []
        desk.app.screen.refresh(layout=True)
        await until(desk.pilot, lambda: drawn != [])


class Reads(DeskScreen[None]):
    """It reads a word beside itself, once it may."""

    def __init__(self) -> None:
        super().__init__()
        self.may, self.took = Event(), list[str]()

    @work(thread=True, exclusive=True)
    def read(self, word: str) -> None:
        assert self.may.wait(30)
        self.beside(self.took.append, word)


async def test_what_is_read_anew_is_taken_as_it_is_then_alone() -> None:
    async with at_the_desk() as desk:
        screen = Reads()
        await desk.app.push_screen(screen)
        screen.read("old")
        await until(desk.pilot, lambda: any(each.is_running for each in desk.app.workers))
        screen.may.set()
        screen.read("new")
        await until(desk.pilot, lambda: "new" in screen.took)
        assert screen.took == ["new"]


def test_textual_still_draws_and_throws_away() -> None:
    """Or there would be no need of a step of our own, and it might leave out what is seen."""
    assert "if self._batch_count:\n                return" in inspect.getsource(App._display)
    assert "self.call_later(self._compositor_refresh)" in inspect.getsource(Screen._refresh_layout)
    assert "app._display(" in inspect.getsource(Screen._compositor_refresh)


def styles_of(screen: Screen[Any]) -> dict[Any, tuple[Any, ...]]:
    """The rules of every widget on it, with those of its parts."""
    nodes = screen.walk_children(with_self=True)
    return {
        node: (
            node.styles.base.get_rules(),
            {part: styles.get_rules() for part, styles in node._component_styles.items()},
        )
        for node in nodes
    }


async def test_a_screen_that_comes_or_comes_back_has_its_styles_without_being_styled_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    anew: list[object] = []
    real = DOMNode.update_node_styles

    def noted(node: DOMNode, animate: bool = True) -> None:
        anew.append(node)
        real(node, animate)

    monkeypatch.setattr(DOMNode, "update_node_styles", noted)
    async with at_the_desk(person=None) as desk:
        queue, question = desk.app.screen_stack
        assert question not in anew
        for screen in (queue, question):
            before = styles_of(screen)
            desk.app.stylesheet.update(screen)
            assert styles_of(screen) == before
        anew.clear()
        await desk.app.switch_mode("find")
        await desk.app.switch_mode("queue")
        await desk.pilot.pause()
        assert queue not in anew
        assert question not in anew


async def test_what_was_styled_otherwise_meanwhile_is_seen_on_a_screen_that_one_comes_back_to() -> None:
    async with at_the_desk() as desk:
        await desk.app.switch_mode("find")
        desk.app.theme = LIGHT.name
        await desk.pilot.pause()
        await desk.app.switch_mode("queue")
        await desk.pilot.pause()
        queue = desk.app.screen
        before = styles_of(queue)
        desk.app.stylesheet.update(queue)
        assert styles_of(queue) == before


async def test_a_mode_that_is_new_is_styled_alone_and_has_its_styles(monkeypatch: pytest.MonkeyPatch) -> None:
    styled: list[DOMNode] = []
    real = Stylesheet.apply

    def noted(sheet: Stylesheet, node: DOMNode, **given: Any) -> None:
        styled.append(node)
        real(sheet, node, **given)

    async with at_the_desk() as desk:
        queue = desk.app.screen
        monkeypatch.setattr(Stylesheet, "apply", noted)
        await desk.app.switch_mode("register")
        await desk.pilot.pause()
        register = desk.app.screen
        assert register in styled
        assert not {*queue.walk_children(with_self=True)} & {*styled}
        before = styles_of(register)
        desk.app.stylesheet.update(register)
        assert styles_of(register) == before


async def test_a_mode_that_is_new_hears_once_that_it_has_come(monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_the_desk() as desk:
        read: list[bool] = []
        real = RegisterScreen.refresh_data

        def noted(screen: RegisterScreen) -> None:
            read.append(screen.is_current)
            real(screen)

        monkeypatch.setattr(RegisterScreen, "refresh_data", noted)
        for times in (1, 2):
            await desk.app.switch_mode("register")
            await desk.pilot.pause()
            assert read == [True] * times
            await desk.app.switch_mode("queue")
            await desk.pilot.pause()


def test_textual_still_styles_everything_and_tells_a_new_mode_twice() -> None:
    """Or there would be nothing to be spared."""
    assert "self.stylesheet.update(self)" in inspect.getsource(App._load_screen_css)
    assert "screen.post_message(events.ScreenResume())" in inspect.getsource(App._init_mode)
    assert "self.screen.post_message(events.ScreenResume())" in inspect.getsource(App.switch_mode)
    assert "if event.refresh_styles:\n                self.update_node_styles(" in inspect.getsource(
        Screen._on_screen_resume
    )


async def test_the_list_has_the_focus_at_first_and_no_field_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    focused: list[str | None] = []
    real = Screen.set_focus

    def noted(screen: Screen[Any], widget: Widget | None, *given: Any, **named: Any) -> None:
        focused.append(widget.id if widget else None)
        real(screen, widget, *given, **named)

    monkeypatch.setattr(Screen, "set_focus", noted)
    async with at_the_desk() as desk:
        assert desk.app.focused is desk.app.screen.query_one("#queue")
        assert focused == ["queue"]


def cells(strips: Iterable[Iterable[Segment]]) -> list[list[tuple[str, object]]]:
    """Every character with its style, line by line."""
    return [[(each, style) for text, style, _ in strip for each in text] for strip in strips]


async def test_a_dialog_shows_the_screen_under_it_in_the_colours_that_textual_gives_it() -> None:
    async with at_the_desk() as desk:
        queue = desk.app.screen
        await desk.pilot.press("f1")
        await until(desk.pilot, lambda: isinstance(desk.app.screen, DeskDialog))
        dialog = desk.app.screen
        under = BackgroundScreen(queue, dialog.styles.background)
        options = RenderOptions(dialog._get_style, dialog.styles.get_rules())
        ours = Dimmed(under).render_strips(*dialog.size, dialog.visual_style, options)
        theirs = desk.app.console.render_lines(under, desk.app.console_options, pad=False)
        assert cells(ours) == cells(theirs)


async def test_what_changes_under_a_dialog_is_seen_through_it() -> None:
    async with at_the_desk() as desk:
        queue = desk.app.screen
        await desk.pilot.press("f1")
        await until(desk.pilot, lambda: "物业前台" in screen_text(desk.app))
        queue.query_one(TopBar).shown = Shown(site="别的小区")
        await until(desk.pilot, lambda: "别的小区" in screen_text(desk.app))


async def test_a_dialog_that_comes_has_nothing_under_it_laid_out_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    laid_out: list[Screen[Any]] = []
    real = Screen._refresh_layout

    def noted(screen: Screen[Any], *given: Any, **named: Any) -> None:
        laid_out.append(screen)
        real(screen, *given, **named)

    async with at_the_desk() as desk:
        queue = desk.app.screen
        await desk.pilot.pause()
        monkeypatch.setattr(Screen, "_refresh_layout", noted)
        await desk.pilot.press("f1")
        await until(desk.pilot, lambda: desk.app.screen in laid_out)
        await desk.pilot.pause()
        assert queue not in laid_out
        await desk.pilot.resize_terminal(80, 24)
        await until(desk.pilot, lambda: queue in laid_out)
