"""Repairs of connections whose other end is not verified."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..arguments import is_constant, keyword_of, without
from ..model import Edit, Place, Repair, fixes

_CALLS = frozenset(
    {"get", "post", "put", "patch", "delete", "head", "options", "request", "stream", "send"}
    | {"Session", "Client", "AsyncClient"}
)


@fixes("transport.tls-verification-off")
def verified_calls(place: Place) -> Iterator[Repair]:
    """``verify=False`` is taken out of a request: to verify is the default of requests and httpx."""
    for call in place.nodes(ast.Call):
        argument = keyword_of(call, "verify")
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if argument is not None and is_constant(argument.value, False) and name in _CALLS:
            yield Repair(call, (without(place.code, call, argument),), _verifying)


def _verifying(call: ast.Call) -> ast.Call:
    call.keywords = [one for one in call.keywords if one.arg != "verify"]
    return call


@fixes("transport.tls-verification-off")
def verified_sessions(place: Place) -> Iterator[Repair]:
    """``session.verify = False`` becomes ``session.verify = True``."""
    for node in place.nodes(ast.Assign):
        target = node.targets[0]
        attribute = len(node.targets) == 1 and isinstance(target, ast.Attribute) and target.attr == "verify"
        if attribute and is_constant(node.value, False):
            start, end = place.code.span(node.value)
            yield Repair(node.value, (Edit(start, end, "True"),), lambda _: ast.Constant(value=True))


@fixes("transport.tls-verification-off")
def verified_contexts(place: Place) -> Iterator[Repair]:
    """``ssl._create_unverified_context()`` becomes ``ssl.create_default_context()``."""
    for call in place.nodes(ast.Call):
        function = call.func
        if call.args or call.keywords or not isinstance(function, ast.Attribute):
            continue
        if place.code.names.path(function) == "ssl._create_unverified_context":
            _, end = place.code.span(function)
            edit = Edit(end - len(function.attr), end, "create_default_context")
            yield Repair(call, (edit,), _default_context)


def _default_context(call: ast.Call) -> ast.Call:
    if isinstance(call.func, ast.Attribute):
        call.func.attr = "create_default_context"
    return call
