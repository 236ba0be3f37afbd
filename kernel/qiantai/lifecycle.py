"""The tables a life cycle is written in: duties, bars, and steps with what each opens, discharges and keeps."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from itertools import product

from attrs import field, frozen

from qiantai.case import Case
from qiantai.clauses import Clause
from qiantai.commands import Asked, Field
from qiantai.events import Change, Entered
from qiantai.moment import Moment
from qiantai.periods import Due
from qiantai.policy import Limit
from qiantai.refusals import Refusal
from qiantai.words import CLOSED, NOTHING, Bilingual, Role

Guard = Callable[[Moment], bool]
Changes = Callable[[Moment], tuple[Change, ...]]
ROLES_AS_SUCH = frozenset(Role) - {Role.AREA_MANAGER}


def always(_: Moment) -> bool:
    """The guard that holds."""
    return True


def any_case(_: Case) -> bool:
    """What holds of every case."""
    return True


@frozen
class DutyRule:
    """A row of the duty table: by which clause, how long (a policy key), and who owes it.

    `since_receipt` says that the time runs from the first receipt; else, or where a step opens it `anew`, from the
    step. `for_case` picks among rows of one name, `where` names which among the labels' conditions. `spoken` duties are
    void from the start in an anonymous case, which has nobody to speak to; `silent` ones never open there. `in_hours`:
    outside desk hours it runs from their opening.
    """

    clause: Clause
    name: str
    limit: str
    owed_by: str
    since_receipt: bool = True
    for_case: Callable[[Case], bool] = any_case
    spoken: bool = False
    silent: bool = False
    in_hours: bool = False
    where: str = ""


_NAME = r"\{\w+\}"


def no_names(_: Moment) -> Mapping[str, Bilingual]:
    """Nothing to be named."""
    return {}


@frozen
class Bar:
    """What a clause forbids (or, with no clause, what cannot be as things stand), and in which words that is said.

    `rule` names it within its kind. Where it stands among a request's `bars`, `commands` and `states` say where it
    holds (no states: in every open one) and it speaks before all else; among a step's, it speaks for that step.
    `by_fields`: it depends on what is said with the command, or on another case: the command is still offered.
    `names` gives what stands in `why` as `{name}`.
    """

    clause: Clause | None
    rule: str
    when: Guard
    why: Bilingual
    would_do: Bilingual = NOTHING
    commands: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    by_fields: bool = False
    names: Callable[[Moment], Mapping[str, Bilingual]] = no_names

    @property
    def in_general(self) -> Bilingual:
        """`why` where nothing is named, with … in the names' places."""
        return Bilingual(re.sub(_NAME, "…", self.why.zh), re.sub(_NAME, "…", self.why.en))

    def refusal(self, moment: Moment, **names: Bilingual) -> Refusal:
        """The refusal that it makes of a command; `names` are further ones that stand in `why`."""
        named = {**self.names(moment), **names}
        why = self.why.format(**named) if named else self.why
        return Refusal(moment.command, moment.at, self.rule, self.clause, why, self.would_do)


@frozen
class On:
    """A duty named by a step, `when` a guard holds; `anew` runs its time from the step, `once` only once a case.

    `where` is the guard's name among the labels' conditions.
    """

    name: str
    when: Guard = always
    anew: bool = False
    once: bool = False
    where: str = ""


def _ons(given: Iterable[str | On]) -> tuple[On, ...]:
    return tuple(each if isinstance(each, On) else On(each) for each in given)


@frozen
class Move:
    """A due time that a step moves: of which duty, to when (None: not at all)."""

    name: str
    to: Callable[[Moment], Due | None]


def no_changes(_: Moment) -> tuple[Change, ...]:
    """Nothing more."""
    return ()


@frozen(slots=False)
class Step:
    """A row of a life cycle: in these states this command by one of these leads to that state.

    `who` are roles, or `anyone`, `owner`, `handler`, `first_contact`. `to` is empty where the state stays. Of several
    rows for one state and command the first counts whose `for_case`, `who` and `when` fit; `when` may look at what is
    said with the command, `for_case` at the case alone. `keeps` are the fields that become
    facts of the case, under their own name or another; `work` says that who gives it works on the case. `branch` tells
    apart the rows of one command, by a name among the labels' conditions.
    """

    clause: Clause
    states: tuple[str, ...]
    command: str
    who: tuple[str, ...]
    to: str = ""
    for_case: Callable[[Case], bool] = any_case
    when: Guard = always
    fields: tuple[Field, ...] = ()
    bars: tuple[Bar, ...] = ()
    opens: tuple[On, ...] = field(default=(), converter=_ons)
    discharges: tuple[On, ...] = field(default=(), converter=_ons)
    voids: tuple[On, ...] = field(default=(), converter=_ons)
    moves: tuple[Move, ...] = ()
    keeps: Mapping[str, str] = field(factory=dict[str, str])
    changes: Changes = no_changes
    work: bool = False
    on_the_spot: bool = False
    branch: str = ""

    @property
    def key(self) -> str:
        """Its name within its kind: states, command, branch and target."""
        states = "|".join(self.states) or "-"
        return f"{states} —{self.command}{f'({self.branch})' if self.branch else ''}→ {self.to or 'same'}"

    @cached_property
    def roles(self) -> frozenset[str]:
        """Those of `who` that holding a role is enough for, whatever the case."""
        return ROLES_AS_SUCH & frozenset(self.who)

    @cached_property
    def standings(self) -> tuple[str, ...]:
        """Those of `who` that depend on where somebody stands towards the case, an area manager's area with them."""
        return tuple(each for each in self.who if each not in self.roles)

    @cached_property
    def enters(self) -> tuple[Entered, ...]:
        """The state that it leads to, as a change; none where the state stays."""
        return (Entered(self.to),) if self.to else ()

    @cached_property
    def asked(self) -> Asked:
        """What it asks for."""
        return asked((self,))


