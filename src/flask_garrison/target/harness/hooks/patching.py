"""Puts our function in the place of one of Python's, wherever it is already known under a name of its own."""

from __future__ import annotations

import os
import sys
import types
from collections.abc import Callable, Mapping
from typing import Any

from . import real


class Builtin:
    """A function that, like the built-in one whose place it takes, does not become a method in a class body."""

    def __init__(self, function: Callable[..., Any], original: Callable[..., Any]) -> None:
        self._function = function
        self.__name__ = original.__name__
        self.__qualname__ = original.__name__
        self.__doc__ = original.__doc__
        self.__text_signature__ = getattr(original, "__text_signature__", None)

    def __call__(self, *args: Any, **options: Any) -> Any:
        """Call the function."""
        return self._function(*args, **options)

    def __repr__(self) -> str:
        return f"<function {self.__name__} of Flask-Garrison's private copy>"


def replace_everywhere(replacements: Mapping[Any, Any]) -> None:
    """Replace functions in every module that has been imported, and in the defaults of their functions.

    Args:
        replacements: From the original to what takes its place.
    """
    found = {id(original): new for original, new in replacements.items()}
    for module in list(sys.modules.values()):
        # What the harness keeps for its own use stays.
        if isinstance(module, types.ModuleType) and module.__name__ != real.__name__:
            _replace_in_module(module, found)
    _replace_in_sets_of_os(replacements)


def _replace_in_module(module: types.ModuleType, found: Mapping[int, Any]) -> None:
    for name, value in list(vars(module).items()):
        if id(value) in found:
            setattr(module, name, found[id(value)])
        elif isinstance(value, types.FunctionType):
            _replace_defaults(value, found)
        elif isinstance(value, type) and value.__module__ == module.__name__:
            _replace_in_class(value, found)


def _replace_in_class(owner: type, found: Mapping[int, Any]) -> None:
    for name, value in list(vars(owner).items()):
        inner = value.__func__ if isinstance(value, staticmethod) else value
        if id(inner) in found:
            setattr(owner, name, staticmethod(found[id(inner)]))
        elif isinstance(value, types.FunctionType):
            _replace_defaults(value, found)


def _replace_defaults(function: types.FunctionType, found: Mapping[int, Any]) -> None:
    if function.__defaults__ and any(id(value) in found for value in function.__defaults__):
        function.__defaults__ = tuple(found.get(id(value), value) for value in function.__defaults__)
    if function.__kwdefaults__:
        function.__kwdefaults__.update(
            {name: found[id(value)] for name, value in function.__kwdefaults__.items() if id(value) in found}
        )


def _replace_in_sets_of_os(replacements: Mapping[Any, Any]) -> None:
    """Keep ``os.open in os.supports_dir_fd`` true; :mod:`shutil` and :mod:`tempfile` ask for it."""
    for name in ("supports_dir_fd", "supports_fd", "supports_follow_symlinks", "supports_effective_ids"):
        known = getattr(os, name)
        known |= {new for original, new in replacements.items() if original in known}
