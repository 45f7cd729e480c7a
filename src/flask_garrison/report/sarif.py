"""SARIF 2.1.0, the form that code hosts and editors read (OASIS standard, 27 March 2020).

A finding without a file is shown where GitHub can place it: at the file of the application's module, where there is
one. Its route is a logical location.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from .._version import __version__
from ..findings import Confidence, Evidence, Exit, Finding, Known, NotChecked, Report, Severity
from .messages import Message, messages_of
from .places import evidence_of, route_of, steps_of, words_of_step
from .printable import cut, printable_block

SCHEMA_URI = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "note",
    Severity.INFO: "note",
}
SCORES = {
    Severity.CRITICAL: "9.5",
    Severity.HIGH: "8.0",
    Severity.MEDIUM: "5.5",
    Severity.LOW: "3.0",
    Severity.INFO: "0.0",
}
"""``security-severity``, by which GitHub names severities: above 9 critical, from 7 high, from 4 medium."""
PRECISIONS = {
    Confidence.PROVED: "very-high",
    Confidence.HIGH: "high",
    Confidence.MEDIUM: "medium",
    Confidence.LOW: "low",
}
_LONGEST = 8_000
_LONGEST_PATH = 4_096


def render_sarif(report: Report, *, fail_on: Severity | None = Severity.MEDIUM) -> str:
    """Return the report as SARIF, in ASCII, with a line break at the end."""
    log = {"$schema": SCHEMA_URI, "version": "2.1.0", "runs": [_Run(report).as_dict(fail_on)]}
    return json.dumps(log, indent=2) + "\n"


class _Run:
    """One run; knows the numbers of its rules and of its CWE entries."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._messages = messages_of(report)
        self._rules = {rule: index for index, rule in enumerate(self._messages)}
        findings = [*report.findings, *(entry.finding for entry in (*report.known, *report.suppressed))]
        of_rules = (number for message in self._messages.values() for number in message.cwe)
        numbers = sorted({*of_rules, *(number for finding in findings for number in finding.cwe)})
        self._cwe = {number: index for index, number in enumerate(numbers)}
        self._home = _module_file(report)

    def as_dict(self, fail_on: Severity | None) -> dict[str, Any]:
        """Return the ``run`` object."""
        report = self._report
        results = [self._result(finding) for finding in report.findings]
        return {
            "tool": {"driver": self._driver()},
            "taxonomies": [self._taxonomy()],
            "invocations": [self._invocation(report.exit_status(fail_on))],
            "columnKind": "utf16CodeUnits",
            "results": [
                *results,
                *(self._suppressed(entry, "external") for entry in report.known),
                *(self._suppressed(entry, "inSource") for entry in report.suppressed),
            ],
            "properties": {"target": report.target.as_dict(), "summary": _summary(report)},
        }

    def _driver(self) -> dict[str, Any]:
        return {
            "name": "Flask-Garrison",
            "version": __version__,
            "supportedTaxonomies": [{"name": "CWE", "index": 0}],
            "rules": [self._rule(message) for message in self._messages.values()],
        }

    def _taxonomy(self) -> dict[str, Any]:
        return {
            "name": "CWE",
            "organization": "MITRE",
            "shortDescription": {"text": "Common Weakness Enumeration"},
            "informationUri": "https://cwe.mitre.org/",
            "isComprehensive": False,
            "taxa": [
                {"id": str(number), "helpUri": f"https://cwe.mitre.org/data/definitions/{number}.html"}
                for number in self._cwe
            ],
        }

    def _taxon(self, number: int) -> dict[str, Any]:
        return {"id": str(number), "index": self._cwe[number], "toolComponent": {"name": "CWE", "index": 0}}

    def _rule(self, message: Message) -> dict[str, Any]:
        cwe = [f"external/cwe/cwe-{number:03}" for number in message.cwe]
        rule = {
            "id": message.id,
            "name": "".join(word.title() for word in message.id.replace(".", "-").split("-")),
            "shortDescription": _text(message.title),
            "fullDescription": _text(message.why or message.title),
            "help": {**_text(message.fix or message.title), **({"markdown": message.page} if message.page else {})},
            "defaultConfiguration": {"level": LEVELS[message.severity]},
            "relationships": [{"target": self._taxon(number), "kinds": ["superset"]} for number in message.cwe],
            "properties": {
                "tags": ["security", message.chapter, *cwe],
                "precision": PRECISIONS[message.confidence],
                "security-severity": SCORES[message.severity],
            },
        }
        return rule

    def _result(self, finding: Finding) -> dict[str, Any]:
        flows = [flow for flow in map(_flow, finding.evidence) if flow is not None]
        return {
            "ruleId": finding.rule,
            "ruleIndex": self._rules[finding.rule],
            "level": LEVELS[finding.severity],
            "message": _text(_words(finding)),
            "locations": self._locations(finding),
            "partialFingerprints": {
                "garrison/v1": finding.fingerprint,
                "primaryLocationLineHash": f"{finding.fingerprint}:1",
            },
            "taxa": [self._taxon(number) for number in finding.cwe],
            **({"codeFlows": flows} if flows else {}),
            "properties": {
                "control": finding.control,
                "severity": finding.severity.label,
                "confidence": finding.confidence.label,
                "asvs": list(finding.asvs),
                "lesson": finding.lesson,
                "evidence": [{"kind": item.kind, "summary": _safe(item.summary)} for item in finding.evidence],
            },
        }

    def _suppressed(self, entry: Known, kind: str) -> dict[str, Any]:
        words = f"until {entry.until}, {entry.reason}" if entry.until else entry.reason
        suppression = {"kind": kind, "status": "accepted", "justification": _safe(words) or "-"}
        return {**self._result(entry.finding), "suppressions": [suppression]}

    def _locations(self, finding: Finding) -> list[dict[str, Any]]:
        location: dict[str, Any] = {}
        path = finding.path or self._home
        if path is not None:
            line, column = (finding.line, _column(finding)) if finding.path else (1, None)
            location["physicalLocation"] = physical(path, line, column)
        if finding.route:
            name = _safe(route_of(finding))
            location["logicalLocations"] = [{"name": name, "fullyQualifiedName": name, "kind": "route"}]
        return [location] if location else []

    def _invocation(self, status: int) -> dict[str, Any]:
        return {
            "executionSuccessful": status != Exit.NOT_CHECKED.value and not _open(self._report.not_checked),
            "exitCode": status,
            "exitCodeDescription": _EXITS[status],
            "toolExecutionNotifications": [self._notification(entry) for entry in self._report.not_checked],
        }

    def _notification(self, entry: NotChecked) -> dict[str, Any]:
        accepted = f" (accepted: {entry.accepted})" if entry.accepted else ""
        notification: dict[str, Any] = {
            "level": "note" if entry.accepted else "warning",
            "message": _text(f"Not checked: {entry.what}: {entry.reason}{accepted}. {entry.how_to_include}".strip()),
            "descriptor": {"id": "not-checked"},
        }
        if entry.rule is not None:
            notification["associatedRule"] = {"id": entry.rule, "index": self._rules[entry.rule]}
        return notification


