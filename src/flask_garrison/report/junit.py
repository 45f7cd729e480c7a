"""JUnit XML, which every CI shows: a test case for each rule.

A rule with findings at or above the threshold fails, one that had nothing to look at is skipped, and one that could not
look is an error: it says nothing of the application.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ..findings import Finding, NotChecked, Report, Severity
from .messages import Message, messages_of
from .places import evidence_of, place_of
from .printable import cut, number, printable, printable_block

_LONGEST = 2_000
_MOST = 100


def render_junit(report: Report, *, fail_on: Severity | None = Severity.MEDIUM) -> str:
    """Return the report as JUnit XML."""
    root = Element("testsuites", name=_line(f"Flask-Garrison: {report.target.name}"))
    cases: dict[str, list[Element]] = defaultdict(list)
    for message in messages_of(report).values():
        cases[message.chapter].append(_case(report, message, fail_on))
    for number_, entry in enumerate(_loose(report, fail_on), 1):
        chapter = entry.rule.partition(".")[0] if entry.rule else "not checked"
        cases[chapter].append(_unchecked(entry, number_))
    for chapter in sorted(cases):
        _suite(root, chapter, cases[chapter])
    _count(root, [case for group in cases.values() for case in group])
    indent(root)
    # ElementTree writes what XML 1.0 forbids; `printable` has replaced it before.
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _suite(root: Element, chapter: str, cases: list[Element]) -> None:
    suite = SubElement(root, "testsuite", name=chapter)
    suite.extend(cases)
    _count(suite, cases)


def _count(element: Element, cases: list[Element]) -> None:
    for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        element.set(name, str(sum(case.find(tag) is not None for case in cases)))
    element.set("tests", str(len(cases)))
    element.set("time", "0")


def _case(report: Report, message: Message, fail_on: Severity | None) -> Element:
    case = Element("testcase", classname=f"garrison.{message.chapter}", name=message.id, time="0")
    findings = [finding for finding in report.findings if finding.rule == message.id]
    failing = [one for one in findings if fail_on is not None and one.severity >= fail_on]
    known = [entry.finding for entry in report.known if entry.finding.rule == message.id]
    entries = [entry for entry in report.not_checked if entry.rule == message.id]
    if failing:
        _failure(case, message, failing)
    elif entries:
        _blocked(case, entries)
    elif message.id in report.not_applicable:
        SubElement(case, "skipped", message="nothing to look at")
    quiet = [f"below the threshold: {_found(one)}" for one in findings if one not in failing]
    quiet += [f"known: {_found(one)}" for one in known]
    aside = [entry for entry in report.suppressed if entry.finding.rule == message.id]
    quiet += [_line(f"set aside by a comment: {_found(entry.finding)} ({entry.reason})") for entry in aside]
    if quiet:
        SubElement(case, "system-out").text = "\n".join(quiet[:_MOST])
    return case


def _failure(case: Element, message: Message, findings: Sequence[Finding]) -> None:
    worst = max(finding.severity for finding in findings)
    words = f"{message.title} ({worst.label}, {number(len(findings), 'place')})"
    failure = SubElement(case, "failure", type=worst.label, message=_line(words))
    more = [f"and {len(findings) - _MOST} more"] if len(findings) > _MOST else []
    advice = list(dict.fromkeys(part for finding in findings[:_MOST] for part in finding.fix.split("\n\n")))
    lines = [*map(_found, findings[:_MOST]), *more, "", *(cut(printable_block(part), _LONGEST) for part in advice)]
    failure.text = "\n".join(lines)


def _found(finding: Finding) -> str:
    return _line(": ".join(filter(None, (place_of(finding), finding.title, evidence_of(finding)))))


def _loose(report: Report, fail_on: Severity | None) -> list[NotChecked]:
    """Return what was not checked and cannot stand at a rule's own case: without rule, or where the rule fails."""
    failing = {finding.rule for finding in report.findings if fail_on is not None and finding.severity >= fail_on}
    return [entry for entry in report.not_checked if entry.rule is None or entry.rule in failing]


def _unchecked(entry: NotChecked, number_: int) -> Element:
    name = _line(f"not checked {number_}: {entry.what}")
    case = Element("testcase", classname="garrison.not-checked", name=name, time="0")
    _blocked(case, [entry])
    return case


def _blocked(case: Element, entries: Sequence[NotChecked]) -> None:
    """Say that something could not be looked at: an error, or skipped where the project accepts all of it."""
    accepted = all(entry.accepted for entry in entries)
    words = f"not checked: {'; '.join(f'{entry.what}: {entry.reason}' for entry in entries[:_MOST])}"
    if accepted:
        SubElement(case, "skipped", message=_line(f"{words} (accepted: {entries[0].accepted})"))
        return
    error = SubElement(case, "error", type="not-checked", message=_line(words))
    error.text = "\n".join(_line(entry.how_to_include) for entry in entries[:_MOST])


def _line(words: str) -> str:
    return printable(cut(words, _LONGEST))
