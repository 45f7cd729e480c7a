"""No page allows scripts that an attacker could bring along: in attributes, inline without a nonce, or from strings."""

from __future__ import annotations

from collections.abc import Iterator

from ..hole import Hole
from ..subject import Subject

CONTROL = "headers.csp"


def prove(subject: Subject) -> Iterator[Hole]:
    """Read the policy of every page."""
    for rule, path in subject.routes():
        if "GET" not in (rule.methods or ()):
            continue
        policy = _directives(subject.ask(path).headers.get("Content-Security-Policy", ""))
        for what, setting in _weak(policy):
            mend = f"take it out of {setting}, or name the endpoint in except_for with a reason"
            yield Hole(CONTROL, f"GET {rule.rule}", what, mend, rule.endpoint)


def _directives(policy: str) -> dict[str, list[str]]:
    parts = (part.split() for part in policy.split(";"))
    return {part[0].lower(): part[1:] for part in parts if part}


def _weak(policy: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    scripts = policy.get("script-src-elem", policy.get("script-src", policy.get("default-src", [])))
    nonce = any(source.startswith(("'nonce-", "'sha")) for source in scripts)
    if "'unsafe-inline'" in scripts and not nonce:
        yield "every inline script runs", "allow_insecure_inline_scripts"
    if "'unsafe-inline'" in policy.get("script-src-attr", []):
        yield "inline event handlers run", "allow_insecure_inline_handlers"
    if "'unsafe-eval'" in policy.get("script-src", policy.get("default-src", [])):
        yield "strings become code", "allow_insecure_eval"
