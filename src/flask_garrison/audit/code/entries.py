"""Where a client's data come in: views, hooks and error handlers, as they are registered."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from .values.facts import lacks
from .values.objects import Bound, Class, Function, Mapping, Partial
from .values.taint import TEXT, Use, weak, without
from .values.value import UNKNOWN, Value

if TYPE_CHECKING:
    from .events import Call
    from .interpreter.machine import Machine
    from .project.sources import Source

PARAMETER: Final = re.compile(r"<(?:(?P<converter>[a-zA-Z_]\w*)(?:\([^)]*\))?:)?(?P<name>[a-zA-Z_]\w*)>")
_NUMBERS: Final = frozenset({"int", "float", "uuid", "any"})
SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(eq=False, slots=True)
class Entry:
    """Something that a request runs.

    Attributes:
        view: The function as it was registered, decorated; or a class as a view.
        node: The decorator or the call that registered it.
        source: The file of that.
        kind: ``route``, or the name of the hook.
        rule: The URL rule, where it is known.
        methods: As they were given; empty: GET alone.
        call: The call that registered it, for rules that look at its arguments.
        receiver: The application or blueprint.
    """

    view: Value
    node: ast.AST
    source: Source
    kind: str = "route"
    rule: str = ""
    methods: tuple[str, ...] = ()
    call: Call | None = None
    receiver: Value = field(default_factory=lambda: UNKNOWN)

    @classmethod
    def of_route(cls, call: Call, view: Value, node: ast.AST) -> Entry:
        """Return the entry of ``route(...)`` or ``add_url_rule(...)``."""
        rule = call.arg(0, "rule")
        texts = rule.texts() if rule is not None else ()
        verb = call.name.upper()
        methods = (verb,) if verb in ("GET", "POST", "PUT", "PATCH", "DELETE") else _methods(call)
        return cls(view, node, call.source, "route", texts[0] if texts else "", methods, call, call.receiver or UNKNOWN)

    @property
    def functions(self) -> list[Function]:
        """The functions of the project that it runs first: the outermost wrapper where it is decorated."""
        return list(_functions(self.view))


def _functions(value: Value) -> list[Function]:
    found: list[Function] = []
    for ref in value.refs:
        if isinstance(ref, Function):
            found.append(ref)
        elif isinstance(ref, (Bound, Partial)):
            found += _functions(ref.function)
    return found


def _methods(call: Call) -> tuple[str, ...]:
    given = call.arg(None, "methods")
    if given is None:
        return ()
    from .interpreter.comparisons import keys_of

    return tuple(str(item).upper() for item in keys_of(given) or ())


def register(machine: Machine, entry: Entry) -> None:
    """Note an entry."""
    machine.entries.append(entry)


def view_classes(entry: Entry) -> list[Class]:
    """Return the classes of the project that an entry has for views."""
    value = entry.view
    while value.derived is not None and value.derived[0] == "guarded":
        value = value.derived[1]
    if value.derived is not None and value.derived[0] == "as_view":
        value = value.derived[1]
    return [ref for ref in value.refs if isinstance(ref, Class)]


def path_arguments(machine: Machine, entry: Entry) -> dict[str, Value]:
    """Return the values of a rule's variable parts; a converter is what it says."""
    found: dict[str, Value] = {}
    for match in PARAMETER.finditer(entry.rule):
        found[match["name"]] = path_argument(machine, entry, match["name"], match["converter"] or "default")
    return found


def sent_arguments(machine: Machine, function: Function) -> dict[str, Value]:
    """Return the values of parameters that a library fills from what the client sent, beside those of the path."""
    from .models.support import client

    listed: dict[ast.AST, tuple[int, bool, tuple[str, ...]]] = machine.notes.get("sent", {})
    note = listed.get(function.node)
    if note is None:
        return {}
    taint, is_all, given = note
    spec = function.node.args
    names = [one.arg for one in (*spec.posonlyargs, *spec.args, *spec.kwonlyargs)]
    if function.owner is not None and names:
        names.pop(0)
    wanted = [name for name in names if name not in ("self", "info", "_", "root", *given)]
    step = function.node
    return {
        name: client(machine, step, f"argument {name}", name, taint=taint)
        for name in (wanted if is_all else wanted[:1])
    }


def path_argument(machine: Machine, entry: Entry, name: str, converter: str) -> Value:
    """Return the value of one variable part."""
    facts: frozenset[Any] = frozenset()
    taint = TEXT
    if converter in _NUMBERS:
        taint = Use.CLIENT
    elif converter in ("default", "string"):
        # Without a slash there is no second segment, and a browser's path has no raw line break.
        facts = frozenset({lacks("/")})
        taint = without(TEXT, Use.NAME)
    step = machine.step(entry.node, None, label=f"path argument {name}")
    value = Value(taint, step=step, facts=facts)
    if "converters" in machine.notes:
        from .models.converters import converted

        return converted(machine, converter, value, entry.node)
    return value


def preprocessed(machine: Machine, entry: Entry) -> list[Value]:
    """Return what a ``url_value_preprocessor`` is given: the endpoint, and the path arguments of any route."""
    if not entry.kind.endswith("url_value_preprocessor"):
        return []
    step = machine.step(entry.node, None, label="path arguments")
    # Of some route they may be numbers.
    some = Value(weak(without(TEXT, Use.NAME)), step=step)
    return [UNKNOWN, Value(refs=(Mapping({}, some),))]
