"""What a step costs: the kernel beside two state machine libraries that walk the same states by the same commands.

The kernel reads the fields, asks the bars, opens and discharges duties with their due times, files the case and keeps
its history. The others only go from state to state: a machine a kind and an object a case, with plain transitions that
have no conditions and call nothing. Ours at its least is `decide` and `evolve`; a desk adds a store in memory. Of
that the values alone, an event and the case after it, are timed too, with nothing read, asked or counted: no rule can
cost less than what it is written down in.
"""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from importlib import import_module
from time import perf_counter
from typing import Any

from attrs import fields, frozen
from workload import HANDBOOK, MORE, SECOND, START, WAYS, Counter  # type: ignore[import-not-found]

from qiantai import Case, Command, Event, Refusal, decide, evolve

ROUNDS, CASES = 60, 4
KEPT = 50


@frozen
class Way:
    """One way to walk: `begin` makes a case of a kind, `walk` takes it from there to its end and gives it."""

    name: str
    begin: Callable[[str], Any]
    walk: Callable[[str, Any], Any]
    ended: Callable[[Any], str]


def paths() -> Mapping[str, tuple[tuple[str, str, str], ...]]:
    """For each kind, the commands of its way with the states they lead from and to, as the kernel takes them."""
    found: dict[str, tuple[tuple[str, str, str], ...]] = {}
    for kind, commands in WAYS.items():
        counter = Counter()
        case = counter.receive(kind)
        path: list[tuple[str, str, str]] = []
        for name, by, said in commands:
            before, case = case.state, counter.go_on(case, name, by, said)
            path.append((name, before, case.state))
        found[kind] = tuple(path)
    return found


PATHS = paths()


def by_functions() -> Way:
    """The kernel's pure functions: one decides, one makes the case after each event."""

    def take(case: Case | None, command: Command, at: datetime) -> Case:
        events = decide(case, command, at, HANDBOOK)
        assert not isinstance(events, Refusal), events
        return evolve(case, events[0])

    def begin(kind: str) -> Case:
        said = {"kind": kind, "channel": "phone", "household": "1-2-301", "summary": "漏水", **MORE.get(kind, {})}
        return take(None, Command("receive", "desk", "X-20261123-001", said), START)

    def walk(kind: str, case: Case) -> Case:
        at = START
        for name, by, said in WAYS[kind]:
            at += SECOND
            case = take(case, Command(name, by, case.number, said), at)
        return case

    return Way("qiantai decide + evolve", begin, walk, lambda case: str(case.state))


def by_a_desk() -> Way:
    """The kernel's facade, with a store in memory."""
    counter = Counter()

    def walk(kind: str, case: Case) -> Case:
        for name, by, said in WAYS[kind]:
            case = counter.go_on(case, name, by, said)
        return case

    return Way("qiantai Desk + MemoryStore", counter.receive, walk, lambda case: str(case.state))


def by_values_alone() -> Way:
    """The events of each way made anew, all that is in them known already, and the case after each."""
    made: dict[str, list[tuple[Event, list[tuple[type[Any], list[Any]]]]]] = {}
    for kind in WAYS:
        history = Counter().whole(kind).history
        made[kind] = [
            (event, [(type(each), [getattr(each, name.name) for name in fields(type(each))]) for each in event.changes])
            for event in history
        ]

    def again(event: Event, changes: list[tuple[type[Any], list[Any]]]) -> Event:
        anew = tuple([make(*values) for make, values in changes])
        return Event(event.case, event.seq, event.at, event.by, event.name, event.fields, anew)

    def walk(kind: str, case: Case) -> Case:
        for event, changes in made[kind][1:]:
            case = evolve(case, again(event, changes))
        return case

    return Way(
        "qiantai values alone",
        lambda kind: evolve(None, again(*made[kind][0])),
        walk,
        lambda case: str(case.state),
    )


class Matter:
    """What a machine of `transitions` drives: an object a case."""

    state: str


def _transitions(kind: str) -> Any:
    states = dict.fromkeys(state for _, before, after in PATHS[kind] for state in (before, after))
    return import_module("transitions").Machine(
        model=None,
        states=list(states),
        transitions=[list(each) for each in PATHS[kind]],
        initial=PATHS[kind][0][1],
        auto_transitions=False,
    )


def by_transitions() -> Way:
    """`transitions` as documented: one machine for many objects, which it gives a method a command."""
    machines = {kind: _transitions(kind) for kind in WAYS}

    def begin(kind: str) -> Matter:
        matter = Matter()
        machines[kind].add_model(matter)
        return matter

    def walk(kind: str, matter: Matter) -> Matter:
        for name, _, _ in PATHS[kind]:
            getattr(matter, name)()
        return matter

    return Way("transitions add_model", begin, walk, lambda matter: str(matter.state))


