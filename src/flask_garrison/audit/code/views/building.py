"""From what the interpreter has seen to the views of a project."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from ..entries import PARAMETER, Entry, view_classes
from ..values.objects import Class, Function, Mapping, Sequence
from ..values.value import Value
from .guards import Hook, functions_of, guard_of, hook_of
from .limits import find_limits
from .model import Decorator, View, Views
from .project import Project, dotted
from .traits import CLIENT
from .walk import Given, Known, Walk, bind

if TYPE_CHECKING:
    from ..interpreter.machine import Machine
    from ..project.sources import Source

_VERBS: Final = ("get", "post", "put", "patch", "delete")
_HOOKS: Final = frozenset({"before_request", "before_app_request"})
_FROM_CLIENT: Final = Known(frozenset({CLIENT}))


def views_of(machine: Machine, sources: list[Source]) -> Views:
    """Return the views of a project after it was run."""
    project = Project(machine)
    builder = Builder(project)
    views = Views(list(builder.views()), notes=machine.notes)
    find_limits(project, sources, views)
    for view in views.all:
        try:
            look_into(project, view)
        except RecursionError:
            views.failed.append((view.source.shown, view.line, f"{view.name}: nested too deeply"))
    return views


class Builder:
    """Puts together what is known of each view."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.machine = project.machine
        self.parents, self.prefixes = self._blueprints()
        self.hooks = list(self._hooks())

    def _blueprints(self) -> tuple[dict[int, list[Any]], dict[int, str]]:
        """Return what each blueprint is registered on, and the prefixes that it is given there."""
        parents: dict[int, list[Any]] = {}
        prefixes: dict[int, str] = {}
        for receiver, given, call in self.machine.notes.get("blueprints", ()):
            key = id(_maker(given))
            parents.setdefault(key, []).append(_maker(receiver))
            prefix = call.arg(None, "url_prefix")
            if prefix is not None and prefix.texts():
                prefixes[key] = prefix.texts()[0]
        return parents, prefixes

    def _hooks(self) -> Iterator[Hook]:
        """Yield the hooks that run before views."""
        for entry in self.machine.views:
            if entry.kind in _HOOKS:
                is_everywhere = entry.kind == "before_app_request" or not _is_blueprint(entry.receiver)
                yield hook_of(self.project, self._layers(entry), None if is_everywhere else _maker(entry.receiver))

    def _layers(self, entry: Entry) -> list[Function]:
        """Return the functions of an entry, from the outside in."""
        found = list(entry.functions)
        for function in found:
            if function.scope.kind == "function" and len(found) < 8:
                found += [one for value in _arguments_of(function) for one in functions_of(value) if one not in found]
        inner = self.project.decorated.get(entry.node)
        if isinstance(inner, Function) and inner not in found:
            found.append(inner)
        return found

    def views(self) -> Iterator[View]:
        """Yield every view."""
        seen: set[tuple[ast.AST, ast.AST, str]] = set()
        for entry in self.machine.views:
            if entry.kind != "route":
                continue
            for view in self._of_entry(entry):
                key = (view.function.node, entry.node, view.method if view.cls else "")
                if key not in seen:
                    seen.add(key)
                    yield view

    def _of_entry(self, entry: Entry) -> Iterator[View]:
        for cls in view_classes(entry):
            yield from self._of_class(entry, cls)
        layers = self._layers(entry)
        if not layers:
            return
        inner = self.project.decorated.get(entry.node)
        function = inner if isinstance(inner, Function) else layers[-1]
        methods = frozenset(entry.methods) or frozenset({"GET"})
        view = self._view(entry, function, None, methods)
        view.decorators = tuple(self._decorators(function, entry.node))
        view.layers = layers
        yield view

    def _of_class(self, entry: Entry, cls: Class) -> Iterator[View]:
        shared = tuple(self._of_classes(cls))
        before = [one for name in ("dispatch_request", "prepare", "before_request") for one in _methods(cls, name)]
        for verb in _VERBS:
            for function in _methods(cls, verb)[:1]:
                view = self._view(entry, function, cls, frozenset({verb.upper()}))
                view.decorators = (*self._decorators(function, entry.node), *shared)
                view.layers = [*before, function]
                yield view
        if not any(_methods(cls, verb) for verb in _VERBS):
            for function in _methods(cls, "dispatch_request")[:1]:
                view = self._view(entry, function, cls, frozenset(entry.methods) or frozenset({"GET"}))
                view.decorators = (*self._decorators(function, entry.node), *shared)
                view.layers = [function]
                yield view

    def _view(self, entry: Entry, function: Function, cls: Class | None, methods: frozenset[str]) -> View:
        maker = _maker(entry.receiver) if _is_blueprint(entry.receiver) else None
        view = View(entry, function, cls, self._prefix(maker) + entry.rule, methods, owner=maker)
        view.blueprint = maker.text(0, "name") if maker is not None else ""
        view.hooks = self._before(maker)
        if entry.view.derived is not None and entry.view.derived[0] == "guarded":
            view.around = str(entry.view.derived[2])
        return view

    def _prefix(self, maker: Any) -> str:
        if maker is None:
            return ""
        own = maker.arg(None, "url_prefix")
        text = self.prefixes.get(id(maker)) or (own.texts()[0] if own is not None and own.texts() else "")
        return text.rstrip("/")

    def _before(self, maker: Any) -> list[Hook]:
        """Return the hooks that run before the views of a blueprint, those of the ones around it included."""
        chain, waiting = [None], [maker]
        while waiting and len(chain) < 12:
            one = waiting.pop()
            if one is not None and one not in chain:
                chain.append(one)
                waiting += self.parents.get(id(one), [])
        return [hook for hook in self.hooks if any(hook.owner is one for one in chain)]

    def _decorators(self, function: Function, route: ast.AST) -> Iterator[Decorator]:
        is_above = False
        for node, value in self.project.decorations.get(function.node, ()):
            if node is route:
                # What only marks a method leaves it to its class to register it, with all that stands above.
                is_above = value.path != "@expose"
                continue
            of_roles = value.path.startswith("flask_appbuilder")
            yield Decorator(node, dotted(node), guard_of(self.project, node, value), is_above, of_roles)

    def _of_classes(self, cls: Class) -> Iterator[Decorator]:
        """Yield what ``decorators = [...]`` lists, and the decorators of the class itself."""
        for one in cls.ancestors():
            for node, value in self.project.decorations.get(one.node, ()):
                yield Decorator(node, dotted(node), guard_of(self.project, node, value))
            for name in ("decorators", "method_decorators"):
                member: Value | None = one.scope.payload.get(name)
                if member is not None:
                    yield from self._listed(one, name, member)

    def _listed(self, cls: Class, name: str, member: Value) -> Iterator[Decorator]:
        nodes = _written(cls, name)
        for number, value in enumerate(_items(member)):
            node: ast.expr = nodes[number] if number < len(nodes) else ast.Name(name)
            yield Decorator(node, dotted(node), guard_of(self.project, node, value))


