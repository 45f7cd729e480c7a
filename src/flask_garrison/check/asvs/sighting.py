"""What verdicts need to know of an application and only its own process can tell; it travels as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...audit.inspected import Inspected
from ...controls import Promise, catalogue
from ...findings import Finding, Report
from .features import features_of
from .verdicts import Basis


def sighted_in(inspected: Inspected) -> dict[str, Any]:
    """Return ``features`` and ``enforced`` of an application."""
    built = [control.id for control in catalogue().values() if control.enforce is Promise.BUILT]
    return {
        "features": features_of(inspected),
        "enforced": [control for control in built if inspected.enforces(control)],
    }


def basis_of(report: Report, result: Mapping[str, Any], found: Sequence[Finding]) -> Basis:
    """Return what verdicts are made of.

    Args:
        result: Of the job, with what :func:`sighted_in` returned.
        found: Every finding before ``garrison.toml`` was applied; those that the report has not are ignored ones.
    """
    kept = [_place(finding) for finding in report.findings]
    ignored = [finding for finding in found if _place(finding) not in kept]
    return Basis(
        report=report,
        features=result.get("features"),
        ignored=ignored,
        enforced=result.get("enforced", ()),
        unseen=result["out_of_scope"],
    )


def _place(finding: Finding) -> tuple[object, ...]:
    return finding.rule, finding.subject, finding.path, finding.line, finding.route, finding.method
