"""Reads the JSON form back: of a report from a file, and of findings that a child process sends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..errors import GarrisonError
from .asvs import asvs_from
from .grades import Chapter, Grades, Loss
from .model import SCHEMA, Confidence, Evidence, Finding, Known, NotChecked, Severity, Target
from .report import Report


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
            rules=tuple(
                sorted({*map(str, summary.get("passed", ())), *(str(entry["rule"]) for entry in data["findings"])})
            ),
            findings=tuple(finding_from(entry) for entry in data["findings"]),
            not_checked=tuple(not_checked_from(entry) for entry in data["not_checked"]),
            looked_at=dict(summary.get("looked_at", {})),
            passed=tuple(map(str, summary.get("passed", ()))),
            not_applicable=tuple(map(str, summary.get("not_applicable", ()))),
            layers=tuple(map(str, summary.get("layers", ()))),
            ignored=int(summary.get("ignored", 0)),
            suppressed=tuple(known_from(entry) for entry in summary.get("suppressed", ())),
            known=tuple(known_from(entry) for entry in summary.get("known", ())),
            out_of_scope=tuple(map(str, summary.get("out_of_scope", ()))),
            asvs=asvs_from(summary["asvs"]) if "asvs" in summary else None,
            written_grades=_grades_from(summary["grade"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
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
        path=_words(data["path"]),
        line=None if data["line"] is None else int(data["line"]),
        route=_words(data["route"]),
        method=_words(data["method"]),
        evidence=tuple(Evidence(str(one["kind"]), str(one["summary"]), dict(one["data"])) for one in data["evidence"]),
        lesson=_words(data["lesson"]),
    )


def known_from(data: Mapping[str, Any]) -> Known:
    """Return one finding that a baseline knew."""
    return Known(finding_from(data), str(data["reason"]), data["until"])


def not_checked_from(data: Mapping[str, Any]) -> NotChecked:
    """Return one entry of *not checked*."""
    return NotChecked(
        what=str(data["what"]),
        rule=_words(data["rule"]),
        reason=str(data["reason"]),
        how_to_include=str(data["how_to_include"]),
        accepted=_words(data.get("accepted")),
        chapters=tuple(map(str, data.get("chapters", ()))),
    )


def _words(value: object) -> str | None:
    return None if value is None else str(value)


def _grades_from(data: Mapping[str, Any] | None) -> Grades | None:
    """Return the grades of a report; one of an earlier version has none."""
    if data is None:
        return None
    chapters = {str(slug): _chapter_from(entry) for slug, entry in data["chapters"].items()}
    points = None if data["points"] is None else int(data["points"])
    return Grades(_words(data["overall"]), points, str(data["note"]), chapters)


def _chapter_from(data: Mapping[str, Any]) -> Chapter:
    rules = {name: int(count) for name, count in data["rules"].items()}
    return Chapter(
        grade=_words(data["grade"]),
        points=None if data["points"] is None else int(data["points"]),
        note=str(data["note"]),
        lost=tuple(_loss_from(entry) for entry in data["lost"]),
        passed=rules["passed"],
        failed=rules["failed"],
        not_applicable=rules["not_applicable"],
        unchecked=rules["not_checked"],
        not_checked=int(data["not_checked"]),
    )


def _loss_from(data: Mapping[str, Any]) -> Loss:
    return Loss(
        rule=str(data["rule"]),
        severity=Severity[data["severity"].upper()],
        confidence=Confidence[data["confidence"].upper()],
        findings=int(data["findings"]),
        points=int(data["points"]),
    )
