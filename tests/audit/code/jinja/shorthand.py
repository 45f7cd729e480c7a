"""Short ways to lower templates and to read what comes out."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import Any

from flask_garrison.audit.code.jinja import lower


def lines(body: Iterable[ast.stmt]) -> list[str]:
    """Return statements as they would stand in Python."""
    return "\n".join(ast.unparse(statement) for statement in body).splitlines()


def lowered(text: str, name: str | None = "page.html", **options: Any) -> list[str]:
    """Return the body of a lowered template."""
    return lines(lower(text, name, **options).body)


def contexts(text: str, name: str | None = "page.html", **options: Any) -> list[tuple[str, str | None]]:
    """Return context and quote of everything that is written, blocks and functions included."""
    template = lower(text, name, **options)
    bodies = [template.body, *(block.body for block in template.blocks.values())]
    return [_place(call) for body in bodies for statement in body for call in _emits(statement)]


def _emits(statement: ast.stmt) -> list[ast.Call]:
    calls = [node for node in ast.walk(statement) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    return [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "@emit"]


def _place(call: ast.Call) -> tuple[str, str | None]:
    quote = next((word.value for word in call.keywords if word.arg == "quote"), None)
    return ast.literal_eval(call.args[1]), ast.literal_eval(quote) if quote is not None else None
