"""Short applications around a few lines of a view."""

from __future__ import annotations

from textwrap import dedent, indent

from .support import findings_in

FIRST = 8
"""The line on which the body of :func:`in_view` begins, where nothing stands before the view."""


def in_view(body: str, *, above: str = "", imports: str = "") -> str:
    """Return an application whose only view runs some lines; ``q`` is a text and ``body`` JSON that a client sent."""
    head = f"from flask import Flask, Response, abort, request\n{imports}\napp = Flask(__name__)\n"
    start = '@app.post("/do")\ndef do():\n    q = request.args["q"]; body = request.get_json()\n'
    return f"{head}{dedent(above)}\n{start}{indent(dedent(body).strip(), '    ')}\n    return ''\n"


def lines_of(rule: str, body: str, *, above: str = "", imports: str = "") -> list[str]:
    """Return the code lines on which a rule finds something in such an application."""
    code = in_view(body, above=above, imports=imports)
    lines = code.splitlines()
    return [lines[(line or 1) - 1].strip() for line, _ in findings_in(code, rule)]
