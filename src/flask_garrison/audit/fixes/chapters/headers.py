"""Repairs of cookies."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import partial

from ..arguments import has_stars, keyword_of, with_more
from ..model import Place, Repair, fixes

# With the position that each has in Werkzeug's set_cookie.
_FLAGS = (("secure", 6, "True"), ("httponly", 7, "True"), ("samesite", 8, '"Lax"'))


@fixes("headers.cookie-flags-in-code")
def cookie_flags(place: Place) -> Iterator[Repair]:
    """``set_cookie(...)`` gets the flags that it leaves out; one that is written there, whatever it says, stays."""
    for call in place.nodes(ast.Call):
        if not isinstance(call.func, ast.Attribute) or call.func.attr != "set_cookie" or has_stars(call):
            continue
        flags = [
            (name, value)
            for name, position, value in _FLAGS
            if len(call.args) <= position and keyword_of(call, name) is None
        ]
        if call.args and flags:
            edit = with_more(place.code, call, [f"{name}={value}" for name, value in flags])
            yield Repair(call, (edit,), partial(_flagged, flags=flags))


def _flagged(call: ast.Call, flags: list[tuple[str, str]]) -> ast.Call:
    call.keywords += [ast.keyword(arg=name, value=ast.Constant(ast.literal_eval(value))) for name, value in flags]
    return call
