"""Reads the JSON form back: of a report from a file, and of findings that a child process sends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..errors import GarrisonError
from .model import SCHEMA, Confidence, Evidence, Finding, NotChecked, Report, Severity, Target


class ReportError(GarrisonError):
    """What should be a report is none, or one of another schema."""


def report_from(data: object) -> Report:
    """Return the report that :meth:`Report.as_dict` wrote.

    Fingerprints are taken as they are written: :attr:`Finding.subject`, from which they are made, is not in the file.

    Raises:
        ReportError: where ``data`` is no report of this schema.
    """
    if not isinstance(data, Mapping) or data.get("schema") != SCHEMA:
        raise ReportError(f"This is no report of Flask-Garrison with schema {SCHEMA} (garrison ... --format json).")
    try:
        summary = data["summary"]
        return Report(
            target=Target(kind=str(data["target"]["kind"]), name=str(data["target"]["name"])),
            rules=(*summary.get("passed", ()), *dict.fromkeys(entry["rule"] for entry in data["findings"])),
            findings=tuple(finding_from(entry) for entry in data["findings"]),
            not_checked=tuple(not_checked_from(entry) for entry in data["not_checked"]),
            looked_at=dict(summary.get("looked_at", {})),
            passed=tuple(summary.get("passed", ())),
            not_applicable=tuple(summary.get("not_applicable", ())),
            layers=tuple(summary.get("layers", ())),
            ignored=int(summary.get("ignored", 0)),
            out_of_scope=tuple(summary.get("out_of_scope", ())),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ReportError(f"The report cannot be read: {type(error).__name__}: {error}") from error


def finding_from(data: Mapping[str, Any]) -> Finding:
    """Return one finding; where ``subject`` is not stated, the fingerprint is kept in its place."""
    return Finding(
        rule=str(data["rule"]),
        control=str(data["control"]),
        title=str(data["title"]),
        severity=Severity[data["severity"].upper()],
        confidence=Confidence[data["confidence"].upper()],
        subject=str(data.get("subject", "")),
        written_fingerprint=None if "subject" in data else str(data["fingerprint"]),
        fix=str(data["fix"]),
        cwe=tuple(int(number) for number in data["cwe"]),
        asvs=tuple(map(str, data["asvs"])),
        path=data["path"],
        line=data["line"],
        route=data["route"],
        method=data["method"],
        evidence=tuple(Evidence(one["kind"], one["summary"], one["data"]) for one in data["evidence"]),
        lesson=data["lesson"],
    )


def not_checked_from(data: Mapping[str, Any]) -> NotChecked:
    """Return one entry of *not checked*."""
    return NotChecked(
        what=str(data["what"]),
        rule=data["rule"],
        reason=str(data["reason"]),
        how_to_include=str(data["how_to_include"]),
        accepted=data.get("accepted"),
    )
