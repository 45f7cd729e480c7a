"""Functions as they are: what a decorator wrapped, where a wrapper was written, and which words its code uses.

``functools.wraps`` copies the name and module of what is wrapped; the code and the globals still tell the wrapper's
own. Nothing is called.
"""

from __future__ import annotations

import dis
from collections.abc import Iterator
from functools import partial
from types import CodeType, FunctionType
from typing import Any

DEEPEST = 30
"""Wrappers around one function that are looked at; one could name itself."""


def plain(function: Any) -> Any:
    """Return the function behind a bound method, a ``partial`` or an object that can be called."""
    for _ in range(DEEPEST):
        if isinstance(function, partial):
            function = function.func
        elif hasattr(function, "__func__"):
            function = function.__func__
        elif not hasattr(function, "__code__") and callable(function):
            return type(function).__call__
        else:
            break
    return function


def layers(view: Any) -> Iterator[Any]:
    """Yield a function and what it wraps, from the outside in."""
    layer, seen = plain(view), set[int]()
    while layer is not None and id(layer) not in seen and len(seen) < DEEPEST:
        seen.add(id(layer))
        yield layer
        layer = _wrapped(layer)


def _wrapped(function: Any) -> Any:
    wrapped = getattr(function, "__wrapped__", None)
    if wrapped is not None:
        return plain(wrapped)
    # A decorator without functools.wraps: what it wraps is the one function that it closed over.
    inner = [value for value in closure_of(function).values() if isinstance(value, FunctionType)]
    return inner[0] if len(inner) == 1 and "<locals>" in written_as(function) else None


def closure_of(function: Any) -> dict[str, Any]:
    """Return the variables that a function closed over, by name."""
    code, cells = getattr(function, "__code__", None), getattr(function, "__closure__", None)
    if code is None or not cells:
        return {}
    return {name: _content(cell) for name, cell in zip(code.co_freevars, cells, strict=True)}


def _content(cell: Any) -> Any:
    try:
        return cell.cell_contents
    except ValueError:
        return None


def written_in(function: Any) -> str:
    """Return the name of the module in which a function was written, whatever its ``__module__`` says."""
    return str(getattr(function, "__globals__", {}).get("__name__", ""))


def written_as(function: Any) -> str:
    """Return the qualified name under which a function was written, such as ``login_required.<locals>.wrapper``."""
    code = getattr(function, "__code__", None)
    return str(getattr(code, "co_qualname", ""))


def factory_of(function: Any) -> str:
    """Return the name of the decorator that made a function, or its own."""
    return written_as(function).partition(".<locals>")[0]


def words_of(function: Any) -> frozenset[str]:
    """Return every name and every word of text that a function's code uses, functions inside it included."""
    code = getattr(plain(function), "__code__", None)
    return frozenset() if code is None else frozenset(_words(code))


def _words(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    yield from code.co_freevars
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _words(constant)
        elif isinstance(constant, str):
            yield constant
        elif isinstance(constant, tuple | frozenset):
            yield from (item for item in constant if isinstance(item, str))


def numbers_of(function: Any) -> frozenset[int]:
    """Return every whole number that stands in a function's code, functions inside it included."""
    code = getattr(plain(function), "__code__", None)
    return frozenset() if code is None else frozenset(_numbers(code))


def _numbers(code: CodeType) -> Iterator[int]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _numbers(constant)
        elif isinstance(constant, int):
            yield constant


def called_by(function: Any) -> list[Any]:
    """Return the functions of its own module, imported ones included, whose names a function's code says."""
    last = list(layers(function))[-1]
    known = getattr(last, "__globals__", {})
    found = (known.get(name) for name in sorted(loaded_by(last)))
    return [one for one in found if isinstance(one, FunctionType)]


def loaded_by(function: Any) -> frozenset[str]:
    """Return the names that a function's code takes from its module or imports itself; no attribute is among them."""
    code = getattr(plain(function), "__code__", None)
    return frozenset() if code is None else frozenset(_loaded(code))


def _loaded(code: CodeType) -> Iterator[str]:
    for instruction in dis.get_instructions(code):
        if instruction.opname in ("LOAD_GLOBAL", "LOAD_NAME", "IMPORT_FROM", "LOAD_DEREF"):
            yield str(instruction.argval)
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _loaded(constant)


def words_of_class(kind: type) -> frozenset[str]:
    """Return the words in every method that a class has, its own in place of those that it overrides."""
    members: dict[str, Any] = {}
    for owner in reversed(kind.__mro__[:-1]):
        members |= vars(owner)
    return frozenset[str]().union(*(words_of(one) for one in members.values() if hasattr(plain(one), "__code__")))


def file_of(function: Any) -> str | None:
    """Return the file in which a function was written."""
    code = getattr(plain(function), "__code__", None)
    return None if code is None else str(code.co_filename)


def line_of(function: Any) -> int | None:
    """Return the line at which a function begins."""
    code = getattr(plain(function), "__code__", None)
    return None if code is None else int(code.co_firstlineno)
