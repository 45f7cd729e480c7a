"""What the application and its code both say is said once."""

from __future__ import annotations

from flask_garrison.audit.inspection import without_doubles
from flask_garrison.findings import Confidence, Finding, Severity


def _finding(rule: str, route: str) -> Finding:
    return Finding(
        rule=rule,
        control="access.route-rules",
        title="x",
        severity=Severity.LOW,
        confidence=Confidence.LOW,
        subject=route,
        fix="",
        route=route,
    )


def test_the_one_that_shows_where_is_kept() -> None:
    open_a, open_b = _finding("access.unguarded-change", "/a"), _finding("access.unguarded-change", "/b")
    of_code = _finding("access.missing-access-rule", "/a")
    assert without_doubles([open_a, open_b, of_code]) == [open_b, of_code]
