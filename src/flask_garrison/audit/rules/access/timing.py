"""Secrets that are compared in a time that depends on them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ....findings import Confidence, Severity
from ...code.events import Call, Comparison, Sighting
from ...code.labels import SECRET, names_password, names_secret
from ...code.values.taint import ALL, Use, both
from ...code.values.value import Value
from ...rule import Match, Rule, checks

TIMING = Rule(
    id="access.timing-comparison",
    kind="code",
    control="access.unguessable-secrets",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(208,),
    asvs=("V11.2.4",),
    title="A secret is compared in a time that depends on how much of it is right",
    why="== stops at the first difference. Whoever can measure the answers finds a key or a signature sign by sign.",
    fix="Use hmac.compare_digest(given.encode(), expected.encode()).",
    before='if request.headers.get("X-Key") == API_KEY:',
    after='if hmac.compare_digest(request.headers.get("X-Key", "").encode(), API_KEY.encode()):',
    guard="Compares its own tokens in constant time.",
    language="python",
    items=(113,),
)

_CLIENT = both((1 << 40) - 1)


@checks(TIMING, reads="comparison")
def compared(comparison: Comparison) -> Iterator[Match]:
    """Find ``==`` between what a client sent and a secret."""
    node = comparison.node
    if not isinstance(comparison.sign, (ast.Eq, ast.NotEq)) or not isinstance(node, ast.Compare) or len(node.ops) != 1:
        return
    if not (_is_column(node.left) or _is_column(node.comparators[0])):
        yield from _judged(comparison, (comparison.left, node.left), (comparison.right, node.comparators[0]))


def _is_column(node: ast.expr) -> bool:
    """Return whether an expression is a column, ``User.token`` or ``users.c.token``: the database compares."""
    if not isinstance(node, ast.Attribute) or node.attr.isupper():
        return False
    owner = node.value
    name = owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
    return name in ("c", "columns") or (name[:1].isupper() and not name.isupper())


@checks(TIMING, reads="call", of=("operator.eq", "operator.ne", "?.__eq__", "?.__ne__"))
def called(call: Call) -> Iterator[Match]:
    """Find the operators as functions."""
    node = call.node
    if not isinstance(node, ast.Call):
        return
    if call.path.startswith("operator.") and len(call.args) == 2 and len(node.args) == 2:
        yield from _judged(call, (call.args[0], node.args[0]), (call.args[1], node.args[1]))
    elif call.receiver is not None and call.args and isinstance(node.func, ast.Attribute):
        yield from _judged(call, (call.receiver, node.func.value), (call.args[0], node.args[0]))


def _judged(sighting: Sighting, *sides: tuple[Value, ast.expr]) -> Iterator[Match]:
    (left, left_node), (right, right_node) = sides
    for given, secret, node in ((left, right, right_node), (right, left, left_node)):
        if _from_client(sighting, given) and _is_secret(sighting, secret, node):
            yield sighting.match("a secret is compared with == to what a client sent")
            return


def _from_client(sighting: Sighting, value: Value) -> bool:
    return bool(sighting.taint(value) & _CLIENT) and not sighting.taint(value) & (SECRET | Use.MAC)


def _is_secret(sighting: Sighting, value: Value, node: ast.expr) -> bool:
    if value.consts is not None:
        # A constant is found where it is written down.
        return False
    taint = sighting.taint(value)
    if taint & (SECRET | both(Use.MAC)):
        return True
    stored = value.step is None or value.step.stored
    if taint & ALL and not stored:
        # What a call made of it that no model knows, such as a row that was looked up, is perhaps not the client's.
        return False
    name, origin = _name(node), value.path.removesuffix("()").rpartition(".")[2]
    return names_secret(name) or names_password(name) or names_secret(origin)


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        return str(node.slice.value)
    return node.id if isinstance(node, ast.Name) else ""
