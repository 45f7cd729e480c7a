"""From a folder to findings."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from ...findings import NotChecked
from ..catalogue import every_check
from ..engine import Outcome, finding_of
from ..files import shown
from ..inspection import Inspection
from .engine import Analysis, analyse
from .project.templates import TemplateFolders
from .project.sources import Source, module_name

READS = frozenset({"call", "named", "comparison", "setting", "answer", "emission", "assertion", "definition", "views"})
"""What rules of code read."""


def inspect_code(root: Path, progress: Callable[[str], None] = lambda words: None) -> Inspection:
    """Inspect the Python code below a folder, or in one file, without running any of it."""
    sources = _sources(root)
    checks = [check for check in every_check() if check.reads in READS]
    folder = root if root.is_dir() else root.parent
    templates = TemplateFolders(path for path in folder.rglob("templates") if path.is_dir())
    analysis = analyse(
        sources, checks, templates, lambda done, total, words: progress(f"reading code {done}/{total}: {words}")
    )
    outcome = _outcome(analysis)
    outcome.ran |= {check.rule.id for check in checks}
    lines = sum(source.tree.body[-1].end_lineno or 0 for source in sources if source.tree.body)
    return Inspection(outcome, Counter({"files": len(sources), "lines": lines}), (root,))


def _sources(root: Path) -> list[Source]:
    folder = root if root.is_dir() else root.parent
    paths = sorted(folder.rglob("*.py")) if root.is_dir() else [root]
    found = []
    for path in paths:
        tree = ast.parse(path.read_bytes())
        found.append(Source(path, shown(path), module_name(folder, path), tree))
    return found


def _outcome(analysis: Analysis) -> Outcome:
    outcome = Outcome()
    for rule, match in analysis.listeners.found.values():
        outcome.findings.append(finding_of(rule, match))
    for name, words in analysis.listeners.failed.items():
        outcome.not_checked.append(NotChecked(what=name, rule=name, reason=words, how_to_include="Please report it."))
    for path, line, name in analysis.cut:
        reason = f"{name} takes more steps than an analysis allows; calls in it were followed only up to there"
        outcome.not_checked.append(
            NotChecked(what=f"{path}:{line}", reason=reason, how_to_include="Split the function.")
        )
    return outcome
