"""Flask-Talisman's Content-Security-Policy: absent, full of holes, only reported, or with nonces that go nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ....findings import Confidence, Evidence, Severity
from ...facts.extensions import talisman_of
from ...inspected import Inspected
from ...rule import Match, Rule, checks

NO_CSP = Rule(
    id="headers.talisman-without-csp",
    kind="runtime",
    control="headers.csp",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(79, 693),
    asvs=("V3.4.3",),
    title="Flask-Talisman sends no Content-Security-Policy",
    why="The policy is what keeps an injected script from running. It is Flask-Talisman's default and was switched "
    "off.",
    fix="Leave the policy on and give nonces to inline scripts.",
    before="Talisman(app, content_security_policy=None)",
    after='Talisman(app, content_security_policy={"default-src": "\'self\'", "script-src": "\'self\'"},\n'
    '         content_security_policy_nonce_in=["script-src"])',
    guard="It sends a policy of its own and writes the nonces into the templates by itself.",
    language="python",
    lesson="headers-csp-that-allows-everything",
    items=(68,),
    seen_by=("headers.csp-missing",),
)

UNSAFE = Rule(
    id="headers.talisman-unsafe-csp",
    kind="runtime",
    control="headers.csp",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(79, 693),
    asvs=("V3.4.3",),
    title="Flask-Talisman's policy lets injected scripts run",
    why="'unsafe-inline' without a nonce allows every inline script, an injected one included. A bare *, https: or "
    "data: among the sources of scripts allows scripts from anywhere.",
    fix='Name script-src in content_security_policy_nonce_in, write nonce="{{ csp_nonce() }}" into the scripts, and '
    "delete 'unsafe-inline'.",
    before="Talisman(app, content_security_policy={\"script-src\": \"'self' 'unsafe-inline'\"})",
    after='Talisman(app, content_security_policy={"script-src": "\'self\'"},\n'
    '         content_security_policy_nonce_in=["script-src"])',
    guard="It merges its own policy in, whose nonces make browsers ignore 'unsafe-inline'.",
    language="python",
    lesson="headers-csp-that-allows-everything",
    items=(68,),
    seen_by=("headers.csp-unsafe-inline", "headers.csp-unsafe-eval", "headers.csp-broad-script-sources"),
)

UNUSED_NONCE = Rule(
    id="headers.talisman-unused-nonce",
    kind="runtime",
    control="headers.csp",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(693,),
    asvs=(),
    title="Flask-Talisman is asked for a nonce in a directive that its policy does not have",
    why="The nonce is added to directives that are written out, and to no others. Scripts that carry it are blocked, "
    "and what usually follows is 'unsafe-inline'.",
    fix="Write the directive into the policy.",
    before='Talisman(app, content_security_policy={"default-src": "\'self\'"},\n'
    '         content_security_policy_nonce_in=["script-src"])',
    after='Talisman(app, content_security_policy={"default-src": "\'self\'", "script-src": "\'self\'"},\n'
    '         content_security_policy_nonce_in=["script-src"])',
    guard="It adds nonces of its own.",
    language="python",
    items=(68,),
)

REPORT_ONLY = Rule(
    id="headers.talisman-report-only",
    kind="runtime",
    control="headers.csp",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(693,),
    asvs=("V3.4.3",),
    title="Flask-Talisman's policy is only reported and blocks nothing",
    why="A policy in report-only mode shows what it would block. An injected script runs all the same.",
    fix="Enforce the policy once its reports are quiet.",
    before='Talisman(app, content_security_policy_report_only=True, content_security_policy_report_uri="/csp")',
    after='Talisman(app, content_security_policy_report_uri="/csp")',
    guard="It sends a policy of its own that is enforced.",
    language="python",
    items=(68,),
    seen_by=("headers.csp-missing",),
)

_ANYWHERE = frozenset(("*", "http:", "https:", "data:", "blob:", "'unsafe-eval'"))


def _has_talisman(inspected: Inspected) -> bool:
    return talisman_of(inspected.app) is not None


def _has_policy(inspected: Inspected) -> bool:
    return _has_talisman(inspected) and bool(talisman_of(inspected.app).content_security_policy)


def _policies(inspected: Inspected) -> Iterator[tuple[str | None, dict[str, list[str]], list[str]]]:
    """Yield each policy with its route and the directives that get a nonce: the general one, then those of views."""
    talisman = talisman_of(inspected.app)
    general, nonces = talisman.content_security_policy, talisman.content_security_policy_nonce_in
    yield None, _directives(general), list(nonces)
    for route in inspected.routes:
        own = getattr(route.view, "talisman_view_options", {})
        if own.get("content_security_policy"):
            in_view = own.get("content_security_policy_nonce_in", nonces)
            yield route.rule, _directives(own["content_security_policy"]), list(in_view or ())


def _directives(policy: Any) -> dict[str, list[str]]:
    if isinstance(policy, str):
        parts = (part.split() for part in policy.split(";"))
        return {words[0]: words[1:] for words in parts if words}
    return {name: value.split() if isinstance(value, str) else list(value) for name, value in (policy or {}).items()}


@checks(NO_CSP, reads="app", needs=_has_talisman)
def no_csp(inspected: Inspected) -> Iterator[Match]:
    """Find a policy that is off, for all views or for one."""
    if inspected.enforces("headers.csp"):
        return
    if not talisman_of(inspected.app).content_security_policy:
        yield Match("content_security_policy of Flask-Talisman is off")
    for route in inspected.routes:
        options = getattr(route.view, "talisman_view_options", {})
        if "content_security_policy" in options and not options["content_security_policy"]:
            yield Match(f"content_security_policy of Flask-Talisman is off for {route.endpoint}", route=route.rule)


@checks(UNSAFE, reads="app", needs=_has_policy)
def unsafe(inspected: Inspected) -> Iterator[Match]:
    """Judge what applies to scripts, by meaning."""
    if inspected.enforces("headers.csp"):
        return
    for route, directives, nonces in _policies(inspected):
        name = "script-src" if "script-src" in directives else "default-src"
        if name not in directives:
            yield Match("the policy of Flask-Talisman says nothing of scripts", route=route)
            continue
        bad = list(_bad(directives[name], has_nonce=name in nonces))
        if bad:
            evidence = (Evidence("config", f"{name} {' '.join(directives[name])}"),)
            yield Match(f"{name} of Flask-Talisman holds {', '.join(bad)}", route=route, evidence=evidence)


def _bad(sources: list[str], *, has_nonce: bool) -> Iterator[str]:
    # A browser that knows nonces and hashes ignores 'unsafe-inline' beside one.
    named = has_nonce or any(source.startswith("'sha") for source in sources)
    yield from (one for one in sources if one in _ANYWHERE or (one == "'unsafe-inline'" and not named))


@checks(UNUSED_NONCE, reads="app", needs=_has_policy)
def unused_nonces(inspected: Inspected) -> Iterator[Match]:
    """Compare the list with the policy."""
    for route, directives, nonces in _policies(inspected):
        for name in nonces:
            if name not in directives:
                yield Match(f"the policy has no {name} to put a nonce into", route=route)


@checks(REPORT_ONLY, reads="app", needs=_has_policy)
def report_only(inspected: Inspected) -> Iterator[Match]:
    """Find the switch."""
    if talisman_of(inspected.app).content_security_policy_report_only and not inspected.enforces("headers.csp"):
        yield Match("content_security_policy_report_only of Flask-Talisman is on")
