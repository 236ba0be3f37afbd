"""The places in a module's functions and lambdas that can be broken, and each way of breaking one."""

from __future__ import annotations

import ast
import contextlib
from collections.abc import Iterator, Sequence
from types import CodeType
from typing import Any

from attrs import frozen

OTHER_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
OTHER_OPERATIONS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
OTHER_NAMES = {"any": "all", "all": "any", "min": "max", "max": "min"}
WORDING = frozenset({"Bilingual", "BadPeriod", "ValueError", "LookupError"})


ROWS = frozenset({"Step", "Bar", "DutyRule", "Move", "Guard", "Callable", "Clause"})


class Kept(ast.If):
    """What a function is never come to: the names that it has of those around it."""


class KeptAside(ast.IfExp):
    """The same in a lambda, whose own is the body."""


@frozen
class Break:
    """One way of breaking a module: on which line, what, and the code of the whole module so broken."""

    line: int
    how: str
    code: CodeType


def breaks(source: str, file: str) -> Iterator[Break]:
    """All breaks of a module's functions; what stands outside of them is data, which other mutants are of.

    So are the rows that a function makes as the module is loaded. Left alone are docstrings, annotations, defaults, the
    wording of messages, and assertions, which say what holds anyway.
    """
    tree = parsed(source)
    for parent, name, at in _inside(tree):
        held: Any = getattr(parent, name)
        old: ast.AST = held if at is None else held[at]
        for new in list(_others(old, parent, name)):
            how = _told(ast.unparse(old), "" if new is None else ast.unparse(new))
            line = _line(old, parent)
            setattr(parent, name, _with(held, at, new and ast.copy_location(new, old)))
            with contextlib.suppress(SyntaxError):
                yield Break(line, how, compile(ast.fix_missing_locations(tree), file, "exec"))
            setattr(parent, name, held)


def _with(held: Any, at: int | None, new: ast.AST | None) -> Any:
    if at is None:
        return new
    return [*held[:at], *([] if new is None else [new]), *held[at + 1 :]]


def _line(*nodes: ast.AST) -> int:
    return next((each.lineno for node in nodes for each in ast.walk(node) if hasattr(each, "lineno")), 0)


def _told(before: str, after: str) -> str:
    said = (" ".join(each.split()) for each in (before, after or "nothing"))
    return " → ".join(each if len(each) <= 70 else f"{each[:67]}..." for each in said)


def parsed(source: str) -> ast.Module:
    """The module, with all that a function has of the names around it named once more, where it is never come to.

    A function's code can be exchanged only for one that closes over the same names.
    """
    tree = ast.parse(source)
    _keep(tree, frozenset())
    return ast.fix_missing_locations(tree)


def _keep(node: ast.AST, around: frozenset[str]) -> None:
    for each in ast.iter_child_nodes(node):
        match each:
            case ast.FunctionDef() | ast.Lambda():
                _keep(each, around | _bound(each))
                _name_once_more(each, sorted(_read(each) & around - _bound(each)))
            case _:
                _keep(each, around)


def _name_once_more(function: ast.FunctionDef | ast.Lambda, names: Sequence[str]) -> None:
    kept = ast.Tuple([ast.Name(each, ast.Load()) for each in names], ast.Load())
    match function:
        case ast.FunctionDef(body=body) if names:
            body.append(Kept(ast.Constant(False), [ast.Expr(kept)], []))
        case ast.Lambda(body=body) if names:
            function.body = KeptAside(ast.Constant(True), body, kept)
        case _:
            """It has nothing of them."""


def _read(function: ast.FunctionDef | ast.Lambda) -> set[str]:
    return {each.id for each in ast.walk(function) if isinstance(each, ast.Name)}


def _bound(function: ast.FunctionDef | ast.Lambda) -> frozenset[str]:
    arguments = function.args
    stored = {each.id for each in ast.walk(function) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}
    given = {each.arg for each in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}
    several = {each.arg for each in (arguments.vararg, arguments.kwarg) if each}
    made = {each.name for each in ast.walk(function) if isinstance(each, ast.FunctionDef) and each is not function}
    return frozenset(stored | given | several | made)


Place = tuple[ast.AST, str, int | None]


def _inside(tree: ast.Module) -> list[Place]:
    """Every node within a function, by the node that it hangs on, the attribute and the place there."""
    found: list[Place] = []

    def go(node: ast.AST, within: bool) -> None:
        for name, value in ast.iter_fields(node):
            if name in ("annotation", "returns", "decorator_list", "type_params") or isinstance(value, ast.arguments):
                continue
            here = within or (name == "body" and _acts(node))
            if isinstance(node, KeptAside) and name != "body":
                continue
            for at, each in enumerate(value) if isinstance(value, list) else ((None, value),):
                if not isinstance(each, ast.AST) or _is_left_alone(each) or _is_named_type(node, at):
                    continue
                if here and not isinstance(each, KeptAside):
                    found.append((node, name, at))
                go(each, here)

    go(tree, False)
    return found


