"""What tests of reports share: a report with one of everything, and one whose words attack whoever shows them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from flask_garrison.findings import (
    Confidence,
    Evidence,
    Finding,
    Known,
    NotChecked,
    Report,
    Severity,
    Target,
    numbered,
)
from flask_garrison.findings.history import run_of
from flask_garrison.report import Run

MADE = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
HANDLER = Finding(
    rule="headers.inline-event-handler",
    control="headers.csp",
    title="Inline event handler onclick",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    subject="a",
    fix='Add a listener:\n  element.addEventListener()\n\nOr keep it:\n  Policy(allow=["shop"])',
    path="templates/a.html",
    line=3,
    cwe=(693,),
    asvs=("V3.4.3",),
    evidence=(Evidence("path", "<a onclick=x>"),),
)
KEY = Finding(
    rule="access.weak-secret-key",
    control="access.secret-key",
    title="SECRET_KEY has 3 bytes; 16 is the least",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    subject="key",
    fix="Make a key.",
    cwe=(321, 798),
    lesson="access-weak-secret",
)
STEPS = [
    {"path": "shop.py", "line": 3, "code": 'name = request.args["q"]'},
    {"path": "db.py", "line": 9, "code": "execute(name)"},
]
PATH = replace(
    HANDLER,
    rule="inputs.some-path",
    severity=Severity.MEDIUM,
    title="A parameter reaches a statement",
    evidence=(Evidence("path", "q reaches execute", {"steps": STEPS}),),
    path="db.py",
    line=9,
    subject="path",
)
ANSWER = replace(
    HANDLER,
    rule="headers.some-answer",
    severity=Severity.MEDIUM,
    title="No policy",
    path=None,
    line=None,
    route="/login",
    method="GET",
    subject="answer",
    evidence=(Evidence("request", "GET /login: 200 without the header", {"status": 200}),),
)
REPORT = Report(
    target=Target(kind="app", name="shop:app"),
    rules=(
        "access.weak-secret-key",
        "headers.inline-event-handler",
        "headers.some-answer",
        "headers.style-attribute",
        "inputs.csrf-exemption",
        "inputs.some-path",
        "transport.undeclared-hosts",
    ),
    findings=numbered([HANDLER, replace(HANDLER, line=9), KEY, PATH, ANSWER]),
    passed=("headers.style-attribute", "inputs.csrf-exemption"),
    not_applicable=("headers.insecure-allowance",),
    not_checked=(
        NotChecked(
            what="GET /cart",
            rule="transport.undeclared-hosts",
            reason="it needs a user",
            how_to_include="Give one with --user.",
        ),
        NotChecked(what="d.html", reason="a pipe", how_to_include="", accepted="old page", chapters=("headers",)),
    ),
    looked_at={"templates": 14, "routes": 1},
    layers=("a child process",),
    known=(Known(replace(HANDLER, line=40, subject="known"), "goes away with the redesign", "2027-01-31"),),
    ignored=2,
    out_of_scope=("packages.",),
    seconds=1.25,
)
CLEAN = Report(target=Target(kind="path", name="."), rules=("headers.style-attribute",), passed=REPORT.passed)
RUN = Run(
    made=MADE,
    command="check",
    before=tuple(run_of(report, "check", MADE - timedelta(days=days)) for days, report in ((60, REPORT), (40, CLEAN))),
    overdue="Overdue: the check of shop:app before this one was 40 days ago, more than 30.",
)

ATTACKS = (
    "</code></pre></title></style><script>alert(1)</script>",
    "\"' onmouseover=alert(1) x='",
    "<img src=x onerror=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(1)",
    "|a|`b`|\n| c |\n\n# Heading [link](https://evil.example) @everyone #1 ![x](https://evil.example/x)",
    "````\n</details>",
    "]]> <![CDATA[ &amp; \x00\x08\x0b\x1b[31m",
    "\u202etxt.exe\u2066 \u200b \u2028 \ufeff \U000e0041",
    "\ud800 \ufffe",
    "x" * 1_000_000,
)


def hostile(words: str) -> Report:
    """Return a report all of whose words from elsewhere are these."""
    finding = replace(
        PATH,
        title=words,
        path=words,
        route=words,
        method=words,
        fix=f"{words}\n\n{words}",
        evidence=(
            Evidence("path", words, {"steps": [{"path": words, "line": 3, "code": words}] * 2}),
            Evidence("request", words, {"headers": {words: words}}),
        ),
    )
    unchecked = NotChecked(what=words, reason=words, how_to_include=words, rule="headers.style-attribute")
    return Report(
        target=Target(kind="app", name=words),
        rules=(finding.rule, KEY.rule),
        findings=(finding, replace(KEY, title=words, fix=words, evidence=(Evidence("config", words),))),
        not_checked=(unchecked, replace(unchecked, rule=None, accepted=words)),
        looked_at={words: 1},
        layers=(words,),
        known=(Known(replace(finding, subject="known"), words, "2027-01-31"),),
        out_of_scope=(words,),
    )
