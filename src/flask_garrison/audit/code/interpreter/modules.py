"""Imports: a module's top level is run when it is first imported, as Python does."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from ..project.modules import Modules
from ..project.sources import Source
from ..values.objects import Function, Module
from ..values.refinement import Refinement
from ..values.value import Value
from .attributes import of_module
from .comparisons import keys_of
from .frames import Frame
from .machine import Machine, executes
from .targets import assign_name

if TYPE_CHECKING:
    from ..project.words import Words


class Loader:
    """The modules of a project that have been run, by name.

    Attributes:
        pending: Functions by the file that they stand in, in the order of their definition.
    """

    def __init__(self, modules: Modules, words: Words) -> None:
        self._modules = modules
        self._words = words
        self._loaded: dict[str, Module] = {}
        self.pending: dict[str, list[Function]] = {}

    def module(self, name: str) -> Module | None:
        """Return a module, not yet run perhaps; ``None`` where it is not in the project."""
        found = self._loaded.get(name)
        if found is None:
            source = self._modules.named(name)
            if source is None and not self._modules.is_folder(name):
                return None
            found = self._loaded[name] = Module(name, source)
            if source is None:
                found.state = "done"
        return found

    def ensure(self, machine: Machine, module: Module) -> None:
        """Run the top level of a module, unless that was done or is being done."""
        if module.state != "new" or module.source is None:
            return
        module.state = "running"
        run_module(machine, module)
        module.state = "done"

    def reads_client(self, function: Function) -> bool:
        """Return whether a function, or what it calls, reads what a client sends."""
        return self._words.reads_client(function)

    def registers(self, function: Function) -> bool:
        """Return whether a function may register views or hooks."""
        return self._words.registers(function)

    def is_direct(self, function: Function) -> bool:
        """Return whether a function itself names a source or a sink."""
        return self._words.is_direct(function)


def run_module(machine: Machine, module: Module) -> None:
    """Run the top level of a module in a state of its own, which stays."""
    source = module.source
    assert source is not None  # noqa: S101 - a folder has nothing to run
    outer, refined, spent, cut, pending = machine.frame, machine.refined, machine.spent, machine.cut, machine.pending
    machine.refined, machine.spent, machine.cut, machine.pending = Refinement(), -200_000, False, []
    # A module can be imported, or started as a program.
    module.scope.payload["__name__"] = Value(consts=tuple(dict.fromkeys((source.name or "__main__", "__main__"))))
    module.scope.payload["__file__"] = Value(path="@file")
    machine.frame = Frame(source, module.scope, None, None, None, machine.tick, machine.heap.mark(), machine.refined)
    try:
        machine.run(source.tree.body)
    finally:
        machine.loader.pending[source.name] = machine.pending
        machine.frame, machine.refined, machine.spent, machine.cut = outer, refined, spent, cut
        machine.pending = pending


@executes(ast.Import)
def import_(machine: Machine, node: ast.Import) -> bool:
    """``import a.b as c``."""
    for alias in node.names:
        top = alias.name.partition(".")[0]
        if alias.asname is not None:
            assign_name(machine, alias.asname, named_module(machine, alias.name))
            continue
        value = named_module(machine, top)
        if "." in alias.name:
            named_module(machine, alias.name)
        assign_name(machine, top, value)
    return True


@executes(ast.ImportFrom)
def import_from(machine: Machine, node: ast.ImportFrom) -> bool:
    """``from a import b``."""
    source = machine.source
    if node.level:
        name = machine.modules.relative(node.level, node.module, source)
        value = _of_project(machine, name)
        if value is None:
            value = Value(path=name)
    else:
        value = named_module(machine, node.module or "")
    for alias in node.names:
        if alias.name == "*":
            _star(machine, value)
            continue
        assign_name(machine, alias.asname or alias.name, _member(machine, value, alias.name))
    return True


def named_module(machine: Machine, name: str) -> Value:
    """Return what an absolute import means: a module of the project, or a path."""
    machine.imports_garrison = machine.imports_garrison or name.partition(".")[0] == "flask_garrison"
    full = machine.modules.resolve(name, machine.source)
    value = _of_project(machine, full) if full is not None else None
    return Value(path=machine.models.canonical(name)) if value is None else value


def _of_project(machine: Machine, name: str) -> Value | None:
    module = machine.loader.module(name)
    if module is None:
        return None
    machine.loader.ensure(machine, module)
    return Value(refs=(module,))


def _member(machine: Machine, value: Value, name: str) -> Value:
    for ref in value.refs:
        if isinstance(ref, Module):
            found = of_module(machine, ref, name)
            if found is not None:
                below = next((one for one in found.refs if isinstance(one, Module)), None)
                if below is not None:
                    machine.loader.ensure(machine, below)
                return found
            return Value(path=f"{ref.name}.{name}")
    return machine.models.imported(machine, f"{value.path}.{name}")


def _star(machine: Machine, value: Value) -> None:
    for ref in value.refs:
        if isinstance(ref, Module):
            chosen = ref.scope.payload.get("__all__")
            names = set(keys_of(chosen) or ()) if chosen is not None else None
            for name, item in ref.scope.payload.items():
                if name in names if names else not name.startswith("_"):
                    assign_name(machine, name, item)


__all__ = ["Loader", "Source", "named_module", "run_module"]
