"""What asks who is calling before a view runs: decorators, hooks, wrappers."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any, NamedTuple

from ..events import brief
from ..values.objects import Bound, Class, Function, Instance, Partial, Scope
from ..values.value import Value
from . import happenings as happened
from .happenings import Happening
from .project import Project, dotted
from .traits import CLIENT, COUNTER, IDENTITY, SESSION
from .vocabulary import GUARD, GUARDING, NO_GUARD, OPEN, ROLES
from .walk import Known, Names, Walk

if TYPE_CHECKING:
    from collections.abc import Iterable


def guard_of(project: Project, node: ast.expr, value: Value) -> str:
    """Return what says that a decorator asks who is calling: ``library``, ``code`` or ``name``; empty: nothing."""
    name = dotted(node)
    if _is_optional(node) or OPEN.search(name):
        return ""
    functions = list(functions_of(value))
    if functions:
        if any(asks(inner_walk(project, one)) for one in functions):
            return "code"
        return "name" if GUARD.search(name) and any(map(_wraps, functions)) else ""
    if value.path.startswith(NO_GUARD):
        return ""
    if value.path.startswith(GUARDING) and GUARD.search(name):
        return "library"
    return "name" if GUARD.search(name) else ""


def _is_optional(node: ast.expr) -> bool:
    """Return whether a decorator is told that a login is optional."""
    keywords = node.keywords if isinstance(node, ast.Call) else []
    return any(
        one.arg == "optional" and isinstance(one.value, ast.Constant) and bool(one.value.value) for one in keywords
    )


def functions_of(value: Value) -> Iterable[Function]:
    """Yield the functions of the project that a value can be."""
    for ref in value.refs:
        if isinstance(ref, Function):
            yield ref
        elif isinstance(ref, (Bound, Partial)):
            yield from functions_of(ref.function)
        elif isinstance(ref, (Instance, Class)):
            cls = ref.cls if isinstance(ref, Instance) else ref
            for one in cls.ancestors():
                member: Value | None = one.scope.payload.get("__call__")
                if member is not None:
                    yield from functions_of(member)


def asks(found: Iterable[Happening]) -> bool:
    """Return whether somebody is asked who is calling."""
    return any(
        (one.kind == happened.TESTED and one.decides and IDENTITY in one.traits) or one.kind == happened.PROVED
        for one in found
    )


def inner_walk(project: Project, decorator: Function) -> list[Happening]:
    """Return what happens in the wrappers that a decorator makes."""
    found: list[Happening] = []
    for wrapper in wrappers_of(decorator):
        walk = Walk(project, None, [wrapper])
        names: Names = {}
        spec = wrapper.node.args
        for one in (*spec.posonlyargs, *spec.args, *spec.kwonlyargs):
            names[one.arg] = Known(frozenset({CLIENT}))
        walk.run(wrapper, names)
        found += walk.happenings
        for node, value in project.decorations.get(wrapper.node, ()):
            if guard_of(project, node, value) in ("library", "code"):
                walk.frames.append(_frame(wrapper))
                walk.note(happened.PROVED, node, frozenset({IDENTITY}), dotted(node))
                found += walk.happenings[-1:]
    return found


def _frame(function: Function):  # type: ignore[no-untyped-def]
    from .walk import Frame

    return Frame(function, {}, is_top=True)


def wrappers_of(decorator: Function) -> list[Function]:
    """Return the functions that stand in a decorator, as if they had been made."""
    found: list[Function] = []
    if isinstance(decorator.node, ast.Lambda):
        return found
    scope = Scope(decorator.scope, "function", {})
    for node in ast.walk(decorator.node):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node is not decorator.node:
            found.append(Function(node, decorator.source, scope, f"{decorator.name}.{node.name}"))
    return found


def _wraps(decorator: Function) -> bool:
    """Return whether a decorator makes another function, and does not only put a mark on the one that it is given."""
    return any(_calls_its_parameter(one) for one in wrappers_of(decorator)) or not wrappers_of(decorator)


def _calls_its_parameter(function: Function) -> bool:
    return any(
        isinstance(node, ast.Call) and any(isinstance(argument, ast.Starred) for argument in node.args)
        for node in ast.walk(function.node)
    )


class Hook(NamedTuple):
    """A function that runs before views.

    Attributes:
        owner: What made the blueprint that it belongs to, or ``None``: it runs before every view.
        name: Of the function.
        refuses: Whether it refuses strangers.
        roles: Whether it asks for more than a login.
        limits: Whether it counts attempts.
        functions: That it runs.
    """

    owner: Any
    name: str
    refuses: bool
    roles: bool
    limits: bool
    functions: tuple[Function, ...] = ()


def hook_of(project: Project, functions: list[Function], owner: Any) -> Hook:
    """Return what a function that runs before requests does."""
    found: list[Happening] = []
    decorated = False
    for function in functions:
        walk = Walk(project, None, functions)
        walk.run(function, {})
        found += walk.happenings
        for node, value in project.decorations.get(function.node, ()):
            name = dotted(node)
            decorated |= bool(not name.rpartition(".")[2].startswith("before_") and guard_of(project, node, value))
    name = functions[-1].name if functions else ""
    roles = ROLES.search(name) is not None or wants_roles(found)
    return Hook(owner, name, decorated or asks(found), roles, counts(found), tuple(functions))


def counts(found: Iterable[Happening]) -> bool:
    """Return whether attempts are counted where the client cannot go back to an earlier count."""
    return any(
        one.kind == happened.TESTED and one.decides and COUNTER in one.traits and SESSION not in one.traits
        for one in found
    )


def wants_roles(found: Iterable[Happening]) -> bool:
    """Return whether more is asked for than a login."""
    return any(
        IDENTITY in one.traits
        and (one.kind == happened.PROVED or (one.kind == happened.TESTED and one.decides))
        and ROLES.search(brief(one.node))
        for one in found
    )
