"""The baseline: findings that are known, each with a reason and perhaps an end, in a small file of its own.

``garrison audit ... --write-baseline FILE --reason "..."`` writes it; ``--baseline FILE`` reads it. An entry names a
finding by its fingerprint, so it survives edits around the finding and never hides another one.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ..errors import TargetError, nearest
from ..findings import Finding, Known, Report, numbered
from ..target.project import Entry
from .catalogue import checks_that_read
from .engine import finding_of, results_of
from .files import shown
from .suppressions import Usage

TABLE = "known"
_KEYS = ("fingerprint", "rule", "where", "reason", "until")
_HEAD = """\
# Findings that are known: `garrison ... --baseline` lists them, and they do not decide how the run ends.
# fingerprint, rule and reason are needed; until (a date) and where (for people alone) may be left out.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownEntry(Entry):
    """One ``[[known]]``.

    Attributes:
        fingerprint: Of the finding.
        rule: Id of its rule.
        where: Its place when it was written, for people.
    """

    fingerprint: str
    rule: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Baseline:
    """The contents of one file."""

    file: Path
    entries: tuple[KnownEntry, ...] = ()


def read_baseline(file: Path) -> Baseline:
    """Read a baseline.

    Raises:
        TargetError: where it cannot be read, or an entry does not keep to the form; with file and line.
    """
    try:
        text = file.read_text("utf-8-sig")
        tables = tomllib.loads(text)
    except (OSError, ValueError) as error:
        raise TargetError(f"{file}: {error}") from error
    entries = tables.pop(TABLE, [])
    if tables or not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise TargetError(f"{file}: a baseline consists of [[{TABLE}]] entries alone, with two brackets.")
    headers = [text.count("\n", 0, found.start(1)) + 1 for found in re.finditer(r"^\s*(\[\[\s*known\s*]])", text, re.M)]
    lines = headers + [1] * len(entries)
    return Baseline(file, tuple(_entry(file, *pair) for pair in zip(lines, entries, strict=False)))


def apply_baseline(report: Report, baseline: Baseline, today: date) -> Report:
    """Return the report with the known findings set aside; entries that have expired or are unused become findings."""
    valid = {entry.fingerprint: entry for entry in baseline.entries if not entry.expired(today)}
    before = [entry.finding for entry in report.known]
    found = {finding.fingerprint for finding in (*report.findings, *before)}
    known = [_known(finding, valid[mark]) for finding in report.findings if (mark := finding.fingerprint) in valid]
    kept = [finding for finding in report.findings if finding.fingerprint not in valid]
    stale = [one for entry in baseline.entries for one in _stale(baseline, entry, found, report, today)]
    spoiled = {finding.rule for finding in stale}
    return replace(
        report,
        # The fingerprints of the rest must not change because others were taken out.
        findings=tuple([*kept, *numbered(stale)]),
        known=(*report.known, *known),
        rules=tuple(sorted({*report.rules, *spoiled})),
        passed=tuple(rule for rule in report.passed if rule not in spoiled),
    )


def write_baseline(file: Path, report: Report, *, reason: str, until: date | None, old: Baseline | None) -> Baseline:
    """Write every finding of a report as known, keep what an older baseline says of those, and return the result.

    Raises:
        TargetError: where the file cannot be written.
    """
    before = {entry.fingerprint: entry for entry in old.entries} if old else {}
    findings = [*report.findings, *(entry.finding for entry in report.known)]
    entries = [_kept(before.get(finding.fingerprint), finding, reason, until) for finding in findings]
    unique = {entry.fingerprint: entry for entry in sorted(entries, key=lambda one: (one.rule, one.where))}
    try:
        file.write_text(_HEAD + "".join(map(_toml, unique.values())), "utf-8")
    except OSError as error:
        raise TargetError(f"{file}: {error.strerror}") from error
    return read_baseline(file)


def place_of(finding: Finding) -> str:
    """Return where a finding is, in words: file and line, or method and route."""
    if finding.path:
        return f"{finding.path}:{finding.line}" if finding.line else finding.path
    return " ".join(filter(None, (finding.method, finding.route)))


def _known(finding: Finding, entry: KnownEntry) -> Known:
    return Known(finding, entry.reason, entry.until.isoformat() if entry.until else None)


def _stale(baseline: Baseline, entry: KnownEntry, found: set[str], report: Report, today: date) -> Iterator[Finding]:
    """Yield what the rules on suppressions say of an entry; it is unused only where its rule could look."""
    judged = {*report.passed, *report.not_applicable, *(finding.rule for finding in report.findings)}
    tested = entry.rule in judged and entry.rule not in {other.rule for other in report.not_checked}
    usage = Usage(
        table=TABLE,
        line=entry.line,
        subject=" at ".join(filter(None, (entry.rule, entry.where))),
        expired=entry.expired(today),
        tested=tested,
        hits=int(entry.fingerprint in found),
    )
    for rule, match in results_of(checks_that_read("suppression"), usage):
        subject = f"{TABLE}\n{entry.fingerprint}"
        yield replace(finding_of(rule, match), subject=subject, path=shown(baseline.file), line=entry.line, evidence=())


def _kept(entry: KnownEntry | None, finding: Finding, reason: str, until: date | None) -> KnownEntry:
    where = place_of(finding)
    if entry is not None:
        return replace(entry, where=where)
    return KnownEntry(
        line=0, fingerprint=finding.fingerprint, rule=finding.rule, where=where, reason=reason, until=until
    )


def _entry(file: Path, line: int, entry: Mapping[str, Any]) -> KnownEntry:
    where = f"{file}:{line}: [[{TABLE}]]"
    for key in entry:
        if key not in _KEYS:
            like = nearest(key, _KEYS)
            raise TargetError(f"{where} has no key {key!r}.{f' Did you mean {like!r}?' if like else ''}")
    until = entry.get("until")
    if until is not None and (not isinstance(until, date) or isinstance(until, datetime)):
        raise TargetError(f"{where}: until is a date without quotes, such as 2027-01-31.")
    texts = {key: _text(where, entry, key) for key in ("fingerprint", "rule", "reason")}
    return KnownEntry(line=line, until=until, where=str(entry.get("where", "")), **texts)


def _text(where: str, entry: Mapping[str, Any], key: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value.strip():
        raise TargetError(f'{where} needs {key} = "...".')
    return value


def _toml(entry: KnownEntry) -> str:
    rows: Iterable[tuple[str, str]] = (
        ("fingerprint", _string(entry.fingerprint)),
        ("rule", _string(entry.rule)),
        ("where", _string(entry.where) if entry.where else ""),
        ("reason", _string(entry.reason)),
        ("until", entry.until.isoformat() if entry.until else ""),
    )
    return f"\n[[{TABLE}]]\n" + "".join(f"{key} = {value}\n" for key, value in rows if value)


def _string(words: str) -> str:
    """Return a basic string of TOML: JSON's, but for what the two see differently."""
    text = words.encode("utf-8", "backslashreplace").decode("utf-8")
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
