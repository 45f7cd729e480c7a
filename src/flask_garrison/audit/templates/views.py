"""Views and blueprints as they stand in source: who registers which function, and which templates it names."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

_ROUTE_DECORATORS = frozenset({"route", "get", "post", "put", "patch", "delete"})
_RENDERERS = frozenset({"render_template", "stream_template"})
_APP_NAMES = frozenset({"app", "application", "current_app", "self"})


@dataclass(slots=True, kw_only=True)
class View:
    """A registered view.

    Attributes:
        owner: Name of the variable on which it was registered.
        endpoint: Its endpoint without the blueprint's prefix.
        calls: ``(function, text)`` for each call that it reaches; the text is what the first argument may be, or empty.
    """

    owner: str
    endpoint: str
    calls: set[tuple[str, str]]


@dataclass(slots=True, kw_only=True)
class Module:
    """What one Python file says.

    Attributes:
        owners: Blueprint's name by variable; an application has the empty name.
        imports: Original name by local name.
        nestings: ``(parent variable, child variable, other name or None)`` of ``register_blueprint``.
        helpers: Functions that pass their first argument on as the name of a template.
    """

    path: PurePath
    owners: dict[str, str] = field(default_factory=dict)
    imports: dict[str, str] = field(default_factory=dict)
    folders: set[str] = field(default_factory=set)
    views: list[View] = field(default_factory=list)
    nestings: list[tuple[str, str, str | None]] = field(default_factory=list)
    helpers: set[str] = field(default_factory=set)


class Source:
    """All modules of a tree, with the names that they share."""

    def __init__(self, modules: list[Module]) -> None:
        self.modules = modules
        self.template_folders = set[str]().union(*(module.folders for module in modules))
        self._renderers = _RENDERERS.union(*(module.helpers for module in modules))
        self._everywhere: dict[str, set[str]] = {}
        for module in modules:
            for variable, name in module.owners.items():
                self._everywhere.setdefault(variable, set()).add(name)
        self._registered: dict[str, set[tuple[str, str]]] = {}
        for module in modules:
            self._read_registrations(module)

    def endpoints(self, module: Module, view: View) -> set[str]:
        """Return a view's full endpoints, one for each registration; none where its blueprint cannot be told."""
        name = self._owner(module, view.owner)
        if name is None:
            return set()
        return {f"{path}.{view.endpoint}".lstrip(".") for path in self._paths(name, frozenset())}

    def templates(self, view: View) -> set[str]:
        """Return the names of the templates that a view renders, itself or through a helper."""
        return {text for function, text in view.calls if text and function in self._renderers}

    def _owner(self, module: Module, variable: str) -> str | None:
        """Return the blueprint behind a variable: of this file, else the only one in the tree that is called so."""
        if variable in module.owners:
            return module.owners[variable]
        names = self._everywhere.get(module.imports.get(variable, variable), set())
        if len(names) == 1:
            return next(iter(names))
        return "" if not names and variable in _APP_NAMES else None

    def _read_registrations(self, module: Module) -> None:
        for parent, child, other in module.nestings:
            name, outer = self._owner(module, child), self._owner(module, parent)
            if name:
                self._registered.setdefault(name, set()).add((outer or "", other or name))

    def _paths(self, name: str, below: frozenset[str]) -> set[str]:
        """Return the dotted names under which a blueprint is registered, those around it included."""
        if not name:
            return {""}
        if name in below:
            return set()
        return {
            f"{outer_path}.{shown}".lstrip(".")
            for outer, shown in self._registered.get(name, {("", name)})
            for outer_path in self._paths(outer, below | {name})
        }


def read_module(path: PurePath, tree: ast.Module) -> Module:
    """Read one parsed file."""
    module = Module(path=path)
    functions: dict[str, ast.AST] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            module.imports.update({alias.asname or alias.name: alias.name for alias in node.names})
        elif isinstance(node, ast.Assign):
            _read_assignment(module, node)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            functions[node.name] = node
            if not isinstance(node, ast.ClassDef) and _passes_on(node):
                module.helpers.add(node.name)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            module.views += _decorated(functions, node)
        elif isinstance(node, ast.Call):
            _read_registration(module, functions, node)
    return module


def _read_assignment(module: Module, node: ast.Assign) -> None:
    if not isinstance(node.value, ast.Call):
        return
    kind = _last_name(node.value.func)
    if kind not in ("Flask", "Blueprint"):
        return
    name = _text(_argument(node.value, 0, "name")) if kind == "Blueprint" else ""
    folder = _text(_argument(node.value, -1, "template_folder"))
    if folder:
        module.folders.add(PurePath(folder).name)
    for target in node.targets:
        if isinstance(target, ast.Name | ast.Attribute) and name is not None:
            module.owners[_last_name(target)] = name


