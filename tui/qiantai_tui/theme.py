"""The colour themes: dark, light, high contrast, and the terminal's own; a state is always a sign and a word too."""

from __future__ import annotations

from textual.theme import Theme

from qiantai.words import Bilingual

from .preferences import Colours

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
    variables={
        "text-muted": "#a4abb1",
        "text-disabled": "#a4abb1",
        "block-cursor-background": "#213f54",
        "block-cursor-foreground": "#e4e6e8",
        "block-cursor-blurred-background": "#262d34",
        "surface-active": "#1f3644",
    },
)
LIGHT = Theme(
    name="qiantai-light",
    primary="#1c6aa3",
    secondary="#54707f",
    accent="#855000",
    warning="#855000",
    error="#b3261e",
    success="#2c6e2f",
    foreground="#1d2226",
    background="#fbfbfa",
    surface="#f2f3f3",
    panel="#e2e6e8",
    dark=False,
    variables={
        "text-muted": "#565d63",
        "text-disabled": "#565d63",
        "block-cursor-background": "#cfe0ee",
        "block-cursor-foreground": "#1d2226",
        "block-cursor-blurred-background": "#e2e6e8",
        "surface-active": "#d3e3f0",
    },
)
CONTRAST = Theme(
    name="qiantai-contrast",
    primary="#66c2ff",
    secondary="#c8d8e4",
    accent="#ffd24a",
    warning="#ffd24a",
    error="#ff9d98",
    success="#7df07d",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1c1c1c",
    dark=True,
    variables={
        "text-muted": "#d4d4d4",
        "text-disabled": "#d4d4d4",
        "block-cursor-background": "#003a5c",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-blurred-background": "#1c1c1c",
        "surface-active": "#00324f",
    },
)
# Which of its sixteen colours can be read is the terminal's affair: words stay in its own, and a cursor is reversed.
TERMINAL = Theme(
    name="qiantai-terminal",
    primary="ansi_blue",
    secondary="ansi_cyan",
    accent="ansi_magenta",
    warning="ansi_magenta",
    error="ansi_red",
    success="ansi_green",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    ansi=True,
    variables={
        "ansi-background": "ansi_default",
        "ansi-foreground": "ansi_default",
        "text-primary": "ansi_default",
        "text-muted": "ansi_default",
        "text-disabled": "ansi_default",
        "block-cursor-foreground": "ansi_default",
        "block-cursor-background": "ansi_default",
        "block-cursor-text-style": "reverse",
        "block-cursor-blurred-background": "ansi_default",
        "block-cursor-blurred-text-style": "bold",
        "surface-active": "ansi_default",
        "scrollbar": "ansi_blue",
        "scrollbar-background": "ansi_default",
        "scrollbar-background-hover": "ansi_default",
        "scrollbar-background-active": "ansi_default",
    },
)

THEMES: dict[Colours, Theme] = {"dark": DARK, "light": LIGHT, "contrast": CONTRAST, "terminal": TERMINAL}
"""By the name that the settings have for each."""
LABELS: dict[Colours, Bilingual] = {
    "dark": Bilingual("深色", "Dark"),
    "light": Bilingual("浅色", "Light"),
    "contrast": Bilingual("高对比", "High contrast"),
    "terminal": Bilingual("终端自己的", "The terminal's"),
}
ABOUT: dict[Colours, Bilingual] = {
    "dark": Bilingual("深底浅字", "Light words on a dark ground"),
    "light": Bilingual("浅底深字,亮处看得清", "Dark words on a light ground, for bright rooms"),
    "contrast": Bilingual("黑底白字,对比至少 7:1", "White on black, contrast 7:1 at least"),
    "terminal": Bilingual("用终端设定的十六色和底色", "Its sixteen colours and its own ground"),
}
