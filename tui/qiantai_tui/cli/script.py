"""`qiantai script`: the agreed answers, what was done to them, who was told, and the commands on them."""

from __future__ import annotations

import click

from .speech import Speech
from .spoken import SpokenGroup

_LINES = {
    "list": ("列出各版口径,和该有口径而没有的主题", "list the versions, and the topics that call for an answer"),
    "show": ("一版的原话、经过,与前一版的不同", "a version's wording and history, and what it changed"),
    "draft": ("拟一版,或改草稿", "draft a version, or change a draft"),
    "submit": ("提请审定", "submit a draft for approval"),
    "approve": ("审定", "approve a draft"),
    "return": ("退回修改", "return a draft"),
    "withdraw": ("停用,即刻起效", "take a version out of force, at once"),
    "drop": ("删去草稿", "drop a draft"),
    "told": ("告知过谁", "who was told"),
}


def command(say: Speech) -> click.Command:
    """The group; what gives a command stands in a module of its own."""

    def load(name: str) -> click.Command:
        match name:
            case "list":
                from .script_versions import listed

                return listed(say)
            case "show":
                from .script_versions import shown

                return shown(say)
            case "told":
                from .script_told import told

                return told(say)
            case _:
                from .script_deeds import deed

                return deed(name, _LINES[name], say)

    help = say(
        "统一口径:拟稿、审定、停用,告知过谁。", "Agreed answers: drafted, approved, withdrawn, and who was told."
    )
    return SpokenGroup(say, "script", _LINES, load, help=help)
