"""From what a run found to a verdict on each requirement: nothing is *met* without evidence of this run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ...audit.catalogue import all_checks
from ...audit.rule import Check
from ...controls import catalogue
from ...findings import Confidence, Finding, NotChecked, Report, Severity
from ...findings.asvs import JOBS, Asvs, Requirement, Verdict
from .features import absence_of, missing
from .known import FEATURES
from .requirements import Asked, requirements

SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What verdicts are made of.

    Attributes:
        report: Of the run.
        features: What :func:`.features.features_of` returned; ``None`` where nobody has looked.
        ignored: Findings that ``garrison.toml`` ignores; what is ignored is there all the same.
        enforced: Ids of the controls that Garrison enforces in the application.
        unseen: Sentences on views that the run could not call.
    """

    report: Report
    features: Mapping[str, str] | None = None
    ignored: Sequence[Finding] = ()
    enforced: Sequence[str] = ()
    unseen: Sequence[str] = ()


def asvs_of(basis: Basis, *, full: bool = False) -> Asvs:
    """Return the verdicts of one run.

    Args:
        full: Whether text for people lists each requirement.
    """
    judge = _Judge(basis, all_checks())
    return Asvs([judge.verdict_on(asked) for asked in requirements()], full)


def job_of(identifier: str, checks: Mapping[str, Check[object]]) -> str:
    """Return the command that a rule belongs to, one of :data:`~flask_garrison.findings.asvs.JOBS`.

    What a rule is given decides, not what it is about: one on a database that reads the application is the audit's.
    """
    check = checks.get(identifier)
    if check is not None and check.rule.kind == "probe":
        return "pentest"
    return "check" if check is not None and check.reads == "answers" else "audit"


@dataclass(slots=True)
class _Seen:
    """What the run says of one requirement."""

    failed: list[Finding] = field(default_factory=list)
    doubtful: list[Finding] = field(default_factory=list)
    unchecked: list[NotChecked] = field(default_factory=list)
    accepted: list[NotChecked] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)


