"""The language of the screens."""

from __future__ import annotations

from qiantai.words import Bilingual
from qiantai_tui.text.words import language, say, speak
from tests.tui.untranslated import untranslated


def test_say_follows_the_language_and_leaves_strings_alone() -> None:
    greeting = Bilingual("你好", "Hello")
    assert say(greeting) == "你好"
    speak("en")
    assert language() == "en"
    assert say(greeting) == "Hello"
    assert say("王阿姨") == "王阿姨"


def test_untranslated_finds_what_is_left_over() -> None:
    screen = "F2 登记 Enter ^S TS-20261122-007 R-3.1.3b 24小时 v3 No matches found 单元1202"
    assert untranslated(screen, "zh") == ["No", "matches", "found"]
    assert untranslated("F2 Take in  李静  状态", "en", data=["李静"]) == ["状态"]
