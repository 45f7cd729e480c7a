"""Directives that a Content-Security-Policy needs besides its scripts: plugins, ``<base>``, forms."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence, Severity
from ....target.answers import Answer
from ...answers.csp import (
    ENFORCED,
    all_allow,
    foreign_base,
    foreign_forms,
    plugins,
    policies_of,
    trusts_by_nonce,
    unrestricted_scripts,
)
from ...answers.selection import documents, problem, some
from ...observed import Observed
from ...rule import Match, Rule, checks

CSP_GAPS = Rule(
    id="headers.csp-gaps",
    kind="runtime",
    control="headers.csp",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(693,),
    asvs=("V3.4.3",),
    title="The policy leaves a way round its scripts",
    why="default-src says nothing on <base> and on forms. An injected <base> sends every relative <script src> of the "
    "page to another host, and beside a nonce they run (severity medium). An injected form around yours sends what the "
    "visitor types elsewhere. Plugins are old; where one is left, it runs code.",
    fix="Add object-src 'none'; base-uri 'none'; form-action 'self'.",
    before="Content-Security-Policy: script-src 'nonce-{{ csp_nonce() }}'",
    after="Content-Security-Policy: script-src 'nonce-{{ csp_nonce() }}'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'",
    guard="Its policy has all three, and adds them to the policy that the application sends.",
    language="http",
    lesson="headers-csp-that-allows-everything",
    items=(68,),
)


def _restricted(observed: Observed) -> list[Answer]:
    return [one for one in documents(observed) if not all_allow(policies_of(one), unrestricted_scripts)]


@checks(CSP_GAPS, reads="answers", needs=some(_restricted))
def gaps(observed: Observed) -> Iterator[Match]:
    """Find pages whose policies together leave plugins, ``<base>`` or forms open."""
    pages = _restricted(observed)
    for words, allows in (
        ("Plugins load from any host (object-src)", plugins),
        ("An injected <base> is heeded (base-uri)", foreign_base),
        ("Injected forms may send anywhere (form-action)", foreign_forms),
    ):
        found = [answer for answer in pages if all_allow(policies_of(answer), allows)]
        if found:
            severity = Severity.MEDIUM if allows is foreign_base and _by_nonce(found) else None
            yield problem(
                CSP_GAPS, observed.inspected, words, found, pages, "pages", header=ENFORCED, severity=severity
            )


def _by_nonce(found: list[Answer]) -> bool:
    return any(trusts_by_nonce(policies_of(answer)) for answer in found)
