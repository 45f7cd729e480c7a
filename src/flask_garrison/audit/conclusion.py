"""From what was found to a report: ``garrison.toml`` is applied, findings are numbered and sorted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from ..errors import TargetError
from ..findings import Finding, Report, Target, numbered, numbered_known
from ..target.project import Project
from .catalogue import checks_that_read, rule_named
from .columns import with_columns
from .engine import Outcome, finding_of, results_of
from .files import shown
from .inline.applying import set_aside
from .inspection import Inspection
from .since.changes import Changes
from .suppressions import Scope, Usage, mark_accepted, split_ignored


def refuse_unknown_rules(project: Project) -> None:
    """Refuse an ``[[ignore]]`` of a rule that does not exist, before anything slow begins.

    Raises:
        TargetError: with file and line.
    """
    for entry in project.ignores:
        try:
            rule_named(entry.rule)
        except TargetError as error:
            raise TargetError(f"{project.file}:{entry.line}: [[ignore]] {error}") from error


def conclude(
    target: Target,
    inspection: Inspection,
    project: Project,
    *,
    later: tuple[str, ...] = (),
    today: date | None = None,
    since: Changes | None = None,
) -> Report:
    """Return the report of one run.

    Args:
        later: What this kind of run leaves out on purpose, in sentences.
        today: Decides which entries of ``garrison.toml`` have expired.
        since: Findings that this change is not about are counted and left out.
    """
    outcome = inspection.outcome
    rules = tuple(sorted(outcome.ran))
    scope = Scope(roots=inspection.roots, rules=rules, today=today or date.today())
    found = with_columns(outcome.findings)
    kept, ignores = split_ignored(project, scope, found)
    marked, accepts = mark_accepted(project, scope, outcome.not_checked)
    left = {id(finding) for finding in kept}
    ignored = [finding for finding in found if id(finding) not in left]
    aside = set_aside(kept, ignored, scope, outcome.not_checked)
    toml = shown(project.file) if project.file else ""
    stale = _of_suppressions([*((toml, usage) for usage in (*ignores, *accepts)), *aside.usages])
    findings = numbered([*aside.kept, *stale.findings])
    if since is not None:
        findings, left_out = since.split(findings)
        later = (*later, since.words(left_out))
    return Report(
        target=target,
        rules=tuple(sorted({*rules, *stale.ran})),
        findings=findings,
        not_checked=tuple(sorted(marked, key=lambda entry: (entry.what, entry.reason))),
        looked_at=dict(inspection.looked_at),
        # What is ignored was found all the same.
        passed=tuple(sorted(outcome.passed | stale.passed)),
        not_applicable=tuple(sorted(outcome.not_applicable)),
        ignored=len(ignored),
        suppressed=numbered_known(aside.known, findings),
        out_of_scope=(*inspection.out_of_scope, *later),
    )


def _of_suppressions(usages: Iterable[tuple[str, Usage]]) -> Outcome:
    checks = checks_that_read("suppression")
    return Outcome([found for usage in usages for found in _stale(*usage)], ran={one.rule.id for one in checks})


def _stale(path: str, usage: Usage) -> Iterator[Finding]:
    for rule, match in results_of(checks_that_read("suppression"), usage):
        subject = f"{usage.table}\n{usage.subject}"
        yield replace(finding_of(rule, match), subject=subject, path=path, line=usage.line, evidence=())


def timed(report: Report, seconds: float) -> Report:
    """Return the report with how long the run took."""
    return replace(report, seconds=seconds)
