"""What a hand does at a desk in a browser: an input method, a finger, a mouse that marks words."""

from __future__ import annotations

from tests.tui.serving.chromium import Page


async def test_what_is_composed_lands_whole_and_no_key_of_it_is_the_desk_s(desk: Page) -> None:
    await desk.press("F2")
    await desk.in_a_field()
    await desk.type("1-2-301 ")
    await desk.compose("l", "lo", "lou", "lou's")
    await desk.press_composing("Backspace")
    await desk.compose("lou shui")
    await desk.press_composing(" ", commits="漏水")
    await desk.see("│ 1-2-301 漏水  ")
    await desk.compose("b", "bx")
    await desk.press_composing("Enter", commits="bx")
    await desk.see("│ 1-2-301 漏水bx  ")
    await desk.compose("q")
    await desk.give_up_composing()
    await desk.press_composing(",", commits=",")
    await desk.see("│ 1-2-301 漏水bx,  ")
    assert "受理登记" not in desk.drawn.text
    await desk.press("Backspace", "Backspace", "Backspace", "Enter")
    await desk.see("受理登记")
    await desk.see("│ 内容*        漏水  ")


async def test_a_finger_presses_a_key_of_the_last_line_and_chooses_a_row(desk: Page) -> None:
    """However long it is held there."""
    await desk.ask("Emulation.setTouchEmulationEnabled", enabled=True)
    await desk.tap("F3 查找")
    await desk.see("─ 查找 F3 ─")
    await desk.tap("Esc 返回")
    await desk.see("─ 待办 ")
    await desk.tap("信报箱锁芯", seconds=1.0)
    await desk.see("│ 内容   信报箱锁芯")
    await desk.tap("井盖松动")
    await desk.see("│ 内容   井盖松动")


async def test_marked_words_are_copied_and_go_into_a_field(desk: Page) -> None:
    await desk.ask("Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])
    await desk.ask("Page.bringToFront")
    await desk.drag("3栋楼下", "停放区")
    await desk.control("c", "copy")
    has = "navigator.clipboard.readText().then((text) => text.includes('3栋楼下共享单车'), () => false)"
    await desk.until(lambda: desk.value(has))
    first = str(await desk.value("navigator.clipboard.readText()")).splitlines()[0]
    await desk.press("F2")
    await desk.in_a_field()
    await desk.control("v", "paste")
    await desk.see(f"│ {first}")
