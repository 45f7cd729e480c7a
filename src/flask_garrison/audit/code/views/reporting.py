"""Findings about a view: where it stands, and what shows them."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import Any

from ....findings import Confidence, Evidence, Severity
from ...rule import Match
from ..events import brief
from ..project.sources import Source
from .happenings import Happening
from .model import View

MOST_NAMED = 3


def match_of(
    view: View,
    title: str,
    summary: str,
    *,
    happening: Happening | None = None,
    severity: Severity | None = None,
    confidence: Confidence | None = None,
    method: str = "",
    fix: str = "",
) -> Match:
    """Return a finding about a view.

    Args:
        summary: What shows it, in words.
        happening: What in the view makes it matter; a step of the path.
    """
    steps = [_step(view.source, view.function.node, f"{view.method} {view.route}".strip())]
    if happening is not None:
        steps.append(_step(happening.function.source, happening.node, ""))
    return Match(
        title,
        severity=severity,
        confidence=confidence,
        subject=f"{view.source.name}\n{view.name}",
        route=view.route or None,
        method=method or view.method,
        path=view.source.shown,
        line=view.line,
        evidence=(Evidence("path", summary, {"steps": steps}),),
        fix=fix,
    )


def _step(source: Source, node: ast.AST, words: str) -> dict[str, Any]:
    line, column = getattr(node, "lineno", 1), getattr(node, "col_offset", 0) + 1
    code = f"def {node.name}" if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) else brief(node)
    summary = f"{source.shown}:{line}: {words}: {code}" if words else f"{source.shown}:{line}: {code}"
    return {"path": source.shown, "line": line, "column": column, "code": code, "summary": summary}


def named(views: Iterable[View]) -> str:
    """Return the names of some views, the first few of them."""
    names = list(dict.fromkeys(view.name.rpartition("create_app.")[2] for view in views))
    more = ", ..." if len(names) > MOST_NAMED else ""
    return ", ".join(names[:MOST_NAMED]) + more
