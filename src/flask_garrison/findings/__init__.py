"""What an inspection found, how sure it is, and what it could not look at.

Everything that inspects (audit, check, pentest) speaks in these types; everything that reports reads them. Their JSON
form is the contract of ``--format json``.
"""

from __future__ import annotations

from .grades import Chapter, Grades, Loss, grades_of
from .model import (
    EVIDENCE_KINDS,
    SCHEMA,
    Confidence,
    Evidence,
    Exit,
    Finding,
    Known,
    NotChecked,
    Severity,
    Target,
)
from .reading import ReportError, finding_from, known_from, not_checked_from, report_from
from .report import Report, numbered, numbered_known

__all__ = [
    "EVIDENCE_KINDS",
    "SCHEMA",
    "Chapter",
    "Confidence",
    "Evidence",
    "Exit",
    "Finding",
    "Grades",
    "Known",
    "Loss",
    "NotChecked",
    "Report",
    "ReportError",
    "Severity",
    "Target",
    "finding_from",
    "grades_of",
    "known_from",
    "not_checked_from",
    "numbered",
    "numbered_known",
    "report_from",
]
