"""The application's own code as it was loaded: its modules, and the names that its functions use; nothing is run."""

from __future__ import annotations

import functools
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

from ..inspected import Inspected
from .layers import file_of, layers, words_of

_FOREIGN = frozenset({"site-packages", "dist-packages", "node_modules", ".venv", "venv", ".tox", ".nox"})
_GARRISON = __name__.partition(".")[0]


def own_modules(inspected: Inspected) -> list[ModuleType]:
    """Return the loaded modules that belong to the application and not to a library, in the order of their names."""
    modules = {name: module for name, module in list(sys.modules.items()) if isinstance(module, ModuleType)}
    return [module for name, module in sorted(modules.items()) if _is_own(inspected, name, module)]


def _is_own(inspected: Inspected, name: str, module: ModuleType) -> bool:
    file = getattr(module, "__file__", None)
    if not isinstance(file, str) or name.partition(".")[0] == _GARRISON:
        return False
    return is_own_file(inspected, Path(file))


def is_own(inspected: Inspected, view: Any) -> bool:
    """Return whether a view or hook was written in the project, whatever a library wrapped around it."""
    files = [file_of(layer) for layer in _layers(view)]
    owner = getattr(view, "view_class", None)
    if isinstance(owner, type):
        files.append(str(getattr(sys.modules.get(owner.__module__), "__file__", "")))
    return any(is_own_file(inspected, Path(file)) for file in files if file)


def is_own_file(inspected: Inspected, file: Path) -> bool:
    """Return whether a file lies in the project or in the application's package, and in no library."""
    package = Path(inspected.app.root_path)
    if file.is_relative_to(package) and _is_free(file.relative_to(package)):
        # An application may itself be installed among the libraries.
        return package not in _library_folders()
    inside = file.is_relative_to(inspected.root) and _is_free(file.relative_to(inspected.root))
    return inside and not any(file.is_relative_to(folder) for folder in _library_folders())


def _is_free(relative: Path) -> bool:
    return _FOREIGN.isdisjoint(relative.parts)


@functools.cache
def _library_folders() -> frozenset[Path]:
    paths = sysconfig.get_paths()
    return frozenset(Path(paths[name]) for name in ("stdlib", "platstdlib", "purelib", "platlib"))


def names_in(view: Any) -> frozenset[str]:
    """Return every name that a view or hook uses, decorated and nested functions and a class's methods included."""
    owner = getattr(view, "view_class", None)
    functions = [view, *(vars(owner).values() if isinstance(owner, type) else ())]
    return frozenset[str]().union(*(words_of(layer) for function in functions for layer in _layers(function)))


def _layers(function: Any) -> Iterable[Any]:
    return layers(function) if callable(function) else ()
