"""What an inspection found, how sure it is, and what it could not look at.

Everything that inspects (audit, check, pentest) speaks in these types; everything that reports reads them. Their JSON
form is the contract of ``--format json``.
"""

from __future__ import annotations

from .model import (
    EVIDENCE_KINDS,
    SCHEMA,
    Confidence,
    Evidence,
    Exit,
    Finding,
    NotChecked,
    Report,
    Severity,
    Target,
    numbered,
)
from .reading import ReportError, finding_from, not_checked_from, report_from

__all__ = [
    "EVIDENCE_KINDS",
    "SCHEMA",
    "Confidence",
    "Evidence",
    "Exit",
    "Finding",
    "NotChecked",
    "Report",
    "ReportError",
    "Severity",
    "Target",
    "finding_from",
    "not_checked_from",
    "numbered",
    "report_from",
]
