"""The report, in Markdown: counts, no finding of anybody's application."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from real_apps.apps import recipe_of
from real_apps.environments import LOCK, pinned, sections

from .run import Checked

SEVERITIES = ("critical", "high", "medium", "low", "info")
HEAD = (
    f"| app | version | mode | {' | '.join(SEVERITIES)} | not checked | requests judged | seconds | grade |\n"
    f"|---|---|---|{'---|' * len(SEVERITIES)}---|---|---|---|"
)
KINDS = {
    "raised": "a view raised",
    "answered": "a view answered 5xx or 429",
    "it did not answer": "a view took too long",
    "no address": "no address could be made up",
    "the application tried": "the application was refused something",
    "the rule failed": "a rule failed",
}


def table(checks: Iterable[Checked]) -> str:
    """Return one row for each report."""
    return "\n".join((HEAD, *map(_row, checks)))


def _row(check: Checked) -> str:
    recipe = recipe_of(check.name)
    version = pinned(sections(LOCK.read_text())[check.name], recipe.distribution)
    found = Counter(finding["severity"] for finding in check.report["findings"])
    summary = check.report["summary"]
    cells = (
        recipe.title,
        version,
        "bare" if check.mode == "bare" else "guarded",
        *(str(found[severity]) for severity in SEVERITIES),
        str(len(check.report["not_checked"])),
        str(summary["looked_at"]["answers"]),
        f"{check.seconds:.0f}",
        str(summary["grade"]["overall"] or "none"),
    )
    return f"| {' | '.join(cells)} |"


def unchecked(checks: Iterable[Checked]) -> str:
    """Return why something was not checked, by kind."""
    counts = Counter(_kind(entry["reason"]) for check in checks for entry in check.report["not_checked"])
    rows = (f"| {kind} | {count} |" for kind, count in counts.most_common())
    return "\n".join(("| not checked because | times |\n|---|---|", *rows))


def _kind(reason: str) -> str:
    return next((words for begin, words in KINDS.items() if reason.startswith(begin)), reason)
