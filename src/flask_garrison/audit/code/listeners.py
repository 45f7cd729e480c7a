"""Tells rules what the interpreter comes by, and keeps what they find: each weakness once, with its best evidence."""

from __future__ import annotations

import ast
import traceback
from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ...findings import Confidence, Severity
from ..rule import Check, Judged, Match, Rule, Unchecked
from .answers import note_return
from .events import Answer, Assertion, Call, Comparison, Configured, Definition, Emission, Named, Setting, Sighting
from .labels import ALL_LABELS

if TYPE_CHECKING:
    from .interpreter.machine import Machine
    from .models.registry import Models
    from .project.sources import Source
    from .values.objects import Class, Function
    from .values.value import Value
    from .views import Views

Key = tuple[str, str, int, int, str]


class Listeners:
    """The rules of code, by what they want to hear of.

    Attributes:
        found: The best match for each rule and place, with its rule.
        failed: Rules that failed, with the words of the error.
        decorations: The decorators of each function and class, from the inside out.
        models: What libraries do.
    """

    def __init__(self, checks: Iterable[Check[Any]], models: Models) -> None:
        self.models = models
        self.found: dict[Key, tuple[Rule, Match]] = {}
        self.failed: dict[str, str] = {}
        self.muted = 0
        self.decorations: dict[Function | Class, list[tuple[ast.expr, Value]]] = {}
        self._judged: dict[tuple[str, Hashable], Key] = {}
        self._origins: dict[tuple[str, int], tuple[Value, Source, ast.AST]] = {}
        self._calls: dict[str, list[Check[Any]]] = defaultdict(list)
        self._others: dict[str, list[Check[Any]]] = defaultdict(list)
        for check in checks:
            if check.reads == "call":
                for path in check.of:
                    self._calls[path].append(check)
            else:
                self._others[check.reads].append(check)
        alone = [check for check in checks if not check.by_client]
        self._words = frozenset(path.rpartition(".")[2].removesuffix("()") for check in alone for path in check.of)
        self._every_call = self._calls.pop("*", [])
        self._cached: dict[tuple[str, str], list[Check[Any]]] = {}

    def interest(self) -> frozenset[str]:
        """Return the last words of what rules want to hear of in code that no client reaches, too."""
        return self._words - {"*", ""}

    # --- what the interpreter calls --------------------------------------------------------------------------------

    def called(self, call: Call) -> None:
        """Tell of a call of something that no function of the project defines."""
        key = (call.path, call.name)
        checks = self._cached.get(key)
        if checks is None:
            checks = self._cached[key] = self._for_call(*key)
        for check in checks:
            self._tell(check, call)

    def _for_call(self, path: str, name: str) -> list[Check[Any]]:
        found = dict.fromkeys(self._calls.get(path, ()))
        # A rule that knows the exact path must not keep others from hearing of the method.
        if name and self.models.is_loose(path):
            found.update(dict.fromkeys(self._calls.get(f"?.{name}", ())))
        return [*found, *self._every_call]

    def named(self, machine: Machine, name: str, value: Value, node: ast.AST) -> None:
        """Tell of a constant text under a name, and of what has a label; where settings are written is kept."""
        if value.consts is not None and isinstance(name, str) and name.isupper():
            self._origins[(name, id(value))] = (value, machine.frame.source, node)
        if value.taint & ALL_LABELS:
            self._tell_all(self._others.get("labelled", ()), Named(machine, node, name, value))
        checks = self._others.get("named")
        if checks and value.consts and isinstance(value.consts[0], (str, bytes)) and isinstance(name, str):
            self._tell_all(checks, Named(machine, node, name, value))

    def configured(
        self, machine: Machine, node: ast.AST, name: str, value: Value, origin: tuple[Source, ast.AST] | None = None
    ) -> None:
        """Tell of a setting of the application, with the place where its value is written."""
        checks = self._others.get("configured")
        if checks:
            known = self._origins.get((name, id(value)))
            source, at = origin or ((machine.frame.source, node) if known is None else known[1:])
            self._tell_all(checks, Configured(machine, node, name, value, source, at))

    def compared(self, machine: Machine, node: ast.Compare, sign: ast.cmpop, left: Value, right: Value) -> None:
        """Tell of a comparison."""
        checks = self._others.get("comparison")
        if checks:
            self._tell_all(checks, Comparison(machine, node, sign, left, right))

    def attribute_set(self, machine: Machine, node: ast.AST, owner: Value, name: str, value: Value) -> None:
        """Tell of ``owner.name = value``."""
        from .values.value import constant

        checks = self._others.get("setting")
        if checks:
            self._tell_all(checks, Setting(machine, node, owner, constant(name), value, is_item=False))
        for model in self.models.setters.get(owner.path, ()):
            model(machine, owner, constant(name), value, node)

    def item_set(self, machine: Machine, node: ast.AST, owner: Value, key: Value, value: Value) -> None:
        """Tell of ``owner[key] = value``."""
        checks = self._others.get("setting")
        if checks:
            self._tell_all(checks, Setting(machine, node, owner, key, value, is_item=True))
        for model in self.models.setters.get(f"{owner.path}[]", ()):
            model(machine, owner, key, value, node)

    def looked_up(self, machine: Machine, node: ast.AST, owner: Value, key: Value) -> None:
        """Tell of ``owner[key]`` by a client's key."""
        checks = self._others.get("lookup")
        if checks:
            self._tell_all(checks, Setting(machine, node, owner, key, owner, is_item=True))

    def answered(self, answer: Answer) -> None:
        """Tell of what a view returns."""
        self._tell_all(self._others.get("answer", ()), answer)

    def emitted(self, emission: Emission) -> None:
        """Tell of a value that a template shows."""
        self._tell_all(self._others.get("emission", ()), emission)

    def asserted(self, machine: Machine, node: ast.Assert, test: Value) -> None:
        """Tell of an ``assert``."""
        checks = self._others.get("assertion")
        if checks:
            self._tell_all(checks, Assertion(machine, node, test))

    def class_made(self, machine: Machine, node: ast.ClassDef, cls: Class) -> None:
        """Tell of a class."""
        checks = self._others.get("definition")
        if checks:
            self._tell_all(checks, Definition(machine, node, cls))

    def decorated(
        self, machine: Machine, node: ast.expr, decorator: Value, value: Value, made: Function | Class
    ) -> None:
        """Tell of a decorator: what a function carries is kept, from the inside out."""
        self.decorations.setdefault(made, []).append((node, decorator))

    def handled(self, machine: Machine, node: ast.AST, handler: ast.ExceptHandler) -> None:
        """Tell of an exception's handler, before it is run."""

    def returned(self, machine: Machine, node: ast.Return, value: Value) -> None:
        """Keep what a view returns; a function names what it makes."""
        note_return(machine, node, value)
        if value.taint & ALL_LABELS and machine.frame.function is not None:
            self._tell_all(self._others.get("labelled", ()), Named(machine, node, machine.frame.function.name, value))

    def viewed(self, views: Views) -> None:
        """Tell of the views of the whole project."""
        for check in self._others.get("views", ()):
            if check.needs is None or check.needs(views):
                self._tell(check, views)

    # --- what they find --------------------------------------------------------------------------------------------

    def _tell_all(self, checks: Iterable[Check[Any]], sighting: Sighting) -> None:
        for check in checks:
            self._tell(check, sighting)

    def _tell(self, check: Check[Any], sighting: Sighting | Views) -> None:
        try:
            for result in check.find(sighting):
                if isinstance(result, Unchecked):
                    self.failed[check.rule.id] = result.reason
                elif isinstance(result, Judged):
                    self._replace(check.rule, result)
                else:
                    self.keep(check.rule, result)
        except Exception as error:
            last = traceback.extract_tb(error.__traceback__)[-1]
            self.failed[check.rule.id] = f"the rule failed: {type(error).__name__} at {last.name}, line {last.lineno}"

    def _replace(self, rule: Rule, judged: Judged) -> None:
        """Forget what a rule said of something before, and keep what it says now."""
        slot = (rule.id, judged.slot)
        before = self._judged.pop(slot, None)
        if before is not None:
            self.found.pop(before, None)
        if judged.match is not None:
            self._judged[slot] = self.keep(rule, judged.match)

    def keep(self, rule: Rule, match: Match) -> Key:
        """Keep a match, unless a better one of the same weakness is known; what is only suspected weighs little."""
        match = _weighed(rule, match)
        key = (rule.id, match.path or "", match.line or 0, 0, match.subject.rpartition("\n")[2])
        old = self.found.get(key)
        if old is None or _better(rule, match, old[1]):
            self.found[key] = (rule, match)
        return key


def _weighed(rule: Rule, match: Match) -> Match:
    """Return a match whose severity says what is known: a guess ends no run by itself."""
    confidence = rule.confidence if match.confidence is None else match.confidence
    severity = rule.severity if match.severity is None else match.severity
    if confidence is not Confidence.LOW or severity <= Severity.LOW:
        return match
    return replace(match, severity=Severity.LOW)


def _better(rule: Rule, match: Match, old: Match) -> bool:
    """Return whether a match says more: it is surer, or its path is shorter."""

    def rank(one: Match) -> tuple[int, int, int]:
        confidence = rule.confidence if one.confidence is None else one.confidence
        severity = rule.severity if one.severity is None else one.severity
        steps = one.evidence[0].data.get("steps", ()) if one.evidence else ()
        return (int(severity), int(confidence), -len(steps))

    return rank(match) > rank(old)


__all__ = ["Confidence", "Key", "Listeners"]
