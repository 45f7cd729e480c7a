"""Logging: what is a logger, and whether what it writes keeps line breaks."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from ..values.objects import Class, Instance
from ..values.taint import Use
from ..values.value import NONE, TRUE, UNKNOWN, Value
from .registry import alias, on_call
from .support import cleaned

if TYPE_CHECKING:
    from ..events import Call
    from ..interpreter.machine import Machine

LOGGERS: Final = ("logging", "logging.getLogger()", "flask.Flask().logger", "loguru.logger")
LEVELS: Final = ("debug", "info", "warning", "warn", "error", "exception", "critical", "fatal", "log")
_ESCAPED: Final = "@escaped log"
_ESCAPES: Final = frozenset({"dumps", "repr", "replace", "encode", "translate", "sub"})
"""Names whose use in a formatter says that it looks after line breaks."""

alias(
    {
        "flask.current_app.logger": "flask.Flask().logger",
        "logging.getLogger().getChild()": "logging.getLogger()",
        "logging.root": "logging.getLogger()",
        "logging.Logger()": "logging.getLogger()",
        "logging.LoggerAdapter()": "logging.getLogger()",
        "flask.logging.create_logger()": "logging.getLogger()",
        "loguru.logger.bind()": "loguru.logger",
        "loguru.logger.opt()": "loguru.logger",
    }
)


def is_json_logger(machine: Machine) -> bool:
    """Return whether the application formats its log entries so that a line break cannot end one."""
    return _ESCAPED in machine.lasting


@on_call("?.setFormatter", "?.addFilter")
def formatter(call: Call) -> Value:
    """A formatter that writes JSON, or escapes line breaks."""
    value = call.arg(0, "fmt", "filter")
    if value is not None and _escapes(value):
        call.machine.lasting[_ESCAPED] = TRUE
    return NONE


def _escapes(value: Value) -> bool:
    if "json" in value.path.lower():
        return True
    for ref in value.refs:
        cls = ref.cls if isinstance(ref, Instance) else ref
        if isinstance(cls, Class) and any(_class_escapes(one) for one in cls.ancestors()):
            return True
    return False


def _class_escapes(cls: Class) -> bool:
    if any("json" in base.path.lower() for base in cls.bases):
        return True
    names = (
        getattr(node.func, "attr", getattr(node.func, "id", ""))
        for node in ast.walk(cls.node)
        if isinstance(node, ast.Call)
    )
    return any(name in _ESCAPES for name in names)


@on_call("logging.config.dictConfig")
def configured(call: Call) -> Value:
    """A configuration that names a formatter for JSON."""
    value = call.arg(0, "config")
    if value is not None and _names_json(value, 0):
        call.machine.lasting[_ESCAPED] = TRUE
    return NONE


def _names_json(value: Value, depth: int) -> bool:
    from ..interpreter.expressions import held

    if any("json" in text.lower() and "." in text for text in value.texts()) or "json" in value.path.lower():
        return True
    return depth < 5 and any(_names_json(item, depth + 1) for ref in value.refs for item in held(ref))


@on_call(*(f"{logger}.{level}" for logger in LOGGERS for level in LEVELS))
def logged(call: Call) -> Value:
    """Nothing comes back."""
    return UNKNOWN


@on_call("json.dumps", "flask.json.dumps", "simplejson.dumps", "ujson.dumps", "orjson.dumps")
def dumped(call: Call) -> Value | None:
    """JSON has no line break within a text."""
    value = call.arg(0, "obj")
    return cleaned(call, value, Use.LINE | Use.LOG | Use.NOSQL | Use.FIELDS | Use.OBJECT)
