"""The page, in Markdown: counts of findings, no finding of anybody's application."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Mapping, Sequence

from .apps import Source
from .environments import version_of
from .figures import MB, Verdict, figures_of, verdicts_of
from .rounds import Cell, Cells
from .tools import RULES, TOOLS, Tool

Measured = Mapping[str, tuple[Source, Cells]]
"""By name of the application."""

INTRO = """\
# How fast the code is read

```
python benchmarks/audit.py    # --quick: one application, one round; --output FILE: this page; --json FILE: every run
```

measures `garrison audit PATH` beside bandit, ruff's `S` rules and semgrep, over the source of real Flask applications.
Their wheels are pinned, hash-checked and unpacked; nothing of them is installed or run. Each tool has an environment of
its own below `.venvs`. This page is the output of one run.

## How it is measured

- **The same files**: every Python file and template of the wheel but tests, which scanners treat differently. What
  each tool says it read stands in the table, and a number that is not the application's own is marked. Garrison
  also reads the templates; the lines counted are those of Python alone.
- **CPU** is user and system time of the process and its children, as the kernel counts it, starts included. A clock
  time below the CPU time shows that two cores were used. **Lines a CPU second** are all lines, blank ones too.
- **Memory** is of a run of its own, whose time does not count: the proportional set sizes (PSS) of all processes of
  the tool, added up every 50 ms, or the kernel's maximum of the largest process, whichever is more. A peak of several
  processes between two looks can be missed; nothing below the benchmark's own size, some 25 MB, can be seen.
- **Cold** finds an empty cache, **warm** a full one. Then one file is another: a comment at its end, or a statement
  more in its longest function. bandit and semgrep keep nothing, so for them every run is cold.
- Tools take turns within a round. Times are medians over rounds; ratios are taken within a round, and their medians
  shown. `ast.parse` of every file, in one process that does nothing else, is the limit for whatever reads Python so.
- **Findings** are counted as information. The tools do not look for the same things, and semgrep runs rules of our own:
  its published ones come from a registry, which a benchmark that anybody can repeat must not need.

Seconds belong to the machine of the run. On one that others use too, CPU time changes little and the clock a lot;
ratios travel."""


def page(measured: Measured, rounds: int) -> str:
    """Return the whole page."""
    failures = [*failures_of(measured)]
    parts = (
        INTRO,
        "## A run",
        _machine(rounds),
        apps_table(source for source, _ in measured.values()),
        *(f"### {source.app.title}\n\n{app_table(source, cells)}" for source, cells in measured.values()),
        "## What failed" if failures else "",
        "\n".join(f"- {failure}" for failure in failures),
        "## What is promised",
        verdict_table(verdicts_of(measured)),
    )
    return "\n\n".join(part for part in parts if part) + "\n"


def _machine(rounds: int) -> str:
    versions = ", ".join(f"{name} {version_of(name)}" for name in ("bandit", "ruff", "semgrep"))
    rules = RULES.read_text().count("  - id: ")
    return (
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores. "
        f"{versions} with {rules} rules. Rounds: {rounds}."
    )


def apps_table(sources: Iterable[Source]) -> str:
    """Return what is read."""
    rows = [
        [one.app.title, one.app.version, str(len(one.files)), f"{one.lines:,}", str(one.templates)] for one in sources
    ]
    return table(["application", "version", "Python files", "lines", "templates and text"], rows)


def app_table(source: Source, cells: Cells) -> str:
    """Return a row for each tool and state that was run over an application."""
    header = ["", "CPU s", "clock s", "lines a CPU s", "x bandit", "of the limit", "x cold", "MB", "findings"]
    rows = [
        [f"{tool.title}, {state}" if len(tool.states) > 1 else tool.title, *_row(source, cells, tool, state)]
        for tool in TOOLS
        for state in tool.states
        if (tool.name, state) in cells
    ]
    return table([*header, "files read", "not read"], rows)


def _row(source: Source, cells: Cells, tool: Tool, state: str) -> list[str]:
    cell, figures = cells[tool.name, state], figures_of(cells, tool.name, state, source.lines)
    if figures is None:
        return ["**failed**" if cell.outcome.error else "not run", *["-"] * 9]
    return [
        f"{figures.cpu:.2f}",
        f"{figures.wall:.2f}",
        f"{figures.speed:,.0f}",
        _ratio(figures.to_bandit, "{:.2f}"),
        _ratio(figures.of_limit, "{:.0%}"),
        _ratio(figures.to_cold if len(tool.states) > 1 else None, "{:.1f}"),
        _ratio(cell.peak and cell.peak / MB, "{:.0f}"),
        "-" if cell.outcome.findings is None else str(cell.outcome.findings),
        _files(source, cell),
        str(cell.outcome.unread),
    ]


def _ratio(figure: float | None, form: str) -> str:
    return "-" if figure is None else form.format(figure)


def _files(source: Source, cell: Cell) -> str:
    if cell.outcome.files is None:
        return "not said"
    same = cell.outcome.files == len(source.files)
    return str(cell.outcome.files) if same else f"**{cell.outcome.files} of {len(source.files)}**"


def failures_of(measured: Measured) -> Iterable[str]:
    """Name each tool that failed, with its error."""
    for source, cells in measured.values():
        for (name, state), cell in cells.items():
            if cell.outcome.error:
                yield f"{source.app.title}: {name}, {state}: {cell.outcome.error}"


def verdict_table(verdicts: Iterable[Verdict]) -> str:
    """Return each promise and whether it holds."""
    rows = [
        [
            verdict.what,
            "-" if verdict.measured is None else f"{verdict.measured:.2f} {verdict.unit}",
            f"{verdict.bound} {verdict.promised:.2f} {verdict.unit}",
            verdict.words,
        ]
        for verdict in verdicts
    ]
    return table(["", "measured", "promised", ""], rows)


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table with aligned columns: text left, figures right."""
    widths = [max(3, *(len(row[column]) for row in (header, *rows))) for column in range(len(header))]
    rule = ["-" * width if column == 0 else "-" * (width - 1) + ":" for column, width in enumerate(widths)]
    lines = [header, rule, *rows]
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines
    )
