"""What is known of a project when its views are looked at: what names mean, what calls were seen to call."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Container
from typing import TYPE_CHECKING, Any, Final

from ..values.objects import Class, Function, Instance, Mapping, Module, Record, Scope, Sequence
from ..values.value import UNKNOWN, Value
from .traits import NONE, Traits

if TYPE_CHECKING:
    from ..interpreter.machine import Machine

FORMS: Final = ("wtforms.Form", "wtforms.form.Form", "flask_wtf.FlaskForm", "flask_wtf.Form", "wtforms.form.BaseForm")
SCHEMAS: Final = ("marshmallow.Schema", "pydantic.BaseModel", "flask_marshmallow.Marshmallow().Schema")


class Project:
    """What the walks through views share.

    Attributes:
        machine: After everything was run.
        globals_: What attributes of ``flask.g`` are, by name.
        walked: What walks through functions gave, see :mod:`.walk`.
        decorations: The decorators of each definition, from the inside out.
        decorated: What each decorator stands on.
    """

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.globals_: dict[str, Traits] = defaultdict(lambda: NONE)
        self.walked: dict[Any, Any] = {}
        self.decorations: dict[ast.AST, list[tuple[ast.expr, Value]]] = {}
        self.decorated: dict[ast.AST, Function | Class] = {}
        for made, listed in machine.listeners.decorations.items():
            self.decorations[made.node] = listed
            self.decorated.update({node: made for node, _ in listed})

    def value(self, node: ast.expr, function: Function) -> Value:
        """Return what a name or a dotted name means in a function, as far as nothing has to be run for it."""
        if isinstance(node, ast.Name):
            return function.scope.find(node.id) or UNKNOWN
        if isinstance(node, ast.Attribute):
            return self._member(self.value(node.value, function), node.attr)
        return UNKNOWN

    def _member(self, owner: Value, name: str) -> Value:
        for ref in owner.refs:
            if isinstance(ref, (Class, Instance)):
                return self._of_class(ref, name)
            if isinstance(ref, Module):
                found: Value | None = ref.scope.payload.get(name)
                return found or UNKNOWN
        return Value(path=self.machine.models.canonical(f"{owner.path}.{name}")) if owner.path else UNKNOWN

    @staticmethod
    def _of_class(ref: Class | Instance, name: str) -> Value:
        own: Value | None = ref.payload.get(name) if isinstance(ref, Instance) else None
        if own is not None:
            return own
        cls = ref.cls if isinstance(ref, Instance) else ref
        for one in cls.ancestors():
            member: Value | None = one.scope.payload.get(name)
            if member is not None:
                return member
        return UNKNOWN

    def callees(self, node: ast.Call, function: Function, names: Container[str] = ()) -> tuple[Function, ...]:
        """Return the functions of the project that a call calls.

        What a name means where the function was made comes first: a wrapper calls the view that it was made for.
        """
        if isinstance(node.func, ast.Name) and function.scope.kind == "function":
            found = tuple(ref for ref in self.value(node.func, function).refs if isinstance(ref, Function))
            if found:
                return found
        seen: tuple[Function, ...] = getattr(node, "callees", ())
        if len(seen) < 2:
            return seen or self._by_name(node, function)
        return self._of_several(seen, node, function, names)

    @staticmethod
    def _of_several(
        seen: tuple[Function, ...], node: ast.Call, function: Function, names: Container[str]
    ) -> tuple[Function, ...]:
        """Return what a call calls that called several functions: which of them here is not always known."""
        if len({one.node for one in seen}) == 1:
            return (_apart(seen[0]),)
        if isinstance(node.func, ast.Call) or (isinstance(node.func, ast.Name) and node.func.id in names):
            return ()
        is_closed_over = isinstance(node.func, ast.Name) and function.scope.kind == "function"
        return () if is_closed_over and node.func.id not in _assigned(function) else seen[:MAX_CALLEES]  # type: ignore[attr-defined]

    def _by_name(self, node: ast.Call, function: Function) -> tuple[Function, ...]:
        if is_method_of_self(node.func, function) and isinstance(node.func, ast.Attribute) and function.owner:
            value = self._of_class(function.owner, node.func.attr)
        else:
            value = self.value(node.func, function)
        return tuple(ref for ref in value.refs if isinstance(ref, Function))

    def class_of(self, node: ast.expr, function: Function) -> Class | None:
        """Return the class of the project that an expression names."""
        return next((ref for ref in self.value(node, function).refs if isinstance(ref, Class)), None)

    def path(self, node: ast.Call, function: Function) -> str:
        """Return what of a library a call calls, or ``?.name``."""
        found: str = getattr(node, "path", "") or self.value(node.func, function).path
        return found

    def is_store(self, value: Value) -> bool:
        """Return whether a value of a module keeps things between requests."""
        return any(isinstance(ref, (Mapping, Sequence, Record)) for ref in value.refs) or value.path in STORES


MAX_CALLEES: Final = 3


def _apart(function: Function) -> Function:
    """Return a wrapper apart from the function that it was made for: it is known what it does, not for which."""
    if function.scope.kind != "function" or isinstance(function.node, ast.Lambda):
        return function
    made = Function(function.node, function.source, Scope(function.scope.parent, "function", {}), function.name)
    made.owner, made.binding, made.defaults = function.owner, function.binding, function.defaults
    return made


def _assigned(function: Function) -> frozenset[str]:
    """Return the names that a function assigns to."""
    return frozenset(
        node.id for node in ast.walk(function.node) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    )


STORES: Final = frozenset(
    {"collections.Counter()", "collections.deque()", "queue.Queue()", "collections.defaultdict()"}
)


def is_method_of_self(node: ast.expr, function: Function) -> bool:
    """Return whether an expression is ``self.name`` in a method."""
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and function.owner is not None
        and node.value.id in ("self", "cls")
    )


def is_outer(name: str, function: Function) -> bool:
    """Return whether a name is one of the module, or of the factory around: there is one of it for all requests."""
    scope: Scope | None = function.scope
    while scope is not None:
        if name in scope.payload and scope.kind != "class":
            return True
        scope = scope.parent
    return False


def can_refuse(function: Function) -> bool:
    """Return whether a function raises or aborts by itself."""
    return any(
        isinstance(node, ast.Raise) or (isinstance(node, ast.Call) and dotted(node.func).endswith("abort"))
        for node in ast.walk(function.node)
    )


def parameters(function: Function) -> frozenset[str]:
    """Return the names of a function's parameters."""
    spec = function.node.args
    return frozenset(one.arg for one in (*spec.posonlyargs, *spec.args, *spec.kwonlyargs))


def dotted(node: ast.AST) -> str:
    """Return a dotted name as text, calls and items left out; empty where it begins with something else."""
    parts: list[str] = []
    while True:
        if isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        elif isinstance(node, ast.Call):
            node = node.func
        elif isinstance(node, ast.Subscript):
            node = node.value
        elif isinstance(node, ast.Name):
            return ".".join([node.id, *reversed(parts)])
        else:
            return ".".join(["", *reversed(parts)])


def is_form(cls: Class) -> bool:
    """Return whether a class is a form of WTForms."""
    return any(base in FORMS or base.startswith(("wtforms.", "flask_wtf.")) for base in cls.library_bases())


def is_schema(cls: Class) -> bool:
    """Return whether a class is a schema that refuses what does not fit."""
    return any(base in SCHEMAS or base.startswith(("pydantic", "marshmallow")) for base in cls.library_bases())
