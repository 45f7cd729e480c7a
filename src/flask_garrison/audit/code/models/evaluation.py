"""Code as data: literals, and modules by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..values.taint import Use
from ..values.value import UNKNOWN, Value
from .registry import alias, on_call
from .support import carried

if TYPE_CHECKING:
    from ..events import Call

alias(
    {
        "builtins.eval": "eval",
        "builtins.exec": "exec",
        "builtins.compile": "compile",
        "builtins.__import__": "__import__",
        "importlib.__import__": "__import__",
        "werkzeug.utils.import_string": "importlib.import_module",
        "werkzeug.import_string": "importlib.import_module",
        "django.utils.module_loading.import_string": "importlib.import_module",
        "pydoc.locate": "importlib.import_module",
        "sympy.parsing.sympy_parser.parse_expr": "sympy.parse_expr",
        "sympy.core.sympify.sympify": "sympy.sympify",
    }
)


@on_call("ast.literal_eval")
def literal(call: Call) -> Value:
    """A literal: numbers, texts and containers of them, and no code."""
    made = carried(call, call.arg(0, "node_or_string"))
    if not made.taint:
        return UNKNOWN
    return made.but(taint=made.taint | Use.NOSQL | Use.FIELDS if made.taint & Use.CLIENT else made.taint)


@on_call("compile")
def compiled(call: Call) -> Value:
    """Code; it was judged where it was compiled."""
    made = carried(call, call.arg(0, "source"))
    return Value(made.taint, path="compile()", step=made.step) if made.taint else Value(path="compile()")


@on_call("eval", "exec")
def evaluated(call: Call) -> Value:
    """What a client's code returns is a client's; of the application's own code, nothing is known."""
    return carried(call, call.arg(0), uncertain=True)
