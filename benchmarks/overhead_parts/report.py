"""Figures as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from .figures import Cost, Start, Verdict

STAGE_TITLES = {"import": "import", "plain": "import, guard, first line of text", "page": "import, guard, first page"}


def request_table(costs: Mapping[str, Mapping[str, Cost]], sides: Mapping[str, str], titles: Mapping[str, str]) -> str:
    """Return ratio to bare and microseconds added, a row a side and a column a workload.

    Args:
        sides: Name to title.
        titles: Workload to title.
    """
    bare = ["bare Flask, µs a request", *(f"{costs[workload]['bare'].microseconds:.0f}" for workload in titles)]
    rows = [
        [title, *(f"{cost.ratio:.2f} x, {cost.added:+.0f}" for cost in (costs[name][side] for name in titles))]
        for side, title in sides.items()
        if side != "bare"
    ]
    share = ["**Garrison, of what the four add**", *(f"**{costs[name]['garrison'].share:.0%}**" for name in titles)]
    return table(["", *titles.values()], [bare, *rows, share])


def start_table(starts: Mapping[str, Mapping[str, Start]], sides: Mapping[str, str]) -> str:
    """Return milliseconds, ratios and memory of fresh processes."""
    header = ["", "", "CPU ms", "x bare", "clock ms", "x bare", "MB above bare"]
    rows = [
        [
            STAGE_TITLES[stage],
            sides[subject],
            f"{one.cpu:.1f}",
            f"{one.cpu_ratio:.2f}",
            f"{one.clock:.1f}",
            f"{one.clock_ratio:.2f}",
            f"{one.memory_added:.1f}",
        ]
        for stage, subjects in starts.items()
        for subject, one in subjects.items()
    ]
    return table(header, rows)


def verdict_table(verdicts: Iterable[Verdict]) -> str:
    """Return each budget and whether it holds."""
    rows = [
        [
            verdict.what,
            f"{verdict.measured:.2f} {verdict.unit}".strip(),
            f"{verdict.budget:.2f} {verdict.unit}".strip(),
            "holds" if verdict.holds else "**broken**",
        ]
        for verdict in verdicts
    ]
    return table(["budget", "measured", "at most", ""], rows)


def spread_line(costs: Mapping[str, Mapping[str, Cost]]) -> str:
    """Say how far a ratio strays from round to round."""
    widths = sorted(
        (cost.quartiles[1] - cost.quartiles[0]) / cost.ratio for sides in costs.values() for cost in sides.values()
    )
    return (
        f"Half of the rounds lie within {widths[len(widths) // 2] / 2:.1%} of a ratio, up or down (the typical cell)."
    )


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table with aligned columns: text left, figures right."""
    widths = [max(len(row[column]) for row in (header, *rows)) for column in range(len(header))]
    rule = ["-" * width if column == 0 else "-" * (width - 1) + ":" for column, width in enumerate(widths)]
    lines = [header, rule, *rows]
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines
    )
