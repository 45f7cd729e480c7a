"""Checks of rights that vanish when Python runs with -O."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Final

from ....findings import Confidence, Severity
from ...code.events import Assertion
from ...code.interpreter.frames import Frame
from ...code.values.taint import ALL, LETTERS
from ...rule import Match, Rule, checks

ASSERT_AUTHORIZATION = Rule(
    id="access.assert-authorization",
    kind="code",
    control="access.route-rules",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(617, 862),
    asvs=("V8.3.1",),
    title="An assert decides what a client may do",
    why="Python leaves asserts out when it runs with -O or PYTHONOPTIMIZE, as some images do: the check is gone, and "
    "nothing says so.",
    fix="Write an if with abort(403), or declare the rule at the route.",
    before="assert current_user.is_admin",
    after="if not current_user.is_admin:\n    abort(403)",
    guard="Rules of access that the policy declares are no asserts.",
    language="python",
    lesson="access-hidden-admin-page",
    items=(126,),
)

_RIGHTS: Final = re.compile(
    r"(?i)admin|role|permission|privilege|owner|author(?!ization_url)|current_user|authenticated|authori[sz]|staff|"
    r"superuser|allowed|\bcan_|has_access|right|csrf|token|signature|password|session|member|\bg\.user|identity|scope"
)
_TYPES: Final = ("isinstance", "issubclass", "callable")


@checks(ASSERT_AUTHORIZATION, reads="assertion")
def asserted(assertion: Assertion) -> Iterator[Match]:
    """``assert current_user.is_admin`` while a request is answered."""
    node = assertion.node
    if assertion.machine.entry is None or not isinstance(node, ast.Assert) or _narrows(node.test):
        return
    if _RIGHTS.search(ast.unparse(node.test)):
        if not _repeats(assertion, node.test):
            yield assertion.match("An assert decides what a client may do")
    elif _validates(assertion):
        yield assertion.match(
            "An assert validates what a client sent", severity=Severity.LOW, confidence=Confidence.MEDIUM
        )


def _narrows(test: ast.expr) -> bool:
    """Return whether an assert only tells the type checker what is known."""
    if isinstance(test, ast.Call):
        return isinstance(test.func, ast.Name) and test.func.id in _TYPES
    if isinstance(test, ast.BoolOp):
        return all(_narrows(value) for value in test.values)
    if isinstance(test, ast.Compare) and isinstance(test.ops[0], (ast.IsNot, ast.Is)):
        return isinstance(test.comparators[0], ast.Constant)
    return isinstance(test, ast.Constant)


def _validates(assertion: Assertion) -> bool:
    """Return whether it proves something of a client's text."""
    test = assertion.test.test
    return test is not None and any(
        change.value.taint & ALL & LETTERS and (change.uses or change.facts) for change in test.when_true
    )


def _repeats(assertion: Assertion, test: ast.expr) -> bool:
    """Return whether one of the functions around has refused before what the assert tests."""
    names = {node.attr for node in ast.walk(test) if isinstance(node, ast.Attribute)}
    names |= {node.value for node in ast.walk(test) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    frame: Frame | None = assertion.machine.frame
    while frame is not None and frame.function is not None:
        at = assertion.node if frame is assertion.machine.frame else None
        if any(_refuses(one, names, at) for one in ast.walk(frame.function.node) if isinstance(one, ast.If)):
            return True
        frame = frame.caller
    return False


def _refuses(node: ast.If, names: set[str], before: ast.AST | None) -> bool:
    if before is not None and node.lineno > getattr(before, "lineno", 0):
        return False
    tested = {one.attr for one in ast.walk(node.test) if isinstance(one, ast.Attribute)}
    tested |= {one.value for one in ast.walk(node.test) if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    ends = any(
        isinstance(one, (ast.Raise, ast.Return)) or (isinstance(one, ast.Call) and "abort" in ast.unparse(one.func))
        for statement in node.body
        for one in ast.walk(statement)
    )
    return ends and bool(tested & names)
