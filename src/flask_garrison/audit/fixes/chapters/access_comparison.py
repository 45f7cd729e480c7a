"""Repairs of comparisons whose duration tells how much was right.

``hmac.compare_digest`` raises TypeError for what is no text or bytes, for text beside bytes, and for text beyond ASCII.
So a comparison is changed only where both sides show what they are; text that may be beyond ASCII is encoded.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import partial

from ..code import Code
from ..model import Edit, Place, Repair, fixes

_ASCII, _TEXT, _BYTES = "ascii", "text", "bytes"
_DIGESTS = {"hexdigest": _ASCII, "digest": _BYTES}
_CODECS = {"encode": _BYTES, "decode": _TEXT}
_CALLS = {
    "str": _TEXT,
    "bytes": _BYTES,
    "secrets.token_hex": _ASCII,
    "secrets.token_urlsafe": _ASCII,
    "secrets.token_bytes": _BYTES,
    "base64.b64encode": _BYTES,
    "base64.urlsafe_b64encode": _BYTES,
    "base64.b64decode": _BYTES,
    "binascii.hexlify": _BYTES,
    "os.urandom": _BYTES,
}
_FIELDS = frozenset({"args", "form", "values", "headers", "cookies"})
_SIMPLE = (ast.Name, ast.Attribute, ast.Subscript, ast.Call, ast.JoinedStr, ast.Constant)


@fixes("access.timing-comparison")
def even_comparison(place: Place) -> Iterator[Repair]:
    """``a == b`` becomes ``hmac.compare_digest(a, b)``, and ``!=`` its negation."""
    code = place.code
    for node in place.nodes(ast.Compare):
        sign = node.ops[0]
        if len(node.ops) != 1 or not isinstance(sign, ast.Eq | ast.NotEq):
            continue
        left, right = node.left, node.comparators[0]
        kinds = {_kind(code, left), _kind(code, right)}
        if kinds in ({_ASCII}, {_BYTES}):
            yield _repair(code, node, encoded=False)
        elif kinds <= {_ASCII, _TEXT}:
            yield _repair(code, node, encoded=True)


def _repair(code: Code, node: ast.Compare, *, encoded: bool) -> Repair:
    start, end = code.span(node)
    negated = isinstance(node.ops[0], ast.NotEq)
    edits = [Edit(start, start, "not hmac.compare_digest(" if negated else "hmac.compare_digest(")]
    if encoded:
        edits += _encoded(code, node.left)
    at = _sign(code, node)
    spaces = len(code.text[:at]) - len(code.text[:at].rstrip(" \t"))
    more = len(code.text[at + 2 :]) - len(code.text[at + 2 :].lstrip(" \t"))
    edits.append(Edit(at - spaces, at + 2 + more, ", "))
    if encoded:
        edits += _encoded(code, node.comparators[0])
    edits.append(Edit(end, end, ")"))
    return Repair(node, tuple(edits), partial(_compared, encoded=encoded), ("hmac",))


def _sign(code: Code, node: ast.Compare) -> int:
    """Return where the operator stands, behind the brackets around the left side."""
    at = code.skip(code.span(node.left)[1])
    while code.text[at] == ")":
        at = code.skip(at + 1)
    return at


def _encoded(code: Code, node: ast.expr) -> list[Edit]:
    start, end = code.span(node)
    if isinstance(node, _SIMPLE):
        return [Edit(end, end, ".encode()")]
    return [Edit(start, start, "("), Edit(end, end, ").encode()")]


def _compared(node: ast.Compare, encoded: bool) -> ast.expr:
    sides = [node.left, node.comparators[0]]
    if encoded:
        sides = [ast.Call(ast.Attribute(side, "encode", ast.Load()), [], []) for side in sides]
    call = ast.Call(ast.Attribute(ast.Name("hmac", ast.Load()), "compare_digest", ast.Load()), sides, [])
    return ast.UnaryOp(ast.Not(), call) if isinstance(node.ops[0], ast.NotEq) else call


def _kind(code: Code, node: ast.expr, *, deep: bool = False) -> str:
    """Return what a value is for certain, or an empty string; a name is all that it is ever bound to."""
    if isinstance(node, ast.Constant):
        return _of_constant(node.value)
    if isinstance(node, ast.JoinedStr):
        return _TEXT
    if isinstance(node, ast.Subscript):
        return _TEXT if _is_field(node.value) or code.names.path(node.value) == "os.environ" else ""
    if isinstance(node, ast.Call):
        return _of_call(code, node)
    if isinstance(node, ast.Name) and not deep:
        kinds = {_kind(code, value, deep=True) if value else "" for value in code.names.values(node.id)}
        return kinds.pop() if len(kinds) == 1 else ""
    return ""


def _of_constant(value: object) -> str:
    if isinstance(value, str):
        return _ASCII if value.isascii() else _TEXT
    return _BYTES if isinstance(value, bytes) else ""


def _of_call(code: Code, call: ast.Call) -> str:
    function = call.func
    if isinstance(function, ast.Name) and function.id in ("str", "bytes"):
        return "" if function.id in code.names.bound or function.id in code.names.imported else _CALLS[function.id]
    known = _CALLS.get(code.names.path(function), "")
    if known or not isinstance(function, ast.Attribute):
        return known
    if function.attr == "get" and _is_field(function.value):
        # Without a default it may be None.
        given = call.args[1] if len(call.args) == 2 and not call.keywords else None
        return _TEXT if isinstance(given, ast.Constant) and isinstance(given.value, str) else ""
    if function.attr in _CODECS:
        # Others have methods of the same names, but give them what is to be encoded.
        return _CODECS[function.attr] if all(isinstance(one, ast.Constant) for one in call.args) else ""
    return _DIGESTS.get(function.attr, "")


def _is_field(node: ast.expr) -> bool:
    """Return whether an expression is a mapping of the request whose values are text."""
    return (
        isinstance(node, ast.Attribute)
        and node.attr in _FIELDS
        and isinstance(node.value, ast.Name)
        and node.value.id == "request"
    )
