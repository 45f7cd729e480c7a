"""Repairs of tokens that can be guessed."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import partial

from ..arguments import has_stars
from ..model import Edit, Place, Repair, expression, fixes

_SAME = {"choice": "secrets.choice", "getrandbits": "secrets.randbits"}
# What else there is, the system's own generator has under the same name and with the same arguments.
_OTHERS = frozenset({"choices", "randint", "random", "randrange", "sample", "shuffle", "uniform", "randbytes"})


@fixes("access.weak-randomness")
def strong_randomness(place: Place) -> Iterator[Repair]:
    """``random.choice(...)`` becomes ``secrets.choice(...)``, and so on; a generator of one's own is left alone."""
    code = place.code
    for call in [*place.nodes(ast.Call), *_inside(place)]:
        module, _, name = code.names.path(call.func).rpartition(".")
        if module != "random" or (name not in _SAME and name not in _OTHERS):
            continue
        new = _SAME.get(name, f"secrets.SystemRandom().{name}")
        if name == "randrange" and len(call.args) == 1 and not call.keywords and not has_stars(call):
            new = "secrets.randbelow"
        start, end = code.span(call.func)
        yield Repair(call, (Edit(start, end, new),), partial(_called, words=new), ("secrets",))


def _inside(place: Place) -> Iterator[ast.Call]:
    """Yield the calls inside those at the place, such as the one inside a join."""
    for call in place.nodes(ast.Call):
        yield from (node for node in ast.walk(call) if isinstance(node, ast.Call) and node is not call)


def _called(call: ast.Call, words: str) -> ast.Call:
    call.func = expression(words)
    return call