def by_events_of_transitions() -> Way:
    """`transitions` at its lightest: objects that the machine is not told of, driven by the machine's own events."""
    machines = {kind: _transitions(kind) for kind in WAYS}

    def begin(kind: str) -> Matter:
        matter = Matter()
        matter.state = machines[kind].initial
        return matter

    def walk(kind: str, matter: Matter) -> Matter:
        events = machines[kind].events
        for name, _, _ in PATHS[kind]:
            events[name].trigger(matter)
        return matter

    return Way("transitions events, no add_model", begin, walk, lambda matter: str(matter.state))


def _machine_class(kind: str) -> type[Any]:
    library = import_module("statemachine")
    names = dict.fromkeys(state for _, before, after in PATHS[kind] for state in (before, after))
    last = PATHS[kind][-1][2]
    states = {name: library.State(name, initial=place == 0, final=name == last) for place, name in enumerate(names)}
    steps = {name: states[before].to(states[after]) for name, before, after in PATHS[kind]}
    return type(kind.capitalize(), (library.StateMachine,), {**states, **steps})


def by_python_statemachine() -> Way:
    """`python-statemachine` as documented: a class a kind, a machine a case, which is its own model."""
    classes = {kind: _machine_class(kind) for kind in WAYS}

    def walk(kind: str, machine: Any) -> Any:
        for name, _, _ in PATHS[kind]:
            machine.send(name)
        return machine

    return Way(
        "python-statemachine",
        lambda kind: classes[kind](),
        walk,
        lambda machine: str(next(iter(machine.configuration)).id),
    )


def timed(ways: Iterable[Way]) -> Mapping[str, tuple[float, float]]:
    """Microseconds of a new case and of a step, the fastest of some rounds, in turns; a kind's cases together."""
    best: dict[tuple[str, str], list[float]] = {}
    for _ in range(ROUNDS):
        for way in ways:
            for kind in WAYS:
                began = perf_counter()
                cases = [way.begin(kind) for _ in range(CASES)]
                begun = perf_counter()
                for case in cases:
                    way.walk(kind, case)
                ended = perf_counter()
                took = best.setdefault((way.name, kind), [1.0, 1.0])
                took[:] = [min(took[0], begun - began), min(took[1], ended - begun)]
    count = sum(len(each) for each in WAYS.values())
    return {
        way.name: (
            sum(best[way.name, kind][0] for kind in WAYS) / CASES / len(WAYS) * 1e6,
            sum(best[way.name, kind][1] for kind in WAYS) / CASES / count * 1e6,
        )
        for way in ways
    }


def weighed(make: Callable[[], Way]) -> float:
    """Bytes of a case at the end of its way, over all six kinds."""
    way = make()
    for kind in WAYS:
        way.walk(kind, way.begin(kind))
    gc.collect()
    tracemalloc.start()
    kept = [way.walk(kind, way.begin(kind)) for kind in WAYS for _ in range(KEPT)]
    gc.collect()
    grown = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return grown / len(kept)


def main() -> None:
    """Prints a line a way, and how the kernel's least stands to each of the others."""
    makers = (
        by_functions,
        by_a_desk,
        by_values_alone,
        by_transitions,
        by_events_of_transitions,
        by_python_statemachine,
    )
    ways = [make() for make in makers]
    for way in ways:
        for kind in WAYS:
            assert way.ended(way.walk(kind, way.begin(kind))) == PATHS[kind][-1][2], (way.name, kind)
    times = timed(ways)
    steps = sum(len(each) for each in WAYS.values()) / len(WAYS)
    print(f"{'':34}{'new case':>10}{'step alone':>12}{'steps/s':>10}{'with new case':>15}{'bytes a case':>14}")
    for way, make in zip(ways, makers, strict=True):
        new, step = times[way.name]
        whole = (new + step * steps) / steps
        print(f"{way.name:34}{new:7.1f} us{step:9.2f} us{1e6 / step:10,.0f}{whole:9.2f} us/step{weighed(make):14,.0f}")
    ours = times[ways[0].name]
    for way in ways[3:]:
        new, step = times[way.name]
        whole = (new + step * steps) / (ours[0] + ours[1] * steps)
        print(f"as quick as {way.name:30}{step / ours[1]:6.2f} x steps alone{whole:8.2f} x with a new case   mark 1")


if __name__ == "__main__":
    main()