_EXITS = {
    Exit.CLEAN.value: "no findings at or above the threshold",
    Exit.FOUND.value: "findings at or above the threshold",
    Exit.NOT_CHECKED.value: "something could not be checked and is not accepted",
}


def physical(path: str, line: int | None, column: int | None = None) -> dict[str, Any]:
    """Return a ``physicalLocation``; a relative path is meant from the root of the repository."""
    region = {"startLine": line} if line and line > 0 else {}
    if region and column and column > 0:
        region["startColumn"] = column
    uri = quote(_bytes(path))
    artifact = {"uri": f"file://{uri}"} if path.startswith("/") else {"uri": uri, "uriBaseId": "%SRCROOT%"}
    return {"artifactLocation": artifact, **({"region": region} if region else {})}


def _column(finding: Finding) -> int | None:
    """Return the column of a finding, where its path says it."""
    last = steps_of(finding)[-1:]
    return _number(last[0], "column") if last and last[0].get("line") == finding.line else None


def _number(step: Mapping[str, Any], name: str) -> int | None:
    value = step.get(name)
    return value if isinstance(value, int) else None


def _bytes(path: str) -> bytes:
    """Return a path as the file system has it, as far as it can have it."""
    shorter = Path(path[:_LONGEST_PATH]).as_posix()
    try:
        return os.fsencode(shorter)
    except UnicodeEncodeError:
        return shorter.encode("utf-8", "backslashreplace")


def _flow(evidence: Evidence) -> dict[str, Any] | None:
    """Return a ``codeFlow`` of evidence that leads through several steps."""
    steps = evidence.data.get("steps")
    if evidence.kind != "path" or not isinstance(steps, list) or len(steps) < 2:
        return None
    return {"threadFlows": [{"locations": [{"location": _step(step)} for step in steps if isinstance(step, Mapping)]}]}


def _step(step: Mapping[str, Any]) -> dict[str, Any]:
    location: dict[str, Any] = {"message": _text(words_of_step(step) or "step")}
    if step.get("path"):
        location["physicalLocation"] = physical(str(step["path"]), _number(step, "line"), _number(step, "column"))
    return location


def _words(finding: Finding) -> str:
    """Return what is wrong, where on the surface, what shows it, and what to do."""
    route = f" ({route_of(finding)})" if finding.route else ""
    said = evidence_of(finding)
    lines = [f"{finding.title}{route}.", f"Evidence: {said}" if said else "", finding.fix]
    return "\n".join(filter(None, lines))


def _text(words: str) -> dict[str, str]:
    return {"text": _safe(words) or "-"}


def _safe(words: str) -> str:
    return cut(printable_block(words), _LONGEST)


def _open(entries: Iterable[NotChecked]) -> bool:
    return any(entry.accepted is None for entry in entries)


def _summary(report: Report) -> dict[str, Any]:
    return {
        "grade": report.grades.overall,
        "passed": list(report.passed),
        "not_applicable": list(report.not_applicable),
        "out_of_scope": list(report.out_of_scope),
        "ignored": report.ignored,
    }


def _module_file(report: Report) -> str | None:
    """Return the file of the application's module below the current folder, or ``None``."""
    if report.target.kind != "app":
        return None
    module = report.target.name.partition(":")[0].removesuffix(".py").replace(".", "/")
    if not re.fullmatch(r"\w[\w/]{0,200}", module):
        return None
    return next((path for path in (f"{module}.py", f"{module}/__init__.py") if Path(path).is_file()), None)
