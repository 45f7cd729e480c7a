"""Runs rules over subjects: what they find, what they could not look at, and which of them had nothing to say."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from ..findings import Evidence, Finding, NotChecked
from .catalogue import all_checks, checks_that_read
from .rule import Check, Match, Reads, Rule, Unchecked


@dataclass
class Outcome:
    """What rules said.

    Attributes:
        findings: In the order in which they were found.
        not_checked: What rules could not look at, and rules that failed themselves.
        ran: Ids of the rules that looked at something, or tried.
        not_applicable: Ids of the rules that had nothing to look at.
    """

    findings: list[Finding] = field(default_factory=list)
    not_checked: list[NotChecked] = field(default_factory=list)
    ran: set[str] = field(default_factory=set)
    not_applicable: set[str] = field(default_factory=set)

    def add(self, other: Outcome) -> None:
        """Take in what others said."""
        self.findings += other.findings
        self.not_checked += other.not_checked
        self.ran |= other.ran
        self.not_applicable |= other.not_applicable

    def settled(self) -> Outcome:
        """Return what is left where answers showed the effect of a cause in the configuration, or that it has none."""
        found = {finding.rule for finding in self.findings}
        rules = {name: check.rule for name, check in all_checks().items()}
        doubled = {name for name in found if not found.isdisjoint(rules[name].seen_by)}
        # A rule that failed, or could not look at everything, has decided nothing.
        whole = self.ran - {entry.rule for entry in self.not_checked}
        decided = {name for name in self.ran if name in rules and not whole.isdisjoint(rules[name].tested_by)}
        gone = doubled | decided
        return replace(
            self,
            findings=[finding for finding in self.findings if finding.rule not in gone],
            not_checked=[entry for entry in self.not_checked if entry.rule not in decided],
            ran=self.ran - gone,
            not_applicable=self.not_applicable | gone,
        )

    @property
    def passed(self) -> set[str]:
        """Ids of the rules that looked, found nothing, and could look at everything."""
        spoiled = {finding.rule for finding in self.findings} | {entry.rule for entry in self.not_checked}
        return self.ran - spoiled


def judge(reads: Reads, subject: Any) -> Outcome:
    """Give one subject to every rule that reads its kind."""
    outcome = Outcome()
    for check in checks_that_read(reads):
        outcome.add(_run(check, subject))
    return outcome


def _run(check: Check[Any], subject: Any) -> Outcome:
    rule = check.rule
    outcome = Outcome()
    try:
        if check.needs is not None and not check.needs(subject):
            outcome.not_applicable.add(rule.id)
            return outcome
        outcome.ran.add(rule.id)
        for result in check(subject):
            if isinstance(result, Unchecked):
                outcome.not_checked.append(_unchecked(rule, result))
            elif isinstance(result, Match):
                outcome.findings.append(finding_of(rule, result))
    except Exception as error:
        # A rule that fails says nothing about the application, and must not look as if it had.
        outcome.ran.add(rule.id)
        outcome.not_checked.append(_failed(rule, error))
    return outcome


def finding_of(rule: Rule, match: Match) -> Finding:
    """Return the finding of a match."""
    return Finding(
        rule=rule.id,
        control=rule.control,
        title=match.title,
        severity=rule.severity if match.severity is None else match.severity,
        confidence=rule.confidence if match.confidence is None else match.confidence,
        subject=match.subject or match.title,
        fix="\n\n".join(filter(None, (rule.fix, match.fix))),
        cwe=rule.cwe,
        asvs=rule.asvs,
        path=match.path,
        line=match.line,
        route=match.route,
        method=match.method,
        evidence=match.evidence or (Evidence("config", match.title),),
        lesson=rule.lesson,
    )


def _unchecked(rule: Rule, result: Unchecked) -> NotChecked:
    return NotChecked(what=result.what, rule=rule.id, reason=result.reason, how_to_include=result.how_to_include)


def _failed(rule: Rule, error: Exception) -> NotChecked:
    last = traceback.extract_tb(error.__traceback__)[-1]
    reason = f"the rule failed: {type(error).__name__} at {last.name}, line {last.lineno}"
    return NotChecked(what=rule.id, rule=rule.id, reason=reason, how_to_include="Please report it.")


def results_of(checks: Iterable[Check[Any]], subject: Any) -> Iterator[tuple[Rule, Match]]:
    """Yield what rules find in a subject of which there are many, such as a tag; none of these leave anything out."""
    for check in checks:
        for result in check(subject):
            if isinstance(result, Match):
                yield check.rule, result