def _decorated(
    functions: Mapping[str, ast.AST], node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
) -> Iterator[View]:
    for decorator in node.decorator_list:
        call = decorator if isinstance(decorator, ast.Call) else None
        if call is None or not isinstance(call.func, ast.Attribute) or call.func.attr not in _ROUTE_DECORATORS:
            continue
        endpoint = _text(_argument(call, -1, "endpoint")) or node.name
        yield View(owner=_last_name(call.func.value), endpoint=endpoint, calls=_calls(functions, node))


def _read_registration(module: Module, functions: Mapping[str, ast.AST], call: ast.Call) -> None:
    if not isinstance(call.func, ast.Attribute):
        return
    owner = _last_name(call.func.value)
    if call.func.attr == "register_blueprint":
        child = _argument(call, 0, "blueprint")
        module.nestings.append((owner, _last_name(child), _text(_argument(call, -1, "name"))))
    elif call.func.attr == "add_url_rule":
        module.views += _added(functions, owner, call)


def _added(functions: Mapping[str, ast.AST], owner: str, call: ast.Call) -> Iterator[View]:
    view = _argument(call, 2, "view_func")
    endpoint = _text(_argument(call, 1, "endpoint"))
    if isinstance(view, ast.Call) and isinstance(view.func, ast.Attribute) and view.func.attr == "as_view":
        endpoint = endpoint or _text(_argument(view, 0, "name"))
        view = view.func.value
    name = _last_name(view)
    if name in functions:
        yield View(owner=owner, endpoint=endpoint or name, calls=_calls(functions, functions[name]))


def _calls(functions: Mapping[str, ast.AST], node: ast.AST) -> set[tuple[str, str]]:
    """Return the calls in a view and in the functions of its file that it reaches by their names."""
    found: set[tuple[str, str]] = set()
    pending, seen = [node], {node}
    while pending:
        calling = pending.pop()
        found |= set(_direct_calls(calling))
        reached = {functions[name] for name in _names_called(calling) if name in functions} - seen
        seen |= reached
        pending += reached
    return found


def _names_called(node: ast.AST) -> Iterator[str]:
    """Yield the names of what may be functions of the file: ``@bp.post`` and ``cache.get()`` mean no view ``post``."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and not _is_of_another(call.func):
            yield _last_name(call.func)


def _is_of_another(function: ast.expr) -> bool:
    return (
        isinstance(function, ast.Attribute)
        and function.attr in _ROUTE_DECORATORS
        and _last_name(function.value) not in ("self", "cls")
    )


def _direct_calls(node: ast.AST) -> Iterator[tuple[str, str]]:
    for call in ast.walk(node):
        if not isinstance(call, ast.Call):
            continue
        yield _last_name(call.func), ""
        for item in _parts(_argument(call, 0, "template_name_or_list")):
            if isinstance(item, ast.Constant) and isinstance(item.value, str):
                yield _last_name(call.func), item.value


def _passes_on(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Return whether a function hands its own first argument to Flask as the name of a template."""
    names = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args) if argument.arg != "self"]
    names += [node.args.vararg.arg] if node.args.vararg else []
    return bool(names) and any(
        isinstance(call, ast.Call)
        and _last_name(call.func) in _RENDERERS
        and any(_last_name(item) == names[0] for item in _parts(_argument(call, 0, "template_name_or_list")))
        for call in ast.walk(node)
    )


def _parts(node: ast.expr | None) -> Iterator[ast.AST]:
    """Yield what an argument may be: itself, the items of a list, the sides of a choice."""
    if isinstance(node, ast.Starred):
        node = node.value
    if isinstance(node, ast.List | ast.Tuple):
        for item in node.elts:
            yield from _parts(item)
    elif isinstance(node, ast.IfExp):
        yield from _parts(node.body)
        yield from _parts(node.orelse)
    elif node is not None:
        yield node


def _argument(call: ast.Call, position: int, keyword: str) -> ast.expr | None:
    """Return an argument by position (-1: none) or keyword."""
    if 0 <= position < len(call.args):
        return call.args[position]
    return next((item.value for item in call.keywords if item.arg == keyword), None)


def _text(node: ast.expr | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _last_name(node: ast.AST | None) -> str:
    """Return ``x`` for ``x`` and ``a.x``, else an empty string."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
