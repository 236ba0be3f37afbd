"""The two colour themes, dark and light; a state is always a sign and a word too."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="qiantai-dark",
    primary="#4a9fd8",
    secondary="#7f9fb5",
    accent="#e0a84a",
    warning="#e0a84a",
    error="#e5645f",
    success="#6cb86c",
    foreground="#e4e6e8",
    background="#15191d",
    surface="#1b2025",
    panel="#262d34",
    dark=True,
)
LIGHT = Theme(
    name="qiantai-light",
    primary="#1c6aa3",
    secondary="#54707f",
    accent="#a35f00",
    warning="#9a5800",
    error="#b3261e",
    success="#2c6e2f",
    foreground="#1d2226",
    background="#fbfbfa",
    surface="#f2f3f3",
    panel="#e2e6e8",
    dark=False,
)
