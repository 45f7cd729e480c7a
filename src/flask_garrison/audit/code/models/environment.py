"""The environment and the configuration: what of them is a secret, by its name."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from ..labels import SECRET, names_secret
from ..values.value import UNKNOWN, Value, join
from .registry import alias, on_attribute, on_call, on_item

if TYPE_CHECKING:
    from ..events import Call
    from ..interpreter.machine import Machine

alias({"os.environb": "os.environ", "os.getenvb": "os.getenv", "os.environ.pop": "os.environ.get"})
_CONFIG: Final = "flask.Flask().config"


def secret(machine: Machine, node: ast.AST, name: str, label: str) -> Value:
    """Return the value of a secret; asked for again, the same one."""
    place = ("secret", label, name)
    found = machine.reads.get(place)
    if found is None:
        found = machine.reads[place] = Value(SECRET, step=machine.step(node, None, label=f"the secret {name}"))
    return found


@on_item("os.environ")
def variable(machine: Machine, value: Value, key: Value, node: ast.AST) -> Value | None:
    """``os.environ["API_KEY"]``."""
    if key.known and names_secret(key.constant):
        return secret(machine, node, key.constant, "environment")
    return UNKNOWN


@on_call("os.environ.get", "os.getenv", "decouple.config", "environs.Env().str", "environs.Env()")
def get_variable(call: Call) -> Value:
    """``os.getenv("API_KEY", default)``."""
    key, default = call.arg(0, "key", "name"), call.arg(1, "default")
    if key is not None and key.known and names_secret(key.constant):
        return secret(call.machine, call.node, key.constant, "environment")
    return UNKNOWN if default is None else join(UNKNOWN, default) if default.taint else UNKNOWN


@on_attribute("flask.Flask().secret_key")
def secret_key(machine: Machine, value: Value, path: str, node: ast.AST) -> Value:
    """``app.secret_key``."""
    return secret(machine, node, "secret_key", "application")
