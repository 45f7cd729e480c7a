"""Applies ``garrison.toml`` to what an audit found, and tells which of its entries did something."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ..findings import Finding, NotChecked
from ..target.project import Accept, Entry, Ignore, Project
from .catalogue import all_checks

COMMENT = "comment"
"""The table of what no ``garrison.toml`` holds: a comment in the source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a run could have found.

    Attributes:
        roots: Folders or files that were looked at.
        rules: Ids of the rules that ran.
        today: Decides what has expired.
    """

    roots: tuple[Path, ...]
    rules: Collection[str]
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What one entry did in this run.

    Attributes:
        table: ``ignore``, ``accept``, or :data:`COMMENT`.
        subject: What it is about, in words.
        tested: Whether this run looked where the entry points.
        hits: How many findings or entries it matched.
        defect: Why it cannot be followed, in words; empty where it can.
        unreasoned: Whether it says no reason.
    """

    table: str
    line: int
    subject: str
    expired: bool
    tested: bool
    hits: int
    defect: str = ""
    unreasoned: bool = False

    @property
    def entry(self) -> str:
        """How such an entry is written."""
        return "# garrison: ignore" if self.table == COMMENT else f"[[{self.table}]]"


def split_ignored(project: Project, scope: Scope, findings: Iterable[Finding]) -> tuple[list[Finding], list[Usage]]:
    """Return the findings that no valid entry ignores, and what each entry did."""
    hits = [0] * len(project.ignores)
    kept: list[Finding] = []
    for finding in findings:
        path = relative(project, finding.path) if finding.path is not None else None
        numbers = [n for n, entry in enumerate(project.ignores) if entry.matches(finding.rule, path, finding.route)]
        for number in numbers:
            hits[number] += 1
        if all(project.ignores[number].expired(scope.today) for number in numbers):
            kept.append(finding)
    usages = [_usage_of_ignore(project, scope, *pair) for pair in zip(project.ignores, hits, strict=True)]
    return kept, usages


def mark_accepted(
    project: Project, scope: Scope, entries: Iterable[NotChecked]
) -> tuple[list[NotChecked], list[Usage]]:
    """Return the entries of *not checked*, those that the project accepts marked so, and what each acceptance did."""
    hits = [0] * len(project.accepts)
    marked: list[NotChecked] = []
    for entry in entries:
        numbers = [n for n, accept in enumerate(project.accepts) if _accepts(project, accept, entry)]
        for number in numbers:
            hits[number] += 1
        valid = [project.accepts[number] for number in numbers if not project.accepts[number].expired(scope.today)]
        marked.append(replace(entry, accepted=valid[0].words()) if valid else entry)
    usages = [_usage_of_accept(project, scope, *pair) for pair in zip(project.accepts, hits, strict=True)]
    return marked, usages


def relative(project: Project, path: str) -> str:
    """Return a path as the patterns of ``garrison.toml`` see it: relative to its folder, with forward slashes."""
    for absolute in (os.path.abspath(path), os.path.realpath(path)):
        if Path(absolute).is_relative_to(project.folder):
            return Path(absolute).relative_to(project.folder).as_posix()
    return Path(path).as_posix()


def _accepts(project: Project, accept: Accept, entry: NotChecked) -> bool:
    return accept.matches(entry.what) or accept.matches(relative(project, entry.what))


def _usage_of_ignore(project: Project, scope: Scope, entry: Ignore, hits: int) -> Usage:
    place = entry.path or entry.route or ""
    # What is about the machine is found on one and not on the other: an entry for it is not unused.
    ran = entry.rule in set(scope.rules) - _of_machine()
    tested = ran and entry.route is None and _looked_at(project, scope, place)
    return _usage("ignore", entry, f"{entry.rule} at {place}", scope, tested=tested, hits=hits)


def _of_machine() -> set[str]:
    return {name for name, check in all_checks().items() if check.rule.of_machine}


def _usage_of_accept(project: Project, scope: Scope, entry: Accept, hits: int) -> Usage:
    return _usage("accept", entry, entry.what, scope, tested=_looked_at(project, scope, entry.what), hits=hits)


def _usage(table: str, entry: Entry, subject: str, scope: Scope, *, tested: bool, hits: int) -> Usage:
    expired = entry.expired(scope.today)
    return Usage(table=table, line=entry.line, subject=subject, expired=expired, tested=tested, hits=hits)


def _looked_at(project: Project, scope: Scope, pattern: str) -> bool:
    """Return whether every file that a pattern can mean lies in what was looked at."""
    literal = project.folder / re.split(r"[*?[]", pattern, maxsplit=1)[0]
    roots = [root.resolve() for root in scope.roots]
    return any(project.folder.is_relative_to(root) or literal.is_relative_to(root) for root in roots)
