"""The page of a rule, in Markdown: what ``--explain`` prints and what stands in ``docs/rules``."""

from __future__ import annotations

import re

from .fix import MEANING, PLACEHOLDER
from .rule import Rule


def page(rule: Rule) -> str:
    """Return the page of one rule."""
    parts = [
        f"# `{rule.id}`",
        f"{rule.title}.",
        _table(rule),
        f"## Why\n\n{_marked(rule.why)}",
        f"## Fix\n\n{_prose(rule.fix)}",
        f"Before:\n\n{_code(rule.language, rule.before)}",
        f"After:\n\n{_code(rule.language, rule.after)}",
        f"## What Garrison does about it\n\n{_marked(rule.guard)}",
        *_allow(rule),
    ]
    return "\n\n".join(parts) + "\n"


def _table(rule: Rule) -> str:
    rows = {
        "Severity": rule.severity.label,
        "Confidence": rule.confidence.label,
        "Reads": rule.kind,
        "Control": f"`{rule.control}`",
        "CWE": ", ".join(f"[{number}](https://cwe.mitre.org/data/definitions/{number}.html)" for number in rule.cwe),
        "ASVS 5.0": ", ".join(rule.asvs) or "none",
        "Lesson": f"`{rule.lesson}` (comes in a later version)" if rule.lesson else "none",
    }
    return "| | |\n|---|---|\n" + "\n".join(f"| {name} | {value} |" for name, value in rows.items())


def _prose(words: str) -> str:
    """Return sentences without the indented lines of code: the examples that follow show the same."""
    lines = [line for line in words.splitlines() if not line.startswith(" ")]
    return _marked(re.sub(":$", ".", "\n".join(lines)))


def _marked(words: str) -> str:
    """Mark tags as code, or a page in HTML would contain them as tags."""
    return re.sub(r"<[a-z][^<>\n]*>", r"`\g<0>`", words)


def _code(language: str, text: str) -> str:
    # What highlights HTTP wants a whole message.
    return f"```{'text' if language == 'http' else language}\n{text}\n```"


def _allow(rule: Rule) -> list[str]:
    if not rule.allows:
        return []
    line = f'Garrison(app, {rule.policy}({rule.allows}=["{PLACEHOLDER}"]))'
    return [
        "## Live with it\n\nOn the pages of single endpoints, which are then unprotected in this respect:",
        _code("python", line),
        f"`{PLACEHOLDER}` {MEANING.removeprefix(PLACEHOLDER).strip()}",
    ]