def _acts(node: ast.AST) -> bool:
    """Whether it is a function that judges a case, not one that makes the rows of a table."""
    match node:
        case ast.Lambda():
            return True
        case ast.FunctionDef(args=arguments, returns=returns):
            asked = {ast.unparse(each.annotation) for each in arguments.args if each.annotation}
            made = {each.id for each in ast.walk(returns) if isinstance(each, ast.Name)} if returns else set[str]()
            return not made & ROWS or bool(asked & {"Moment", "Case", "Case | None"})
        case _:
            return False


def _is_left_alone(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Name(id=name)) if name in WORDING:
            return True
        case ast.JoinedStr() | ast.Assert() | Kept() | ast.Expr(ast.Constant()):
            return True
        case _:
            return False


def _is_named_type(node: ast.AST, at: int | None) -> bool:
    """Whether it is the type that a value is said to be of, by `cast`."""
    match node:
        case ast.Call(func=ast.Name(id="cast")):
            return at == 0
        case _:
            return False


def _others(node: ast.AST, parent: ast.AST, name: str) -> Iterator[ast.AST | None]:
    """What may stand in the node's place; None: nothing."""
    match node:
        case ast.Compare(left, [operator], right):
            yield from (ast.Compare(left, [other()], right) for other in OTHER_COMPARISONS[type(operator)])
        case ast.Compare(left, [first, second], right):
            yield from (ast.Compare(left, [other(), second], right) for other in OTHER_COMPARISONS[type(first)])
            yield from (ast.Compare(left, [first, other()], right) for other in OTHER_COMPARISONS[type(second)])
        case ast.BoolOp(operator, values):
            yield ast.BoolOp(ast.Or() if isinstance(operator, ast.And) else ast.And(), values)
            yield from (_joined(operator, [*values[:n], *values[n + 1 :]]) for n in range(len(values)))
        case ast.UnaryOp(ast.Not(), operand):
            yield operand
        case ast.BinOp(left, operator, right) if type(operator) in OTHER_OPERATIONS:
            yield ast.BinOp(left, OTHER_OPERATIONS[type(operator)](), right)
        case ast.Constant(bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(int(value)):
            yield ast.Constant(value + 1)
        case ast.Constant(str(value)) if not isinstance(parent, ast.JoinedStr | ast.FormattedValue):
            yield ast.Constant(f"{value}?")
        case ast.Tuple(elts, ast.Load()) | ast.List(elts, ast.Load()) if elts:
            for n in range(len(elts)):
                rest = [*elts[:n], *elts[n + 1 :]]
                yield ast.Tuple(rest, ast.Load()) if isinstance(node, ast.Tuple) else ast.List(rest, ast.Load())
        case ast.Dict(keys, values):
            yield from (
                ast.Dict([*keys[:n], *keys[n + 1 :]], [*values[:n], *values[n + 1 :]]) for n in range(len(keys))
            )
        case ast.Name(id=called, ctx=ast.Load()) if called in OTHER_NAMES and name == "func":
            yield ast.Name(OTHER_NAMES[called], ast.Load())
        case ast.keyword():
            yield None
        case ast.Expr(ast.Call()) | ast.AugAssign():
            yield ast.Pass()
        case ast.comprehension(target, it, [_, *_], is_async):
            yield ast.comprehension(target, it, [], is_async)
        case ast.match_case(pattern, guard, body) if guard is not None:
            yield ast.match_case(pattern, None, body)
        case ast.MatchOr(patterns):
            yield from (_either([*patterns[:n], *patterns[n + 1 :]]) for n in range(len(patterns)))
        case ast.Break() | ast.Continue():
            yield ast.Pass()
        case _ if _is_plain_test(node, parent, name):
            yield ast.UnaryOp(ast.Not(), node)  # type: ignore[arg-type]


def _joined(operator: ast.boolop, values: list[ast.expr]) -> ast.expr:
    return values[0] if len(values) == 1 else ast.BoolOp(operator, values)


def _either(patterns: list[ast.pattern]) -> ast.pattern:
    return patterns[0] if len(patterns) == 1 else ast.MatchOr(patterns)


def _is_plain_test(node: ast.AST, parent: ast.AST, name: str) -> bool:
    """Whether it is asked for its truth and has no operator of its own that could be broken."""
    if not isinstance(node, ast.Call | ast.Name | ast.Attribute | ast.NamedExpr):
        return False
    match parent:
        case ast.If() | ast.IfExp() if not isinstance(parent, KeptAside):
            return name == "test"
        case ast.Lambda() | KeptAside() | ast.Return():
            return True
        case _:
            return False
