"""Content-Security-Policies that restrict scripts and let an attacker's run all the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ....findings import Confidence, Severity
from ....target.answers import Answer
from ...answers.csp import (
    ENFORCED,
    Allows,
    all_allow,
    evaluation,
    inline_handlers,
    inline_scripts,
    open_hosts,
    policies_of,
    scripts_in_data_urls,
    scripts_of_any_host,
    unrestricted_scripts,
)
from ...answers.selection import documents, problem, some
from ...observed import Observed
from ...rule import Match, Rule, checks

_AFTER = (
    "Content-Security-Policy: script-src 'nonce-{{ csp_nonce() }}' 'strict-dynamic'; object-src 'none'; base-uri 'none'"
)

CSP_UNSAFE_INLINE = Rule(
    id="headers.csp-unsafe-inline",
    kind="runtime",
    control="headers.csp",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(79, 693),
    asvs=("V3.4.3",),
    title="The policy lets injected scripts run",
    why="An injected <script> or onclick is inline, and 'unsafe-inline' cannot tell it from one of yours: against "
    "script injection such a policy does nothing. Beside a nonce, a hash or 'strict-dynamic' browsers ignore it, and "
    "it is not reported.",
    fix="Name a nonce that is new with each answer, and delete 'unsafe-inline'. Where old browsers need it, it may "
    "stay beside the nonce.",
    before="Content-Security-Policy: script-src 'self' 'unsafe-inline'",
    after=_AFTER,
    guard="Its policy goes by nonce. Together with a policy of the application the stricter of both is sent, unless an "
    "endpoint is exempt (headers.insecure-allowance).",
    language="http",
    lesson="headers-csp-that-allows-everything",
    items=(68,),
)
CSP_UNSAFE_EVAL = Rule(
    id="headers.csp-unsafe-eval",
    kind="runtime",
    control="headers.csp",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(95, 693),
    asvs=("V3.4.3",),
    title="The policy lets scripts compile text",
    why="A string of an attacker that reaches eval, new Function or setTimeout runs. Libraries that compile templates "
    "in the browser turn markup into script this way, which needs no injected script.",
    fix="Use a build of the library that does not compile at run time, and delete 'unsafe-eval'.",
    before="Content-Security-Policy: script-src 'self' 'unsafe-eval'",
    after=_AFTER,
    guard="Its policy has no 'unsafe-eval', unless an endpoint is exempt (headers.insecure-allowance).",
    language="http",
    lesson="headers-csp-that-allows-everything",
    items=(68,),
)
CSP_BROAD_SOURCES = Rule(
    id="headers.csp-broad-script-sources",
    kind="runtime",
    control="headers.csp",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(693, 829),
    asvs=("V3.4.3",),
    title="The policy lets scripts in that anybody may have written",
    why="*, https: and data: name everybody, the attacker included: an injected <script src> loads from there. On a "
    "public CDN or a hosting domain everybody can publish a file as well (severity low: it takes one step more).",
    fix="Name a nonce and 'strict-dynamic': then the addresses do not matter. Else name whole paths.",
    before="Content-Security-Policy: script-src 'self' https: https://cdn.jsdelivr.net",
    after=_AFTER,
    guard="Its policy trusts by nonce, with 'strict-dynamic'.",
    language="http",
    lesson="headers-csp-that-allows-everything",
    items=(68,),
)


def _restricted(observed: Observed) -> list[Answer]:
    """Return the pages on which some policy restricts scripts; the others are ``headers.csp-missing``."""
    return [one for one in documents(observed) if not all_allow(policies_of(one), unrestricted_scripts)]


def _allowing(pages: Sequence[Answer], allows: Allows) -> list[Answer]:
    return [answer for answer in pages if all_allow(policies_of(answer), allows)]


@checks(CSP_UNSAFE_INLINE, reads="answers", needs=some(_restricted))
def inline_allowed(observed: Observed) -> Iterator[Match]:
    """Find pages on which injected inline scripts run, or only injected handlers."""
    pages = _restricted(observed)
    scripts = _allowing(pages, inline_scripts)
    handlers = _allowing([page for page in pages if not all_allow(policies_of(page), inline_scripts)], inline_handlers)
    for words, found in (("Injected scripts run", scripts), ("Injected event handlers run", handlers)):
        if found:
            yield problem(CSP_UNSAFE_INLINE, observed.inspected, words, found, pages, "pages", header=ENFORCED)


@checks(CSP_UNSAFE_EVAL, reads="answers", needs=some(_restricted))
def evaluation_allowed(observed: Observed) -> Iterator[Match]:
    """Find pages on which text can be compiled."""
    pages = _restricted(observed)
    found = _allowing(pages, evaluation)
    if found:
        yield problem(
            CSP_UNSAFE_EVAL, observed.inspected, "'unsafe-eval' is in force", found, pages, "pages", header=ENFORCED
        )


@checks(CSP_BROAD_SOURCES, reads="answers", needs=some(_restricted))
def broad_sources(observed: Observed) -> Iterator[Match]:
    """Find pages on which scripts of any host, of ``data:`` addresses or of public hosts load."""
    pages, inspected = _restricted(observed), observed.inspected
    for words, allows in (
        ("Scripts of any host load", scripts_of_any_host),
        ("Scripts in data: addresses run", scripts_in_data_urls),
    ):
        found = _allowing(pages, allows)
        if found:
            yield problem(CSP_BROAD_SOURCES, inspected, words, found, pages, "pages", header=ENFORCED)
    for host in sorted({host for answer in pages for host in open_hosts(policies_of(answer))}):
        found = [answer for answer in pages if host in open_hosts(policies_of(answer))]
        words = f"Every script of {host} loads, where anybody can publish one,"
        yield problem(
            CSP_BROAD_SOURCES, inspected, words, found, pages, "pages", header=ENFORCED, severity=Severity.LOW
        )
