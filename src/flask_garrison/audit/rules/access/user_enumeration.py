"""Answers at a login or a reset that tell whether an account exists."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Final

from ....findings import Confidence, Severity
from ...code.events import Answer
from ...rule import Match, Rule, checks

USER_ENUMERATION = Rule(
    id="access.user-enumeration",
    kind="code",
    control="access.user-enumeration",
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    cwe=(204, 203),
    asvs=("V6.3.1",),
    title="The answer tells whether an account exists",
    why="Whoever tries addresses one by one learns which of them have an account here: a list for guessing passwords, "
    "for mails that look real, and sometimes a secret by itself.",
    fix="Answer an unknown account and a wrong password with the same words, status and work; at a reset, say each "
    "time "
    "that a mail is on its way if the address is known.",
    before='if user is None:\n    flash("We do not know this address.")\nelif not user.check_password(password):\n'
    '    flash("The password is wrong.")',
    after='if user is None or not user.check_password(password):\n    flash("Address or password is wrong.")',
    guard="Nothing yet: Garrison's own login comes in a later version.",
    language="python",
    lesson="access-who-exists",
    items=(117,),
)

_CHECK: Final = re.compile(
    r"(?i)(check|verif|valid|compare|match).*(pass|pw|pin|hash|digest)|^checkpw$|^verify$|_verify$"
)
_RESET: Final = re.compile(r"(?i)reset|forgot|forget|recover|remind|lost_?password|magic|send_?link")
_LOOKUP: Final = re.compile(
    r"(?i)query|get|find|first|scalar|execute|fetch|look|load|by_|one|select|search|account|user"
)
_PROOF: Final = re.compile(r"(?i)token|code|link|_key|signature|otp|loads|decode")
_FIELD: Final = re.compile(r"\(?(flask\.)?request\.|int\(|str\(")
_SILENT: Final = re.compile(
    r"(?i)(^|\.)(log|logger|logging|print|audit)\b|\.(info|warning|debug|error|exception|append|add|incr)$"
)


@checks(USER_ENUMERATION, reads="answer")
def told(answer: Answer) -> Iterator[Match]:
    """Compare what a view says to an unknown account with what it says to a wrong password, or to a known one."""
    function = answer.function
    node = function.node if function is not None else None
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return
    seen = answer.machine.notes.setdefault("user enumeration", set())
    if node in seen:
        return
    seen.add(node)
    for place, words in _found(node, f"{node.name} {answer.route}"):
        yield answer.match(words, node=place)


def _found(node: ast.FunctionDef | ast.AsyncFunctionDef, name: str) -> Iterator[tuple[ast.AST, str]]:
    branches = _branches(node)
    wrong = [body for test, body in branches if _has_check(test) and not _mentions_absence(test)]
    owners = {word for one in ast.walk(node) for word in _owners(one)}
    absent = [body for test, body in branches if _is_absence(test, owners)]
    if wrong and absent:
        expected = {_said(body) for body in wrong}
        for body in absent:
            if _said(body) and _said(body) not in expected and _place(body) is not None:
                yield _place(body) or node, "The answer to an unknown account differs from that to a wrong password"
    elif _RESET.search(name) and not wrong:
        yield from _at_reset(node, branches)


def _at_reset(
    node: ast.FunctionDef | ast.AsyncFunctionDef, branches: list[tuple[ast.expr, list[ast.stmt]]]
) -> Iterator[tuple[ast.AST, str]]:
    found = _looked_up(node)
    usual = _said(node.body)
    for test, body in branches:
        said = _said(body)
        if _is_absence(test, found) and said and said != usual and _ends(body) and _place(body) is not None:
            yield _place(body) or node, "The answer tells whether an account has this address"


def _branches(node: ast.AST) -> list[tuple[ast.expr, list[ast.stmt]]]:
    """Return the sides of every ``if``, each with the test that leads there."""
    found: list[tuple[ast.expr, list[ast.stmt]]] = []
    for one in ast.walk(node):
        if isinstance(one, ast.If):
            found.append((one.test, one.body))
            if one.orelse and not isinstance(one.orelse[0], ast.If):
                found.append((_opposite(one.test), one.orelse))
    return found


def _opposite(test: ast.expr) -> ast.expr:
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return test.operand
    return ast.UnaryOp(ast.Not(), test)


def _calls(node: ast.AST) -> Iterator[ast.Call]:
    return (one for one in ast.walk(node) if isinstance(one, ast.Call))


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _has_check(test: ast.expr) -> bool:
    """Return whether a test fails with a wrong password."""
    return any(_CHECK.search(_name(call)) for call in _calls(test)) and (isinstance(test, (ast.UnaryOp, ast.BoolOp)))


def _mentions_absence(test: ast.expr) -> bool:
    return isinstance(test, ast.BoolOp) and any(_absence_of(value) for value in test.values)


def _owners(node: ast.AST) -> Iterator[str]:
    """Yield the names of what a password is checked against."""
    if isinstance(node, ast.Call) and _CHECK.search(_name(node)):
        for part in (node.func, *node.args):
            for one in ast.walk(part):
                if isinstance(one, (ast.Attribute, ast.Subscript)) and isinstance(one.value, ast.Name):
                    yield one.value.id


def _absence_of(test: ast.expr) -> str:
    """Return the name that a test finds to be nothing, or that lacks what is looked for; empty for other tests."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        inner = test.operand
        if isinstance(inner, ast.Compare) and isinstance(inner.ops[0], ast.IsNot):
            inner = inner.left
        return inner.id if isinstance(inner, ast.Name) else ""
    if isinstance(test, ast.Compare) and len(test.ops) == 1:
        if isinstance(test.ops[0], ast.NotIn) and isinstance(test.comparators[0], ast.Name):
            return test.comparators[0].id
        right = test.comparators[0]
        empty = isinstance(right, ast.Constant) and right.value is None
        if isinstance(test.ops[0], (ast.Is, ast.Eq)) and empty and isinstance(test.left, ast.Name):
            return test.left.id
    return ""


def _is_absence(test: ast.expr, names: set[str]) -> bool:
    return _absence_of(test) in names


def _looked_up(node: ast.AST) -> set[str]:
    """Return the names that are given the result of a look-up of a record, rather than of a field of the request."""
    found: set[str] = set()
    for one in ast.walk(node):
        if isinstance(one, ast.Assign) and isinstance(one.value, (ast.Call, ast.Await)):
            text = ast.unparse(one.value)
            if _LOOKUP.search(text) and not _PROOF.search(text) and not _FIELD.match(text):
                found |= {target.id for target in one.targets if isinstance(target, ast.Name)}
    return found


def _ends(body: list[ast.stmt]) -> bool:
    return any(isinstance(one, (ast.Return, ast.Raise)) for statement in body for one in ast.walk(statement))


def _said(body: list[ast.stmt]) -> str:
    """Return what a client sees of some statements, as code: messages, and what is returned or raised."""
    parts = []
    for statement in body:
        if isinstance(statement, (ast.Return, ast.Raise)):
            parts.append(ast.unparse(statement))
        elif isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
            text = ast.unparse(statement.value.func)
            if text.endswith(("flash", "abort")) and not _SILENT.search(text):
                parts.append(ast.unparse(statement))
        elif isinstance(statement, (ast.Assign, ast.AnnAssign)) and isinstance(statement.value, ast.Constant):
            parts.append(ast.unparse(statement))
    return "\n".join(parts)


def _place(body: list[ast.stmt]) -> ast.stmt | None:
    """Return the first statement of what a client sees."""
    return next((statement for statement in body if _said([statement])), None)