def _maker(value: Value) -> Any:
    """Return the call that made an application or a blueprint: what tells it from others."""
    return value.derived[2] if value.derived is not None and value.derived[0] in ("blueprint", "application") else None


def _is_blueprint(value: Value) -> bool:
    return value.derived is not None and value.derived[0] == "blueprint"


def _arguments_of(function: Function) -> list[Value]:
    """Return what a wrapper closes over: among it the function that it was made for."""
    return list(function.scope.payload.values())


def _methods(cls: Class, name: str) -> list[Function]:
    for one in cls.ancestors():
        member: Value | None = one.scope.payload.get(name)
        if member is not None:
            found = list(functions_of(member))
            return found
    return []


def _items(value: Value) -> list[Value]:
    found: list[Value] = []
    for ref in value.refs:
        if isinstance(ref, Sequence):
            found += [*ref.payload[0], *([ref.payload[1]] if ref.payload[1] is not None else [])]
        elif isinstance(ref, Mapping):
            found += [item for one in ref.payload[0].values() for item in _items(one)]
    return found


def _written(cls: Class, name: str) -> list[ast.expr]:
    """Return the expressions of a list that a class sets."""
    for statement in cls.node.body:
        if not isinstance(statement, ast.Assign) or not isinstance(statement.value, (ast.List, ast.Tuple)):
            continue
        if any(dotted(one) == name for one in statement.targets):
            return list(statement.value.elts)
    return []


def look_into(project: Project, view: View) -> None:
    """Go through a view, with any method and, where it takes that, with GET alone."""
    method = next(iter(view.methods)) if len(view.methods) == 1 else None
    view.happenings = _walked(project, view, method)
    if "GET" in view.methods:
        view.on_get = view.happenings if method == "GET" else _walked(project, view, "GET")


def _walked(project: Project, view: View, method: str | None) -> list[Any]:
    walk = Walk(project, method, view.layers)
    arguments = {match["name"] for match in PARAMETER.finditer(view.entry.rule)}
    # A wrapper calls what it wraps; methods of a class are run one after the other.
    starts = view.layers if view.cls is not None else view.layers[:1]
    for function in starts:
        given = Given(Known(), [], {name: _FROM_CLIENT for name in arguments}, _FROM_CLIENT)
        walk.run(function, bind(walk, function, given))
    if view.cls is None and not any(one.function.node is view.function.node for one in walk.happenings):
        given = Given(Known(), [], {}, _FROM_CLIENT)
        walk.run(view.function, bind(walk, view.function, given))
    return walk.happenings
