"""What libraries do, by path: each model is a short function, found by walking the package ``models``."""

from __future__ import annotations

import ast
import functools
import importlib
import pkgutil
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..values.value import Value

if TYPE_CHECKING:
    from ..events import Call
    from ..interpreter.machine import Machine
    from ..values.objects import Class

CallModel = Callable[["Call"], "Value | None"]
"""Given a call; returns what it returns, or ``None`` to leave it to the default."""
AttributeModel = Callable[["Machine", Value, str, ast.AST], "Value | None"]
"""Given the value, the path of the attribute and the code."""
ItemModel = Callable[["Machine", Value, Value, ast.AST], "Value | None"]
"""Given the value, the key and the code."""
ClassModel = Callable[["Machine", "Class", list[Value], dict[str, Value], ast.AST, "Value | None"], "Value | None"]
"""Given a class of the project that derives from a library's, and what it is called with."""
DecoratorModel = Callable[["Machine", Value, Value, ast.AST], "Value | None"]
"""Given the decorator, what it decorates, and the code."""
SetterModel = Callable[["Machine", Value, Value, Value, ast.AST], None]
"""Given the owner, the attribute's name or the item's key, what it is set to, and the code."""

DefinitionModel = Callable[["Machine", "Class"], None]
"""Given a class of the project that derives from a library's, when it is defined."""

MemberModel = Callable[["Machine", Value, "Value | None", "Class", str, ast.AST], "Value | None"]
"""Given an instance, what its class has under a name (``None``: an annotation alone), the class, the name, the code."""

_LONGEST = 160


class Models:
    """Every model.

    Attributes:
        calls, attributes, items, classes, decorators, setters: By path; of setters there can be several.
        definitions: Told of classes of the project by the library's class that they derive from.
        members: Asked what an attribute of an instance is that its class defines, such as a column.
        aliases: From a path to the one that models and rules know it by.
        roots: First words of the paths that any of them knows.
        lasting: Names of libraries that are one object for everybody, such as ``flask.g``.
    """

    def __init__(self) -> None:
        self.calls: dict[str, CallModel] = {}
        self.attributes: dict[str, AttributeModel] = {}
        self.items: dict[str, ItemModel] = {}
        self.classes: dict[str, ClassModel] = {}
        self.decorators: dict[str, DecoratorModel] = {}
        self.members: list[MemberModel] = []
        self.setters: dict[str, list[SetterModel]] = {}
        self.definitions: dict[str, DefinitionModel] = {}
        self.aliases: dict[str, str] = {}
        self.roots: set[str] = set()
        self._calls_by_name: dict[tuple[str, str], CallModel | None] = {}
        self._loose: dict[str, bool] = {}
        self.lasting: dict[str, Callable[[Machine], Value]] = {}

    def canonical(self, path: str) -> str:
        """Return the path that models and rules know something by; what grows without end loses its beginning."""
        found = self.aliases.get(path)
        if found is not None:
            return found
        return path if len(path) < _LONGEST else f"?.{path.rpartition('.')[2]}"

    def for_call(self, path: str, name: str) -> CallModel | None:
        """Return the model of a call: of exactly this path, or of a method by this name on something unknown."""
        key = (path, name)
        if key not in self._calls_by_name:
            found = self.calls.get(path)
            if found is None and name and self.is_loose(path):
                found = self.calls.get(f"?.{name}")
            self._calls_by_name[key] = found
        return self._calls_by_name[key]

    def for_decorator(self, path: str) -> DecoratorModel | None:
        """Return the model of a decorator, in the same way; ``()`` at the end: of one that was called first."""
        found = self.decorators.get(path)
        if found is not None or not path:
            return found
        last = path.rpartition(".")[2]
        return self.decorators.get(f"?.{last}") if self.is_loose(path) else None

    def is_loose(self, path: str) -> bool:
        """Return whether a path says nothing sure of what is called: its beginning is unknown, or a call's result."""
        known = self._loose.get(path)
        if known is None:
            known = self._loose[path] = self._is_loose(path)
        return known

    def _is_loose(self, path: str) -> bool:
        return not path or path[0] == "?" or "()" in path or "[]" in path or path.partition(".")[0] not in self.roots

    def class_made(self, machine: Machine, cls: Class) -> None:
        """Tell what a library does with a class that derives from one of its own."""
        if self.definitions and cls.bases:
            for base in cls.library_bases():
                model = self.definitions.get(self.canonical(base))
                if model is not None:
                    model(machine, cls)
                    return

    def imported(self, machine: Machine, path: str) -> Value:
        """Return what ``from module import name`` binds."""
        path = self.canonical(path)
        one = self.lasting.get(path)
        return Value(path=path) if one is None else one(machine)

    def joined_path(self, machine: Machine, parts: list[Value], node: ast.AST, path: str = "") -> Value:
        """Return what joining parts of a path gives, as ``os.path.join`` and ``/`` of pathlib do."""
        from .paths import joined

        return joined(machine, parts, node, path)


MODELS = Models()


def on_call(*paths: str) -> Callable[[CallModel], CallModel]:
    """Register what calls of some paths return; ``?.name`` is a method of anything unknown."""
    return _register(MODELS.calls, paths)


def on_attribute(*paths: str) -> Callable[[AttributeModel], AttributeModel]:
    """Register what attributes are."""
    return _register(MODELS.attributes, paths)


def on_item(*paths: str) -> Callable[[ItemModel], ItemModel]:
    """Register what ``value[key]`` is for values of some paths."""
    return _register(MODELS.items, paths)


def on_class(*paths: str) -> Callable[[ClassModel], ClassModel]:
    """Register what instances of classes are that derive from a library's."""
    return _register(MODELS.classes, paths)


def on_decorator(*paths: str) -> Callable[[DecoratorModel], DecoratorModel]:
    """Register what decorators make of a function."""
    return _register(MODELS.decorators, paths)


def on_definition(*paths: str) -> Callable[[DefinitionModel], DefinitionModel]:
    """Register what happens with classes that derive from a library's."""
    return _register(MODELS.definitions, paths)


def on_set(*paths: str) -> Callable[[SetterModel], SetterModel]:
    """Register what setting an attribute does to values of some paths; ``path[]``: setting an item."""

    def register(function: SetterModel) -> SetterModel:
        for path in paths:
            MODELS.setters.setdefault(path, []).append(function)
        return function

    return register


def alias(pairs: dict[str, str]) -> None:
    """Register paths that mean another one."""
    MODELS.aliases.update(pairs)
    MODELS.roots.update(path.partition(".")[0] for path in (*pairs, *pairs.values()))


def _register(table: dict[str, Any], paths: tuple[str, ...]) -> Callable[[Any], Any]:
    def register(function: Any) -> Any:
        for path in paths:
            table[path] = function
            root = path.partition(".")[0].partition("(")[0]
            if root != "?":
                MODELS.roots.add(root)
        return function

    return register


@functools.cache
def all_models() -> Models:
    """Return the models, every file of the package read."""
    package = importlib.import_module(__package__)
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        importlib.import_module(module.name)
    return MODELS
