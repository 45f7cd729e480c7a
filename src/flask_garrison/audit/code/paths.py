"""The path of a client's value, step by step, as a finding shows it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from .values.value import Value

if TYPE_CHECKING:
    from .interpreter.frames import Frame
    from .interpreter.machine import Machine
    from .project.sources import Source
    from .values.steps import Step

MAX_STEPS = 24


def path_of(
    machine: Machine, value: Value, sink: ast.AST, source: Source | None = None, via: Step | None = None
) -> list[dict[str, Any]]:
    """Return the steps from where the client's data are read to a sink.

    Each is ``{"path", "line", "column", "code", "summary"}``. The calls that were being interpreted are among the
    steps, in the order in which things happened. ``source`` is the file of the sink, where it is not the present one.
    """
    found: list[tuple[int, Source, ast.AST, str]] = []
    step = via or value.step
    if step is not None:
        chain = step.chain()
        found = [(one.tick, one.source, one.node, one.label if number == 0 else "") for number, one in enumerate(chain)]
    frame = machine.frame
    first = found[0][0] if found else 0
    while frame is not None and frame.caller is not None:
        if frame.call is not None and frame.tick > first:
            found.append((frame.tick, frame.caller.source, frame.call, _called(frame)))
        frame = frame.caller
    found.sort(key=lambda item: item[0])
    steps = [_step(source, node, words) for _, source, node, words in found]
    steps.append(_step(source or machine.frame.source, sink, "reaches"))
    return _short(_distinct(steps))


def _called(frame: Frame) -> str:
    """Return what a call leads to, in words."""
    if frame.function is not None:
        return f"calls {frame.function.name}"
    return f"shows {frame.source.name.removeprefix('template ')}" if frame.source.is_template else "runs"


def _step(source: Source, node: ast.AST, words: str) -> dict[str, Any]:
    from .events import brief

    line, column = getattr(node, "lineno", 1), getattr(node, "col_offset", 0) + 1
    code = source.line(line) if source.is_template else brief(node)
    where = f"{source.shown}:{line}"
    summary = f"{where}: {code}" if not words else f"{where}: {words}: {code}"
    return {"path": source.shown, "line": line, "column": column, "code": code, "summary": summary}


def _distinct(steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the steps without those that say again where the one before stands."""
    kept: list[dict[str, Any]] = []
    for step in steps:
        if kept and (kept[-1]["path"], kept[-1]["line"], kept[-1]["code"]) == (
            step["path"],
            step["line"],
            step["code"],
        ):
            kept.pop()
        kept.append(step)
    return kept


def _short(steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    half = MAX_STEPS // 2
    return steps if len(steps) <= MAX_STEPS else [*steps[:half], *steps[-half:]]
