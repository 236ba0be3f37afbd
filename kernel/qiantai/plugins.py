"""The door through which plugins come in: each is loaded by its name, and one that fails is named with the reason."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from inspect import isroutine, signature
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from attrs import frozen
from pluggy import PluginManager, PluginValidationError

from qiantai import hookspecs
from qiantai.brought import bring
from qiantai.case import Case
from qiantai.days import Year
from qiantai.events import Event
from qiantai.flaws import flaw
from qiantai.lifecycle import Request
from qiantai.offered import OfferedScreen, unfit
from qiantai.policy import LIMITS
from qiantai.requests import INCIDENT_REQUEST, REQUESTS
from qiantai.store import Store, StoreError
from qiantai.words import Bilingual

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint
    from pathlib import Path

PLUGINS = "qiantai.plugins"
STORES = "qiantai.stores"
ROLLS = "qiantai.rolls"
COPIES = "qiantai.copies"
MEMORY = "memory"

T = TypeVar("T")

_MISSING = Bilingual("缺少 Python 库 {what},装上它再启动", "the library {what} is missing; install it and start again")
_BROKEN = Bilingual("装载时出错:{what}", "it failed to load: {what}")
_MISSPELT = Bilingual("没有叫 {what} 的钩子;是不是 {meant}?", "there is no hook {what}; is {meant} meant?")
_UNMARKED = Bilingual("函数 {what} 没有标 @hookimpl", "the function {what} is not marked @hookimpl")
_EMPTY = Bilingual("一个钩子也没有;有:{what}", "it has no hook; there are: {what}")
_TWICE = Bilingual("它已经以 {what} 的名字装上了", "it is there already, as {what}")
_RAISED = Bilingual("{hook} 出错:{what}", "{hook} failed: {what}")
_STRANGE = Bilingual("{hook} 给的 {what} 不是 {wanted}", "{hook} gave {what}, which is no {wanted}")
_FLAWED = Bilingual("{hook} 给的 {what} 不能用:{why}", "{hook} gave {what}, which will not do: {why}")
_KNOWN = Bilingual("{hook} 给的 {what} 已经有了", "{hook} gave {what}, which is there already")
_NO_ADDRESS = Bilingual("{name} 只存在小区文件夹里,不要写地址", "{name} keeps to the site's folder and has no address")
_NO_STORE = Bilingual("没有叫 {name!r} 的;有:{what}", "there is none called {name!r}; there are: {what}")


@frozen
class Failure:
    """A plugin that did not load, or did not do what it was asked, and why."""

    name: str
    why: Bilingual


@frozen
class Answers(Generic[T]):
    """What the plugins gave, in the order of their names, which gave each, and which of them failed to."""

    values: tuple[T, ...]
    failures: tuple[Failure, ...]
    givers: tuple[str, ...] = ()


class NoStore(StoreError):
    """A store that is not there, or whose library is missing."""


@frozen
class Plugins:
    """The plugins that loaded, by name, and those that failed to. What one of them raises stops no other."""

    manager: PluginManager
    loaded: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()

    def calendar_years(self, known: Collection[int]) -> Answers[Year]:
        """Years of the calendar besides the known ones; one that is known already is its plugin's failure."""
        return self._ask("qiantai_calendar_years", Year, lambda each: each.year, known, known=frozenset(known))

    def requests(self, known: Collection[str]) -> Answers[Request]:
        """Kinds of request besides the known ones; one that is known already, or flawed, is its plugin's failure."""
        limits, prefixes = dict(LIMITS), {each.prefix for each in (*REQUESTS.values(), INCIDENT_REQUEST)}

        def flawed(kind: Request) -> Bilingual | None:
            why = flaw(kind, limits, prefixes)
            if why is None:
                limits.update({each.key: each for each in kind.limits})
                prefixes.add(kind.prefix)
            return why

        return self._ask("qiantai_requests", Request, lambda each: each.kind, known, flawed)

    def kinds(self) -> tuple[Mapping[str, Request], tuple[Failure, ...]]:
        """All kinds by name, the kernel's own first, for `Handbook.requests`; and the plugins that failed at theirs."""
        asked = self.requests((*REQUESTS, INCIDENT_REQUEST.kind))
        return {**REQUESTS, **{each.kind: each for each in asked.values}}, asked.failures

    def screens(self, known: Collection[str]) -> Answers[OfferedScreen]:
        """Screens besides the known ones; one that is known already, or has no label or name, is a failure."""
        return self._ask("qiantai_screens", OfferedScreen, lambda each: each.name, known, unfit)

    def after_events(self, events: Sequence[Event], case: Case) -> tuple[Failure, ...]:
        """Tells every plugin of events that are durable; gives those that failed at it."""
        heard = self._each("qiantai_after_events", events=tuple(events), case=case)
        return tuple(each for _, each in heard if isinstance(each, Failure))

    def _ask(
        self,
        hook: str,
        wanted: type[T],
        key: Callable[[T], object],
        taken: Collection[object],
        flawed: Callable[[T], Bilingual | None] = lambda _: None,
        **given: object,
    ) -> Answers[T]:
        found: dict[object, tuple[T, str]] = {}
        failures: list[Failure] = []
        for name, heard in self._each(hook, **given):
            if isinstance(heard, Failure):
                failures.append(heard)
            elif why := _refused(hook, heard, wanted, key, {*taken, *found}, flawed):
                failures.append(Failure(name, why))
            else:
                found |= {key(each): (each, name) for each in heard}
        return Answers(tuple(one for one, _ in found.values()), tuple(failures), tuple(by for _, by in found.values()))

    def _each(self, hook: str, **given: object) -> Iterator[tuple[str, tuple[Any, ...] | Failure]]:
        everyone = {name: self.manager.get_plugin(name) for name in self.loaded}
        for name, plugin in everyone.items():
            try:
                heard = tuple(each for answer in _alone(self.manager, plugin, hook, **given) for each in answer)
            except Exception as error:
                yield name, Failure(name, _RAISED.format(hook=hook, what=_said(error)))
            else:
                yield name, heard


