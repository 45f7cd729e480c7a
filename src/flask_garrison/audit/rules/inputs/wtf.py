"""Flask-WTF's CSRF protection: switched off, in part or for all, or with its second check taken away."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence, Severity
from ...facts.guarding import proves_itself
from ...inspected import Inspected, Route
from ...rule import Match, Rule, checks

GUARD = "It refuses state-changing requests that come from another site's page, with or without Flask-WTF."

DISABLED = Rule(
    id="inputs.wtf-csrf-disabled",
    kind="runtime",
    control="inputs.csrf",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(352,),
    asvs=("V3.5.1",),
    title="Flask-WTF's CSRF protection is switched off",
    why="WTF_CSRF_ENABLED is for tests. Without it neither CSRFProtect nor the forms compare a token, and a page on "
    "any site sends requests with its visitor's cookies.",
    fix="Delete the setting from what is deployed, and set it in the configuration of the tests alone.",
    before='app.config["WTF_CSRF_ENABLED"] = False',
    after='app.config["WTF_CSRF_ENABLED"] = True',
    guard=GUARD,
    language="python",
    lesson="inputs-the-other-tab",
    items=(79,),
)

UNCHECKED = Rule(
    id="inputs.wtf-csrf-not-checked",
    kind="runtime",
    control="inputs.csrf",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(352,),
    asvs=("V3.5.1",),
    title="CSRFProtect checks no request by itself",
    why="With WTF_CSRF_CHECK_DEFAULT off, only views that call csrf.protect() are protected. The next view that "
    "somebody adds is not.",
    fix="Leave the setting on and exempt the views that must not be checked.",
    before='app.config["WTF_CSRF_CHECK_DEFAULT"] = False',
    after="@csrf.exempt\ndef webhook(): ...",
    guard=GUARD,
    language="python",
    lesson="inputs-the-other-tab",
    items=(79,),
)

METHODS = Rule(
    id="inputs.wtf-csrf-methods",
    kind="runtime",
    control="inputs.csrf",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(352,),
    asvs=("V3.5.1",),
    title="CSRFProtect leaves out a method that changes something",
    why="Requests with a method that WTF_CSRF_METHODS does not list pass without a token.",
    fix="Leave the setting at its default.",
    before='app.config["WTF_CSRF_METHODS"] = ["POST"]',
    after='app.config["WTF_CSRF_METHODS"] = ["POST", "PUT", "PATCH", "DELETE"]',
    guard=GUARD,
    language="python",
    items=(79,),
)

REFERRER = Rule(
    id="inputs.wtf-csrf-referrer",
    kind="runtime",
    control="inputs.csrf",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(352,),
    asvs=("V3.5.1",),
    title="CSRFProtect does not compare the Referer over HTTPS",
    why="A token can be planted by whoever can set a cookie, such as another host of the same domain. The Referer of "
    "such a request names that host, and with WTF_CSRF_SSL_STRICT off nobody looks.",
    fix="Leave the setting on. Referrer-Policy must then be same-origin or looser.",
    before='app.config["WTF_CSRF_SSL_STRICT"] = False',
    after='app.config["WTF_CSRF_SSL_STRICT"] = True',
    guard=GUARD,
    language="python",
    items=(79,),
)

TIME_LIMIT = Rule(
    id="inputs.wtf-csrf-time-limit",
    kind="runtime",
    control="inputs.csrf",
    severity=Severity.INFO,
    confidence=Confidence.HIGH,
    cwe=(352, 613),
    asvs=("V3.5.1",),
    title="CSRF tokens are good for as long as the session",
    why="A token that leaked, into a log or a saved page, can be used until the session ends.",
    fix="Set WTF_CSRF_TIME_LIMIT to the longest time that a form may stand open.",
    before='app.config["WTF_CSRF_TIME_LIMIT"] = None',
    after='app.config["WTF_CSRF_TIME_LIMIT"] = 12 * 3600',
    guard=GUARD,
    language="python",
    items=(79,),
)

EXEMPT = Rule(
    id="inputs.wtf-csrf-exempt",
    kind="runtime",
    control="inputs.csrf",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(352,),
    asvs=("V3.5.1",),
    title="A view is exempt from CSRFProtect",
    why="A page on any site can make a visitor's browser call this view with the visitor's cookies. That is right for "
    "a webhook with a signature of its own, and for nothing that relies on cookies.",
    fix="Delete @csrf.exempt; where the view relies on no cookie, ignore this finding in garrison.toml with that as "
    "the reason.",
    before='@app.post("/transfer")\n@csrf.exempt\ndef transfer(): ...',
    after='@app.post("/transfer")\ndef transfer(): ...',
    guard=GUARD,
    language="python",
    lesson="inputs-the-other-tab",
    items=(79,),
)

DANGEROUS = frozenset(("POST", "PUT", "PATCH", "DELETE"))
LONGEST = 24 * 3600


def _uses_wtf(inspected: Inspected) -> bool:
    return inspected.module("flask_wtf") is not None and (
        inspected.extension("csrf") is not None or "WTF_CSRF_ENABLED" in inspected.config
    )


def _protects(inspected: Inspected) -> bool:
    """Return whether Flask-WTF's own CSRFProtect is at work and switched on."""
    csrf = inspected.extension("csrf")
    is_wtf = hasattr(csrf, "_exempt_views") and hasattr(csrf, "_exempt_blueprints")
    return is_wtf and bool(inspected.config.get("WTF_CSRF_ENABLED", True))


