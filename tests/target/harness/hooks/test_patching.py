"""A replaced function is replaced under every name that it already had."""

from __future__ import annotations

import sys
import types
from collections.abc import Iterator
from typing import Any

import pytest

from flask_garrison.target.harness.hooks.patching import Builtin, replace_everywhere

SOURCE = """
from math import comb as also_known_as
import math

class Holder:
    direct = math.comb
    static = staticmethod(math.comb)
    def method(self, function=math.comb):
        return function(6, 3)
    def keyword(self, *, function=math.comb):
        return function(6, 3)

def default(function=math.comb):
    return function(6, 3)
"""


@pytest.fixture
def module() -> Iterator[Any]:
    """Import a module that knows a function in every way, and put the function back afterwards."""
    import math

    original = math.comb
    module = types.ModuleType("knows_a_function")
    module.__dict__["__name__"] = "knows_a_function"
    exec(SOURCE, module.__dict__)  # noqa: S102 - the source above
    sys.modules["knows_a_function"] = module
    new = Builtin(lambda first, second: f"{first} by {second}", original)
    replace_everywhere({original: new})
    yield module
    replace_everywhere({new: original})
    del sys.modules["knows_a_function"]


def test_every_name(module: Any) -> None:
    holder = module.Holder()
    found = [
        module.also_known_as(6, 3),
        module.default(),
        module.Holder.direct(6, 3),
        holder.static(6, 3),
        holder.method(),
        holder.keyword(),
    ]
    assert found == ["6 by 3"] * 6


def test_it_is_called_like_the_original(module: Any) -> None:
    assert module.also_known_as.__name__ == "comb"
    # A built-in function that stands in a class does not become a method; neither does what takes its place.
    assert type("Class", (), {"function": module.also_known_as})().function(6, 3) == "6 by 3"