def load_plugins(disabled: Collection[str] = ()) -> Plugins:
    """Every installed plugin whose name is not among the disabled, each with its hooks checked.

    Raises nothing for a plugin's fault: it is among `failures`, and none of its hooks is called.
    """
    manager = PluginManager(hookspecs.PROJECT)
    manager.add_hookspecs(hookspecs)
    loaded: list[str] = []
    failures: list[Failure] = []
    for point in _points(PLUGINS):
        if point.name in disabled:
            continue
        why = _load(manager, point)
        if why is None:
            loaded.append(point.name)
        else:
            failures.append(Failure(point.name, why))
    return Plugins(manager, tuple(loaded), tuple(failures))


def open_store(name: str, path: Path) -> Store:
    """The store of that name on that folder; `memory` forgets at exit and touches no folder.

    A name like `postgresql://desk@host/estate` is an address: what stands before `://` is the store's name, and the
    store is given the whole of it besides the folder. Raises `NoStore`, naming the stores there are; what opening it
    raises is the store's own.
    """
    if name == MEMORY:
        from qiantai.memory import MemoryStore

        return MemoryStore()
    scheme, lies_elsewhere, _ = name.partition("://")
    opener = _chosen(STORES, scheme, (MEMORY,))
    if lies_elsewhere and len(signature(opener).parameters) < 2:
        raise NoStore(_NO_ADDRESS.format(name=scheme))
    store: Store = opener(path, name) if lies_elsewhere else opener(path)
    return store


def copy_of_store(name: str) -> Callable[[Path, Path], None] | None:
    """What copies a site's folder into an empty one while it is open, by the name of its store.

    None where the store needs none, as several may have it open at once. Raises `NoStore` where a library is missing.
    """
    known = {each.name for each in _points(COPIES)}
    copier: Callable[[Path, Path], None] | None = _chosen(COPIES, name, ()) if name in known else None
    return copier


