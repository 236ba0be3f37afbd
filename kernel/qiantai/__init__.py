"""The front desk of a residential estate, as rules that run: the public face of the kernel.

Everything a host needs is here; what is not here may change. `Desk` takes in cases and carries out commands, `decide`
and `evolve` are the pure functions under it, `offers` tells what somebody could do now. `clauses` is a module of that
name too, and stands for the function because it is imported at once; every other name is looked for when it is asked.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from qiantai.clauses import Clause, UnknownClause, clauses

if TYPE_CHECKING:
    from qiantai.auditing import Anchor, Audit, Head, anchor_in, anchor_out, audit
    from qiantai.calendar import Calendar, national
    from qiantai.case import Case, evolve, fold
    from qiantai.chain import Break, sealed, verify
    from qiantai.commands import Command
    from qiantai.decision import decide, left_out, offers
    from qiantai.desk import Desk, Done, UnknownCase, UnknownPerson
    from qiantai.duties import Duty
    from qiantai.erasure import Spot, erase, spots
    from qiantai.events import Event
    from qiantai.handbook import Handbook
    from qiantai.linking import others_of
    from qiantai.memory import MemoryStore
    from qiantai.people import Household, Person
    from qiantai.periods import ZONE, Hours, Period
    from qiantai.policy import LIMITS, Policy, PolicyRefused, change_policy
    from qiantai.refusals import Refusal
    from qiantai.residents import Residents
    from qiantai.scripts import Script
    from qiantai.seat import Seat
    from qiantai.store import Conflict, Damaged, Locked, Look, Store, StoreError, Unreachable, Unwritable
    from qiantai.terms import Retention, Term
    from qiantai.words import Bilingual, Channel, Role, Status, label

__version__ = "0.1.0"
"""The version of the package, as `pip` knows it."""

__all__ = [
    "LIMITS",
    "ZONE",
    "Anchor",
    "Audit",
    "Bilingual",
    "Break",
    "Calendar",
    "Case",
    "Channel",
    "Clause",
    "Command",
    "Conflict",
    "Damaged",
    "Desk",
    "Done",
    "Duty",
    "Event",
    "Handbook",
    "Head",
    "Hours",
    "Household",
    "Locked",
    "Look",
    "MemoryStore",
    "Period",
    "Person",
    "Policy",
    "PolicyRefused",
    "Refusal",
    "Residents",
    "Retention",
    "Role",
    "Script",
    "Seat",
    "Spot",
    "Status",
    "Store",
    "StoreError",
    "Term",
    "UnknownCase",
    "UnknownClause",
    "UnknownPerson",
    "Unreachable",
    "Unwritable",
    "__version__",
    "anchor_in",
    "anchor_out",
    "audit",
    "change_policy",
    "clauses",
    "decide",
    "erase",
    "evolve",
    "fold",
    "label",
    "left_out",
    "national",
    "offers",
    "others_of",
    "sealed",
    "spots",
    "verify",
]

_HOMES = {
    name: f"qiantai.{module}"
    for module, names in (
        ("auditing", "Anchor Audit Head anchor_in anchor_out audit"),
        ("calendar", "Calendar national"),
        ("case", "Case evolve fold"),
        ("chain", "Break sealed verify"),
        ("commands", "Command"),
        ("decision", "decide left_out offers"),
        ("desk", "Desk Done UnknownCase UnknownPerson"),
        ("duties", "Duty"),
        ("erasure", "Spot erase spots"),
        ("events", "Event"),
        ("handbook", "Handbook"),
        ("linking", "others_of"),
        ("memory", "MemoryStore"),
        ("people", "Household Person"),
        ("periods", "ZONE Hours Period"),
        ("policy", "LIMITS Policy PolicyRefused change_policy"),
        ("refusals", "Refusal"),
        ("residents", "Residents"),
        ("scripts", "Script"),
        ("seat", "Seat"),
        ("terms", "Retention Term"),
        ("store", "Conflict Damaged Locked Look Store StoreError Unreachable Unwritable"),
        ("words", "Bilingual Channel Role Status label"),
    )
    for name in names.split()
}


if not TYPE_CHECKING:  # or every name would seem to be here

    def __getattr__(name: str) -> Any:
        """A public name, its module imported when it is first asked for, as few hosts need all."""
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = globals()[name] = getattr(import_module(_HOMES[name]), name)
        return found

    def __dir__() -> list[str]:
        """All public names, imported yet or not."""
        return sorted({*globals(), *__all__})
