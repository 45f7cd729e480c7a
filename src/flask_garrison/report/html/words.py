"""The words for those who decide: what a result means, without the words of the trade."""

from __future__ import annotations

from collections.abc import Sequence

from ...findings import Report, Severity
from ..printable import number

TITLES = {
    "inputs": "What people type and upload",
    "passwords": "Passwords",
    "access": "Who may come in, and do what",
    "transport": "Privacy on the way",
    "headers": "Instructions to the browser",
    "database": "The database",
    "assessment": "How it is run and inspected",
    "dependencies": "Parts made by others",
    "monitoring": "Noticing an attack",
    "training": "Knowledge of the team",
}
HARMS = {
    "inputs": "Somebody could make the application do what it was not built for, by what they type or upload.",
    "passwords": "Somebody who gets hold of the stored passwords could find out what they are.",
    "access": "Somebody could act in another person's name, or see and do what is not meant for them.",
    "transport": "Somebody on the same network could read or change what travels to and from the application.",
    "headers": "A visitor's browser could be talked into doing something harmful on your pages.",
    "database": "Somebody could read, change or delete stored data that they should not reach.",
    "assessment": "Somebody could learn how the application is built, or this result could look better than it is.",
    "dependencies": "A known weakness in a part made by others could be used against the application.",
    "monitoring": "An attack could go on without anybody noticing.",
    "training": "The team may repeat mistakes that are avoidable.",
}
RISKS = {
    Severity.CRITICAL: (
        "Critical",
        "can be used against you as the application is now. Fix this before anything else.",
    ),
    Severity.HIGH: ("High", "can do real harm. Plan the repair for this week."),
    Severity.MEDIUM: ("Moderate", "can do harm together with another mistake. Plan the repair for this month."),
    Severity.LOW: ("Low", "could be repaired to make the application sturdier. None of it is urgent."),
    Severity.INFO: ("Low", "may be worth knowing. None of it is urgent."),
}
GRADES = {
    "A": "very good",
    "B": "good, with something to repair",
    "C": "needs repair",
    "D": "weak",
    "F": "not acceptable",
}


def risk(report: Report) -> tuple[str, str]:
    """Return one word and one sentence on how much is at stake."""
    if report.findings:
        worst = max(finding.severity for finding in report.findings)
        count = sum(finding.severity is worst for finding in report.findings)
        word, sentence = RISKS[worst]
        return word, f"{number(count, 'finding')} {sentence}"
    if report.not_checked:
        words = f"Nothing was found, but {number(len(report.not_checked), 'thing')} could not be looked at."
        return "Not known in full", f"{words} This is no clean result."
    if report.grades.overall is None:
        return "Not known", "Nothing was looked at, so nothing can be said."
    return "None found", "Nothing was found in what was looked at."


def harms(report: Report) -> list[str]:
    """Return what could happen, one sentence for each chapter with a finding of medium or above, the worst first."""
    worst: dict[str, Severity] = {}
    for finding in report.findings:
        if finding.severity >= Severity.MEDIUM:
            worst[finding.chapter] = max(worst.get(finding.chapter, finding.severity), finding.severity)
    return [HARMS[slug] for slug in sorted(worst, key=lambda slug: -worst[slug]) if slug in HARMS]


def title(slug: str) -> str:
    """Return the name of a chapter for those who do not know the slugs."""
    return TITLES.get(slug, slug)


def listed(names: Sequence[str]) -> str:
    """Return names as a list in a sentence."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""