def roll_reader(name: str = "files") -> Any:
    """What reads the roll of households as firms keep it: it has `read_roll(path)` and `compare(reading, existing)`.

    Raises `NoStore` where it is not there, or a library that it needs is missing.
    """
    return _chosen(ROLLS, name, ())


def _chosen(group: str, name: str, built_in: tuple[str, ...]) -> Any:
    points = {each.name: each for each in _points(group)}
    if name not in points:
        raise NoStore(_NO_STORE.format(name=name, what=", ".join((*built_in, *points))))
    try:
        return points[name].load()
    except Exception as error:
        raise NoStore(_why(error)) from error


def _points(group: str) -> list[EntryPoint]:
    from importlib.metadata import entry_points  # costs milliseconds that `import qiantai` need not pay

    return sorted(entry_points(group=group), key=lambda each: each.name)


def _alone(manager: PluginManager, plugin: Any, hook: str, **given: object) -> list[Any]:
    """What one plugin answers to a hook; nothing where it has not that hook."""
    others = [each for each in manager.get_plugins() if each is not plugin]
    answers: list[Any] = manager.subset_hook_caller(hook, others)(**given)
    return answers


def _load(manager: PluginManager, point: EntryPoint) -> Bilingual | None:
    try:
        plugin = point.load()
    except Exception as error:
        return _why(error)
    twin = point.name if manager.has_plugin(point.name) else manager.get_name(plugin)
    if twin is not None:
        return _TWICE.format(what=twin)
    try:
        manager.register(plugin, name=point.name)
    except PluginValidationError as error:
        if manager.is_registered(plugin):
            manager.unregister(plugin)
        return _why(error)
    why = _fault(manager, plugin) or _words(manager, plugin, point.name)
    if why is not None:
        manager.unregister(plugin)
    return why


def _fault(manager: PluginManager, plugin: Any) -> Bilingual | None:
    known = [each for each in vars(hookspecs) if each.startswith("qiantai_")]
    hooks = manager.get_hookcallers(plugin) or []
    try:
        manager.check_pending()
    except PluginValidationError:
        from difflib import get_close_matches  # of no use to a start where all is well

        what = next(each.name for each in hooks if not each.has_spec())
        meant = get_close_matches(what, known, n=1, cutoff=0) or known
        return _MISSPELT.format(what=what, meant=meant[0])
    named = [each for each in dir(plugin) if each.startswith("qiantai_") and isroutine(getattr(plugin, each))]
    unmarked = [each for each in named if manager.parse_hookimpl_opts(plugin, each) is None]
    if unmarked:
        return _UNMARKED.format(what=", ".join(unmarked))
    return None if hooks else _EMPTY.format(what=", ".join(known))


def _words(manager: PluginManager, plugin: Any, name: str) -> Bilingual | None:
    """Takes the labels and clauses that a plugin brings; gives why not."""
    hook = "qiantai_labels"
    try:
        (labels,) = _alone(manager, plugin, hook) or [dict[str, Any]()]
        hook = "qiantai_clauses"
        return bring(name, labels, [row for rows in _alone(manager, plugin, hook) for row in rows])
    except Exception as error:
        return _RAISED.format(hook=hook, what=_said(error))


def _refused(
    hook: str,
    heard: Iterable[object],
    wanted: type[T],
    key: Callable[[T], object],
    taken: Collection[object],
    flawed: Callable[[T], Bilingual | None],
) -> Bilingual | None:
    seen = set(taken)
    for each in heard:
        if not isinstance(each, wanted):
            return _STRANGE.format(hook=hook, wanted=wanted.__name__, what=repr(each))
        if key(each) in seen:
            return _KNOWN.format(hook=hook, what=key(each))
        if why := flawed(each):
            return _FLAWED.format(hook=hook, what=key(each), why=why)
        seen.add(key(each))
    return None


def _why(error: Exception) -> Bilingual:
    match error:
        case ModuleNotFoundError(name=str(name)):
            return _MISSING.format(what=name)
        case _:
            return _BROKEN.format(what=_said(error))


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
