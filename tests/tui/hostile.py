"""What residents, or their phones, may put into a text: everything that ever broke a screen."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

SEEN = (
    "[/]",
    "[急修]电梯[/急修]",
    "[@click=app.quit]点这里[/]",
    "[b]粗[/b][",
    "]]]][[[[",
    "[link=http://x]a",
    "\\[/]",
    "$name [$x]",
    "⚠️ ☎️ 漏水",
    "👨‍👩‍👧 👍🏽 🇨🇳 1️⃣",
    "שלום مرحبا \u202eesrever\u202c",
    "零\u200b宽\u200d\ufeff字",
    "两行\n三行\r\n四\u2028五",
    "\x1b[31m红\x07\x00\x9b",
    "\ud800孤",
    "e" + "\u0301" * 40,
    "，。、；：？！",
    "漏" * 200,
    "\t缩进\t",
    "",
    " ",
    "﷽㍿",
)

hostile = st.one_of(
    st.sampled_from(SEEN),
    st.lists(st.sampled_from(SEEN), min_size=2, max_size=4).map("".join),
    st.text(st.characters(), max_size=30),
    st.text("[]/@=\\\"'(){}$#:b 漏水\n", max_size=30),
)

a_few = settings(
    max_examples=settings().max_examples // 20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
"""Each example is a program of its own: five beside those that are named, a hundred and fifty in `make soak`."""
