"""Routes for tools, tests and operators that strangers can reach."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ....findings import Confidence, Evidence, Severity
from ...facts.guarding import asks
from ...facts.layers import layers, words_of, written_in
from ...facts.own_code import is_own
from ...inspected import Inspected, Route
from ...rule import Match, Rule, checks
from ..access.routes import beside_the_guard

GUARD = "Nothing in this version: it does not decide yet who may call a view."

DEBUG = Rule(
    id="assessment.debug-route",
    kind="runtime",
    control="assessment.exposed-endpoints",
    severity=Severity.MEDIUM,
    confidence=Confidence.LOW,
    cwe=(489, 749),
    asvs=("V13.4.2", "V15.2.3"),
    title="A route for debugging or testing asks nobody who is calling",
    why="Such routes show settings, run code or change data without the checks of the others, because they were made "
    "for the developer. Their names are the first that scanners try.",
    fix="Register them in development only, or ask for a login.",
    before='@app.get("/debug/config")\ndef config(): ...',
    after='if app.debug:\n\n    @app.get("/debug/config")\n    def config(): ...',
    guard=GUARD,
    language="python",
    items=(53,),
)

ADMIN = Rule(
    id="assessment.open-admin-route",
    kind="runtime",
    control="assessment.exposed-endpoints",
    severity=Severity.MEDIUM,
    confidence=Confidence.LOW,
    cwe=(306, 425),
    asvs=("V8.2.1", "V8.3.1"),
    title="A route for administrators asks nobody who is calling",
    why="Neither a decorator, a hook nor the code of the view looks at who is calling. A link that is not shown is not "
    "a lock: these addresses are guessed.",
    fix="Ask for the role in a hook of the blueprint or in a decorator.",
    before='@app.get("/admin/users")\ndef users(): ...',
    after='@app.get("/admin/users")\n@admin_required\ndef users(): ...',
    guard=GUARD,
    language="python",
    lesson="access-hidden-admin-page",
    items=(51, 53),
)

METRICS = Rule(
    id="assessment.open-metrics",
    kind="runtime",
    control="assessment.exposed-endpoints",
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    cwe=(200, 497),
    asvs=("V13.4.5",),
    title="Figures for monitoring are shown to everybody",
    why="They name routes, versions, error rates and the load at each hour: a map for an attacker, and a way to see "
    "whether an attack works.",
    fix="Serve them on another port, or to the addresses of the monitoring alone; where the front server does that, "
    "ignore this finding in garrison.toml with that as the reason.",
    before="PrometheusMetrics(app)",
    after="PrometheusMetrics(app, path=None)\nstart_http_server(9100)",
    guard=GUARD,
    language="python",
    items=(53,),
)

DOCS = Rule(
    id="assessment.open-api-docs",
    kind="runtime",
    control="assessment.exposed-endpoints",
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    cwe=(200, 1125),
    asvs=("V13.4.5",),
    title="The description of the programming interface is shown to everybody",
    why="It lists every route with its parameters, those of administrators included, and a page to call them. For an "
    "interface that is public that is its purpose; for one that is not it saves an attacker the work.",
    fix="Ask for a login, or leave the description out of what is deployed; where the interface is public, suppress "
    "this finding with that as the reason.",
    before="Swagger(app)",
    after="if app.debug:\n    Swagger(app)",
    guard=GUARD,
    language="python",
    items=(53,),
)

HEALTH = Rule(
    id="assessment.health-details",
    kind="runtime",
    control="assessment.exposed-endpoints",
    severity=Severity.LOW,
    confidence=Confidence.LOW,
    cwe=(200, 497),
    asvs=("V13.4.6",),
    title="A health check tells strangers about versions or the machine",
    why="It must be reachable without a login, and so must not say more than whether the application works.",
    fix="Answer with the state alone, and log the rest.",
    before='@app.get("/health")\ndef health():\n    return {"ok": True, "python": platform.python_version()}',
    after='@app.get("/health")\ndef health():\n    return {"ok": True}',
    guard="It removes headers that name versions, and leaves bodies alone.",
    language="python",
    items=(136,),
)

_DEBUG = frozenset(
    ["debug", "debugger", "console", "shell", "repl", "eval", "exec", "phpinfo", "test", "tests", "testing", "sandbox"]
)
_ADMIN = frozenset(["admin", "administration", "backoffice", "superuser", "staff"])
_METRICS = frozenset(["metrics", "prometheus", "actuator"])
_DOCS = frozenset(["swagger", "swaggerui", "apidocs", "redoc", "openapi", "flasgger", "apispec", "rapidoc"])
_HEALTH = frozenset(["health", "healthz", "healthcheck", "livez", "readyz", "liveness", "readiness", "alive", "ping"])
_STATUS = frozenset(["status", "statusz", "version", "sysinfo", "diagnostics"])
_DETAILS = frozenset(
    [
        "platform",
        "psutil",
        "environ",
        "getenv",
        "uname",
        "python_version",
        "__version__",
        "cpu_percent",
        "virtual_memory",
        "sysconfig",
    ]
)
_ENTRY = re.compile(r"(?i)login|logout|sign-?_?in|auth")
_VERSION = re.compile(r"api|rest|v\d+|\d+(\.\d+)*|ajax-api")


def parts_of(route: Route) -> list[str]:
    """Return the parts of an address without parameters, without what says that it is an interface, lower case."""
    parts = [part.partition(".")[0] for part in route.rule.lower().split("/") if part and "<" not in part]
    while len(parts) > 1 and _VERSION.fullmatch(parts[0]):
        parts.pop(0)
    return parts


def first(route: Route) -> list[str]:
    """Return the part of an address that says what everything below it is for."""
    return parts_of(route)[:1]


def alone(route: Route) -> list[str]:
    """Return the parts of an address that has two of them at most."""
    parts = parts_of(route)
    return parts if len(parts) <= 2 else []


def _open(
    inspected: Inspected, words: frozenset[str], where: Callable[[Route], list[str]], *, own: bool = True
) -> Iterator[tuple[Route, str]]:
    """Yield the first route of each view with such a word where nothing asks for any of its methods."""
    seen = set[str]()
    for route in inspected.routes:
        found = words.intersection(where(route))
        if not found or route.endpoint in seen or route.view is None or route.endpoint.endswith("static"):
            continue
        if _ENTRY.search(f"{route.rule} {route.endpoint}") or (own and not is_own(inspected, route.view)):
            continue
        if not all(asks(inspected.app, route, method) for method in route.methods):
            seen.add(route.endpoint)
            yield route, min(found)


def _match(route: Route, word: str, phrase: str) -> Match:
    summary = f"{route.rule} says {word} and asks nobody who is calling"
    return Match(
        f"{route.endpoint} {phrase}", subject=route.rule, route=route.rule, evidence=(Evidence("config", summary),)
    )


@checks(DEBUG, reads="app")
def debug_routes(inspected: Inspected) -> Iterator[Match]:
    """Find them by the words of their addresses."""
    for route, word in _open(inspected, _DEBUG, first):
        yield _match(route, word, "is for debugging or testing and open to everybody")


@checks(ADMIN, reads="app")
def admin_routes(inspected: Inspected) -> Iterator[Match]:
    """Find them by the words of their addresses; Flask-Admin's, and those beside a guard, have rules of their own."""
    told = {route.endpoint for route, *_ in beside_the_guard(inspected)}
    for route, word in _open(inspected, _ADMIN, first):
        if route.endpoint not in told and not written_in(next(layers(route.view))).startswith("flask_admin"):
            yield _match(route, word, "is for administrators and open to everybody")