@dataclass
class _Judge:
    basis: Basis
    checks: Mapping[str, Check[object]]

    def verdict_on(self, asked: Asked) -> Requirement:
        """Return one requirement with its verdict."""
        seen = self._seen(asked)
        absent = missing(self.basis.features, asked.feature)
        if seen.failed and not absent:
            jobs = [self._job([finding.rule]) for finding in seen.failed]
            return _as(asked, Verdict.NOT_MET, self._failures(seen.failed), jobs[0])
        if absent and not seen.failed and not seen.doubtful:
            return _as(asked, Verdict.NOT_APPLICABLE, [absence_of(FEATURES[asked.feature])], "audit")
        if self._is_met(asked, seen):
            looked = [rule for rule in asked.rules if rule in self._passed]
            evidence = [*map(self._looked, looked), *self._enforced(asked), *map(_lived_with, seen.accepted)]
            return _as(asked, Verdict.MET, evidence, self._job(looked))
        return _as(asked, Verdict.NEEDS_PERSON, list(self._helps(asked, seen)), None)

    def _is_met(self, asked: Asked, seen: _Seen) -> bool:
        """Return whether everything passed that answers a requirement, with nothing that was not looked at."""
        if not asked.rules or seen.doubtful or seen.unchecked or self._hidden(asked):
            return False
        return self._all_passed(asked) and all(control in self.basis.enforced for control in asked.needed)

    def _hidden(self, asked: Asked) -> Sequence[str]:
        """Return what was not seen and could make a requirement fail."""
        covered = "" in asked.covering or not asked.covering.isdisjoint(self.basis.enforced)
        judged = any(job_of(rule, self.checks) == "check" for rule in asked.rules)
        return self.basis.unseen if judged and not covered else ()

    def _seen(self, asked: Asked) -> _Seen:
        related = {check.rule.id for check in self.checks.values() if asked.id in check.rule.asvs} | set(asked.rules)
        seen = _Seen(passed=sorted(related & self._passed))
        for finding in self._findings:
            if asked.id in finding.asvs or finding.rule in asked.rules:
                sure = finding.severity >= Severity.LOW and finding.confidence >= Confidence.MEDIUM
                (seen.failed if sure and asked.id in finding.asvs else seen.doubtful).append(finding)
        seen.failed.sort(key=lambda one: (-one.severity, -one.confidence))
        for entry in self.basis.report.not_checked:
            if entry.rule in related:
                seen.unchecked.append(entry)
            elif entry.rule is None and self._needs_all(asked):
                (seen.unchecked if entry.accepted is None else seen.accepted).append(entry)
        return seen

    def _needs_all(self, asked: Asked) -> bool:
        """Return whether a page or template that nobody looked at could make a requirement fail."""
        checks = [self.checks[rule] for rule in asked.rules if rule in self.checks]
        return any(check.reads in ("answers", "tag") for check in checks)

    @cached_property
    def _findings(self) -> list[Finding]:
        report = self.basis.report
        return [*report.findings, *(known.finding for known in report.known), *self.basis.ignored]

    @cached_property
    def _passed(self) -> set[str]:
        return set(self.basis.report.passed)

    def _all_passed(self, asked: Asked) -> bool:
        """Return whether every rule passed, save those that had nothing to look at and need not; one must have."""
        absent = asked.optional & set(self.basis.report.not_applicable)
        return all(rule in self._passed or rule in absent for rule in asked.rules) and any(
            rule in self._passed for rule in asked.rules
        )

    def _job(self, rules: Iterable[str]) -> str:
        """Return the last command that was needed."""
        return max((job_of(rule, self.checks) for rule in rules), key=JOBS.index)

    def _failures(self, failed: Sequence[Finding]) -> list[str]:
        words = [f"{one.fingerprint} {one.rule}: {one.title}{self._aside(one)}" for one in failed[:SHOWN]]
        return [*words, *_more(len(failed))]

    def _aside(self, finding: Finding) -> str:
        if any(finding is one for one in self.basis.ignored):
            return " (ignored by garrison.toml)"
        return " (known)" if any(finding is known.finding for known in self.basis.report.known) else ""

    def _enforced(self, asked: Asked) -> list[str]:
        """Return which of the controls that serve a requirement Garrison enforces."""
        served = [
            control for control in self.basis.enforced if asked.id in _asvs_of(control) or control in asked.covering
        ]
        return [f"Garrison enforces {control}: {catalogue()[control].title}" for control in served]

    def _looked(self, rule: str) -> str:
        check = self.checks.get(rule)
        counts = self.basis.report.looked_at
        if check is not None and check.reads == "answers":
            return f"{rule} passed on {counts.get('answers', 0)} answers of {counts.get('routes', 0)} routes"
        if check is not None and check.reads == "tag":
            return f"{rule} passed on {counts.get('templates', 0)} templates"
        return f"{rule} passed on the application with its {counts.get('routes', 0)} routes"

    def _helps(self, asked: Asked, seen: _Seen) -> Iterator[str]:
        """Yield what was seen that helps a person with the answer."""
        found = [*seen.failed, *seen.doubtful]
        for finding in found[:SHOWN]:
            yield f"{finding.fingerprint} {finding.rule}: {finding.title} ({_doubt(finding)}){self._aside(finding)}"
        yield from _more(len(found))
        if missing(self.basis.features, asked.feature):
            yield absence_of(FEATURES[asked.feature])
        for entry in seen.unchecked[:SHOWN]:
            yield f"not checked: {entry.what}: {entry.reason}"
        yield from _more(len(seen.unchecked))
        for rule in seen.passed:
            yield f"{self._looked(rule)}; {'needed with others' if rule in asked.rules else 'a part of the answer'}"
        for rule in asked.rules:
            if rule in self.basis.report.not_applicable and rule not in asked.optional:
                yield f"{rule} had nothing to look at"
        yield from (f"not seen: {sentence}" for sentence in self._hidden(asked))
        yield from self._enforced(asked)
        for control in asked.needed:
            if control not in self.basis.enforced:
                yield f"only with {control} enforced by Garrison is this answered without a person"
        if self.basis.features is not None and asked.feature in self.basis.features:
            yield f"it seems to apply: {self.basis.features[asked.feature]}"


def _asvs_of(control: str) -> tuple[str, ...]:
    known = catalogue().get(control)
    return () if known is None else known.asvs


def _doubt(finding: Finding) -> str:
    return f"severity {finding.severity.label}, confidence {finding.confidence.label}"


def _lived_with(entry: NotChecked) -> str:
    return f"not looked at, accepted {entry.accepted}: {entry.what}"


def _more(count: int) -> Iterator[str]:
    if count > SHOWN:
        yield f"and {count - SHOWN} more"


def _as(asked: Asked, verdict: Verdict, said: Sequence[str], job: str | None) -> Requirement:
    return Requirement(
        id=asked.id, level=asked.level, verdict=verdict, question=asked.question, said=tuple(said), job=job
    )
