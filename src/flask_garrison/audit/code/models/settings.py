"""Settings that come from outside of the code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..values.objects import Mapping
from ..values.value import UNKNOWN, Value, join
from .flask_app import APP
from .registry import on_call

if TYPE_CHECKING:
    from ..events import Call

_READ = ("from_pyfile", "from_envvar", "from_prefixed_env", "from_file", "from_json")


@on_call(*(f"{APP}.config.{name}" for name in _READ))
def from_outside(call: Call) -> Value:
    """``app.config.from_envvar("SETTINGS")``: any of what was set before may be another one now."""
    for ref in call.receiver.refs if call.receiver is not None else ():
        if isinstance(ref, Mapping):
            items, rest = ref.payload
            call.machine.heap.write(ref, ({name: join(value, UNKNOWN) for name, value in items.items()}, rest))
    return UNKNOWN
