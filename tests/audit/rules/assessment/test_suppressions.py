"""assessment.expired-suppression and assessment.unused-suppression; the audit as a whole is in tests/audit."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from flask_garrison.audit.rules.assessment.suppressions import (
    EXPIRED_SUPPRESSION,
    UNUSED_SUPPRESSION,
    expired_suppressions,
    unused_suppressions,
)
from flask_garrison.audit.suppressions import Usage
from flask_garrison.target.project import read_project


def usage(*, expired: bool = False, tested: bool = True, hits: int = 0) -> Usage:
    return Usage(table="ignore", line=1, subject="x", expired=expired, tested=tested, hits=hits)


@pytest.mark.parametrize(
    ("item", "expired", "unused"),
    [
        (usage(expired=True), True, False),
        (usage(expired=True, hits=1), True, False),
        (usage(), False, True),
        (usage(hits=1), False, False),
        (usage(tested=False), False, False),
    ],
)
def test_found(item: Usage, expired: bool, unused: bool) -> None:
    assert bool(list(expired_suppressions(item))) == expired
    assert bool(list(unused_suppressions(item))) == unused


def test_examples_of_the_pages_keep_to_the_schema(tmp_path: Path) -> None:
    file = tmp_path / "garrison.toml"
    for text, expired in ((EXPIRED_SUPPRESSION.before, True), (EXPIRED_SUPPRESSION.after, False)):
        file.write_text(text)
        assert read_project(file).ignores[0].expired(date(2030, 1, 1)) is expired
    file.write_text(UNUSED_SUPPRESSION.before)
    assert len(read_project(file).ignores) == 1