@checks(METRICS, reads="app")
def metrics(inspected: Inspected) -> Iterator[Match]:
    """Find routes of monitoring, those of extensions included."""
    for route, word in _open(inspected, _METRICS, alone, own=False):
        yield _match(route, word, "shows figures to everybody")


@checks(DOCS, reads="app")
def docs(inspected: Inspected) -> Iterator[Match]:
    """Find one route of each description."""
    seen = set[str]()
    for route, word in _open(inspected, _DOCS, alone, own=False):
        owner = route.endpoint.partition(".")[0]
        if owner not in seen:
            seen.add(owner)
            yield _match(route, word, "describes the interface to everybody")


def _state(route: Route) -> list[str]:
    """Return the parts of an address that may say that it is about the state of the application."""
    # /orders/<id>/status is about something else.
    return [part for part in parts_of(route) if part in _HEALTH] or [part for part in alone(route) if part in _STATUS]


@checks(HEALTH, reads="app", needs=lambda inspected: any(map(_state, inspected.routes)))
def health(inspected: Inspected) -> Iterator[Match]:
    """Read which names the code of a health check uses."""
    for route, _ in _open(inspected, _HEALTH | _STATUS, _state):
        told = sorted(_DETAILS & words_of(list(layers(route.view))[-1]))
        if told:
            summary = f"the view of {route.rule} uses {', '.join(told)}"
            title = f"{route.endpoint} tells more than whether the application works"
            yield Match(title, subject=route.rule, route=route.rule, evidence=(Evidence("config", summary),))
