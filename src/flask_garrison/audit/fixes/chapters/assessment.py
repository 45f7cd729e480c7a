"""Repairs of what belongs on the developer's machine alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..arguments import is_constant, keyword_of, without
from ..model import Place, Repair, fixes


@fixes("assessment.debug-in-code")
def no_debug(place: Place) -> Iterator[Repair]:
    """``app.run(debug=True)`` loses its argument: ``flask run --debug`` switches it on where it is wanted."""
    for call in place.nodes(ast.Call):
        argument = keyword_of(call, "debug")
        runs = isinstance(call.func, ast.Attribute) and call.func.attr == "run"
        if runs and argument is not None and is_constant(argument.value, True):
            yield Repair(call, (without(place.code, call, argument),), _quiet)


def _quiet(call: ast.Call) -> ast.Call:
    call.keywords = [one for one in call.keywords if one.arg != "debug"]
    return call
