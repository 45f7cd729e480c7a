"""Where findings are, in words, and what order a reader meets them in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from ..findings import Finding

APPLICATION = "the application"


def route_of(finding: Finding) -> str:
    """Return method and route, or an empty string."""
    return " ".join(filter(None, (finding.method, finding.route)))


def place_of(finding: Finding) -> str:
    """Return file and line, else method and route, else that it is about the application as a whole."""
    if finding.path:
        return f"{finding.path}:{finding.line}" if finding.line else finding.path
    return route_of(finding) or APPLICATION


def evidence_of(finding: Finding) -> str:
    """Return the words of the first evidence, or an empty string where they only say the title again."""
    said = finding.evidence[0].summary if finding.evidence else ""
    return "" if said == finding.title else said


def steps_of(finding: Finding) -> list[Mapping[str, Any]]:
    """Return the steps of the path to a finding, the last one where it is; without a path, nothing."""
    for evidence in finding.evidence:
        steps = evidence.data.get("steps")
        if evidence.kind == "path" and isinstance(steps, list):
            return [step for step in steps if isinstance(step, Mapping)]
    return []


def place_of_step(step: Mapping[str, Any]) -> str:
    """Return file and line of a step, as far as it says them."""
    return ":".join(str(step[name]) for name in ("path", "line") if step.get(name))


def words_of_step(step: Mapping[str, Any]) -> str:
    """Return what happens at a step, without its place."""
    summary, code = str(step.get("summary") or ""), str(step.get("code") or "")
    words = summary.removeprefix(f"{place_of_step(step)}: ")
    # What a step is called may be the code itself.
    return code if words in ("", f"{code}: {code}") else words


def shown(finding: Finding) -> str:
    """Return a finding in one line: the code where there is some, else its title with what shows it."""
    said = evidence_of(finding)
    steps = steps_of(finding)
    if steps and steps[-1].get("summary"):
        # A path is told step by step; what is wrong stands in front of it.
        return ": ".join(filter(None, (finding.title, str(steps[-1].get("code") or ""))))
    if said and finding.evidence[0].kind == "path":
        return said
    return f"{finding.title} ({said})" if said else finding.title


def by_rule(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Return the findings of each rule, the worst rule first, each rule's worst place first."""

    def worst(group: list[Finding]) -> tuple[int, int, str]:
        return -max(one.severity for one in group), -max(one.confidence for one in group), group[0].rule

    ordered = sorted(findings, key=lambda one: one.rule)
    groups = [list(group) for _, group in groupby(ordered, key=lambda one: one.rule)]
    return sorted((sorted(group, key=lambda one: -one.severity) for group in groups), key=worst)