def _is_guarded(inspected: Inspected) -> bool:
    return inspected.enforces("inputs.csrf")


@checks(DISABLED, reads="app", needs=_uses_wtf)
def disabled(inspected: Inspected) -> Iterator[Match]:
    """Find the switch where nothing else refuses such requests."""
    if not inspected.config.get("WTF_CSRF_ENABLED", True) and not _is_guarded(inspected):
        yield Match("WTF_CSRF_ENABLED is off")


@checks(UNCHECKED, reads="app", needs=_protects)
def unchecked(inspected: Inspected) -> Iterator[Match]:
    """Find the switch where nothing else checks: Flask-Security asks for it, and checks itself."""
    is_security = inspected.extension("security") is not None
    if not inspected.config["WTF_CSRF_CHECK_DEFAULT"] and not is_security and not _is_guarded(inspected):
        yield Match("WTF_CSRF_CHECK_DEFAULT is off")


@checks(METHODS, reads="app", needs=_protects)
def methods(inspected: Inspected) -> Iterator[Match]:
    """Find methods of the application's routes that are not in the set that is asked."""
    used = {method for route in inspected.routes for method in route.methods} & DANGEROUS
    missing = sorted(used - set(inspected.config["WTF_CSRF_METHODS"]))
    if missing and not _is_guarded(inspected):
        yield Match(f"WTF_CSRF_METHODS lacks {', '.join(missing)}")


@checks(REFERRER, reads="app", needs=_protects)
def referrer(inspected: Inspected) -> Iterator[Match]:
    """Find the switch."""
    if not inspected.config["WTF_CSRF_SSL_STRICT"] and not _is_guarded(inspected):
        yield Match("WTF_CSRF_SSL_STRICT is off")


@checks(TIME_LIMIT, reads="app", needs=_protects)
def time_limit(inspected: Inspected) -> Iterator[Match]:
    """Find no limit, or one of more than a day."""
    limit = inspected.config["WTF_CSRF_TIME_LIMIT"]
    if _is_guarded(inspected):
        return
    if limit is None:
        yield Match("WTF_CSRF_TIME_LIMIT is None")
    elif limit > LONGEST:
        yield Match(f"WTF_CSRF_TIME_LIMIT is {limit} seconds", subject="WTF_CSRF_TIME_LIMIT")


@checks(EXEMPT, reads="app", needs=_protects)
def exempt(inspected: Inspected) -> Iterator[Match]:
    """Ask, as CSRFProtect does at a request, whether a route is exempt."""
    if _is_guarded(inspected):
        return
    seen = set[str]()
    for route in inspected.routes:
        methods = sorted(route.methods & DANGEROUS)
        if not methods or route.view is None or route.endpoint in seen or not _is_exempt(inspected, route):
            continue
        seen.add(route.endpoint)
        if not all(proves_itself(route, method) for method in methods):
            yield Match(f"{route.endpoint} is exempt from CSRFProtect", subject=route.rule, route=route.rule)


def _is_exempt(inspected: Inspected, route: Route) -> bool:
    csrf = inspected.extension("csrf")
    blueprint = inspected.app.blueprints.get(route.endpoint.rpartition(".")[0])
    name = f"{route.view.__module__}.{getattr(route.view, '__name__', '')}"
    return name in csrf._exempt_views or (blueprint is not None and blueprint in csrf._exempt_blueprints)
