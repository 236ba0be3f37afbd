"""A refusal: a command that was not carried out, why, by which clause, and what would do."""

from __future__ import annotations

from datetime import datetime

from attrs import frozen

from qiantai.clauses import Clause
from qiantai.commands import Command
from qiantai.words import NOTHING, Bilingual, label


@frozen
class Refusal:
    """A command that was not carried out, and why; it changed nothing.

    `clause` is None where the command is malformed or impossible as things stand. `rule` is the name of the rule that
    refused, `why` one sentence, `would_do` what would be taken instead.
    """

    command: Command
    at: datetime
    rule: str
    clause: Clause | None
    why: Bilingual
    would_do: Bilingual = NOTHING

    @property
    def clause_id(self) -> str:
        """The clause's id, empty where there is none."""
        return self.clause.id if self.clause else ""

    @property
    def sentence(self) -> Bilingual:
        """Why and by which clause and what would do, as one line."""
        name = label("commands", self.command.name)
        zh = f"不能{name.zh}:{self.why.zh}" + (f" [{self.clause_id}]" if self.clause else "")
        en = f"{name.en} is refused: {self.why.en}" + (f" [{self.clause_id}]" if self.clause else "")
        if self.would_do.zh:
            zh, en = f"{zh}。可行:{self.would_do.zh}", f"{en}. What would do: {self.would_do.en}"
        return Bilingual(zh, en)
