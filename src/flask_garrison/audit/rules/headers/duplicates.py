"""One header, two authors: whoever runs last wins, and the other's setting is dead."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from ....findings import Confidence, Evidence, Severity
from ...facts.layers import factory_of, layers, words_of, words_of_class, written_in
from ...inspected import Inspected
from ...rule import Match, Rule, checks

TWO_WRITERS = Rule(
    id="headers.two-writers",
    kind="runtime",
    control="headers.conflicts",
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    cwe=(436, 693),
    asvs=(),
    title="Two hooks set the same security header",
    why="after_request functions run in the reverse order of their registration, and the last one to write wins. The "
    "other's setting can be changed for years and do nothing; where both are sent, browsers apply both or neither.",
    fix="Let one of them set the header.",
    before="Talisman(app)\n\n@app.after_request\ndef headers(response):\n"
    '    response.headers["Content-Security-Policy"] = "default-src *"\n    return response',
    after="Talisman(app, content_security_policy=POLICY)",
    guard="It runs after every hook, merges what they set with its policy, and reports what it had to change.",
    language="python",
    items=(132,),
)

HEADERS = (
    "Content-Security-Policy",
    "Strict-Transport-Security",
    "X-Frame-Options",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Permissions-Policy",
    "Access-Control-Allow-Origin",
)
_BY_PACKAGE = {"flask_cors": ("Access-Control-Allow-Origin",)}


@checks(TWO_WRITERS, reads="app", needs=lambda inspected: bool(inspected.app.after_request_funcs.get(None)))
def two_writers(inspected: Inspected) -> Iterator[Match]:
    """Read which headers each hook of the application names."""
    writers: dict[str, list[str]] = defaultdict(list)
    for hook in inspected.app.after_request_funcs.get(None, ()):
        for header in _headers_of(hook):
            writers[header].append(_name(hook))
    for header, names in writers.items():
        if len(names) > 1 and not inspected.app.extensions.get("garrison"):
            evidence = tuple(Evidence("config", f"{name} sets {header}") for name in names)
            yield Match(f"{header} is set by {' and by '.join(sorted(names))}", subject=header, evidence=evidence)


def _headers_of(hook: Any) -> list[str]:
    package = written_in(next(layers(hook))).partition(".")[0]
    if package in _BY_PACKAGE:
        return list(_BY_PACKAGE[package])
    words = {word.lower() for word in _all_words(hook)}
    return [header for header in HEADERS if header.lower() in words]


def _all_words(hook: Any) -> frozenset[str]:
    """Return the words of a hook; of a bound method those of its whole class, whose helpers set the headers."""
    owner = getattr(hook, "__self__", None)
    return words_of(hook) if owner is None else words_of_class(type(owner))


def _name(hook: Any) -> str:
    owner = getattr(hook, "__self__", None)
    return type(owner).__name__ if owner is not None else factory_of(next(layers(hook)))