def asked(steps: Iterable[Step]) -> Asked:
    """What these ask for together: of a field's rows the first counts, unless a later one has to be given."""
    found: dict[str, Field] = {}
    for each in (one for step in steps for one in step.fields):
        if each.name not in found or (each.must and not found[each.name].must):
            found[each.name] = each
    fields = found.values()
    defaults = {each.name: each.default for each in fields if each.default is not None and not each.must}
    return Asked(found, defaults, tuple(each.name for each in fields if each.must))


@frozen(slots=False)
class Row:
    """What a command meets in a state: the bars that speak before all else, and the steps, of which one is taken."""

    bars: tuple[Bar, ...]
    steps: tuple[Step, ...]

    @cached_property
    def asked(self) -> Asked:
        """What its steps ask for together."""
        return asked(self.steps)

    @cached_property
    def _for_any_case(self) -> bool:
        return all(each.for_case is any_case for each in self.steps)

    def steps_for(self, case: Case) -> tuple[Step, ...]:
        """The steps that this case may come to."""
        return self.steps if self._for_any_case else tuple(each for each in self.steps if each.for_case(case))


_NOWHERE = Row((), ())


@frozen(slots=False)
class Request:
    """One kind of case: its states, its tables, what its form must hold and where it is filed.

    `linked` are the rows that nobody takes: what a command on the incident means for a case that is linked to it.
    `bars` name a state or a role and speak first. `reactions` are duties that arise whenever their guard comes to hold
    on the case as the step leaves it. `form` names the facts that closing needs [H-4.6.2] beside who, how to reach
    them and `summary`; `dossier` whether the case goes into the household's dossier [H-4.6.2, M-3.4a]. `limits` are
    rows of the policy that this kind brings, beside those of `policy.py`.
    """

    kind: str
    prefix: str
    states: tuple[str, ...]
    duties: tuple[DutyRule, ...]
    steps: tuple[Step, ...]
    linked: tuple[Step, ...] = ()
    bars: tuple[Bar, ...] = ()
    reactions: tuple[On, ...] = ()
    form: tuple[str, ...] = ()
    dossier: Callable[[Case], str] = field(default=lambda _: "")
    registered: Callable[[Case], bool] = any_case
    limits: tuple[Limit, ...] = ()

    @property
    def open_states(self) -> tuple[str, ...]:
        """All states but `closed`."""
        return tuple(each for each in self.states if each != CLOSED)

    @cached_property
    def table(self) -> Mapping[tuple[str, str], tuple[Step, ...]]:
        """The steps by state and command."""
        table: dict[tuple[str, str], tuple[Step, ...]] = {}
        for step in self.steps:
            for state in step.states:
                table[state, step.command] = (*table.get((state, step.command), ()), step)
        return table

    def row(self, state: str, command: str) -> Row:
        """What the command meets in that state."""
        return self._rows.get((state, command), _NOWHERE)

    @cached_property
    def _rows(self) -> Mapping[tuple[str, str], Row]:
        bars: dict[tuple[str, str], tuple[Bar, ...]] = {}
        for bar in self.bars:
            for place in product(bar.states or self.open_states, bar.commands):
                bars[place] = (*bars.get(place, ()), bar)
        return {place: Row(bars.get(place, ()), self.table.get(place, ())) for place in (*self.table, *bars)}

    @cached_property
    def commands(self) -> tuple[str, ...]:
        """All commands of the kind, in the order of its table."""
        return tuple(dict.fromkeys(step.command for step in self.steps))

    @cached_property
    def fields(self) -> Mapping[str, Mapping[str, Field]]:
        """The fields of each command, over all its rows."""
        found: dict[str, dict[str, Field]] = {}
        for step in self.steps:
            found.setdefault(step.command, {}).update({each.name: each for each in step.fields})
        return found

    @cached_property
    def lapses(self) -> tuple[On, ...]:
        """The reactions that end again once their guard no longer holds."""
        return tuple(each for each in self.reactions if not each.once)

    def duty_rule(self, name: str, case: Case) -> DutyRule:
        """The row of the duty table for that name and that case."""
        for each in self._duty_rules[name]:
            if each.for_case(case):
                return each
        raise LookupError(f"{self.kind} has no duty {name} for {case.number}")

    @cached_property
    def _duty_rules(self) -> Mapping[str, tuple[DutyRule, ...]]:
        names = dict.fromkeys(each.name for each in self.duties)
        return {name: tuple(each for each in self.duties if each.name == name) for name in names}
