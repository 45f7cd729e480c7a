"""How leniently gunicorn reads requests, and how much of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ....findings import Confidence, Evidence, Severity
from ...facts.gunicorn import Gunicorn, gunicorn_of, uses_gunicorn
from ...facts.gunicorn_binds import open_binds
from ...facts.wsgi_chain import middlewares
from ...inspected import Inspected
from ...rule import Match, Rule, Unchecked, checks

CONTROL = "transport.server-settings"
MOST_FIELDS = 1_000
LARGEST_FIELD = 65_536
LONGEST_LINE = 8_190
_LENIENT: Mapping[str, str] = {
    "permit_obsolete_folding": "a header may go on in the next line",
    "strip_header_spaces": "spaces before the colon of a header are dropped",
    "tolerate_dangerous_framing": "requests with two lengths are read",
    "permit_unconventional_http_method": "methods may be any word",
    "permit_unconventional_http_version": "versions of HTTP may be any number",
    "casefold_http_method": "methods are read in any case",
}
_SPLITS = ("permit_obsolete_folding", "strip_header_spaces", "tolerate_dangerous_framing")

LENIENT = Rule(
    id="transport.gunicorn-lenient-parsing",
    kind="runtime",
    control=CONTROL,
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(444,),
    asvs=("V4.2.1",),
    title="gunicorn reads what the server in front reads differently",
    why="Where two servers disagree on where a request ends or what its method is, the end of one is the beginning of "
    "another that nobody checked: it reaches routes that the front refuses, or is answered to the next visitor.",
    fix="Remove the setting. A client that needs it is old, and should be dealt with in front.",
    before="strip_header_spaces = True",
    after="strip_header_spaces = False",
    guard="Nothing: it sees what gunicorn made of the request.",
    language="python",
    items=(123,),
)
LIMITS = Rule(
    id="transport.gunicorn-limits",
    kind="runtime",
    control=CONTROL,
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(400, 770),
    asvs=("V15.2.2",),
    title="gunicorn reads headers without a sensible limit",
    why="The first line and the headers of a request are kept in memory before the application sees anything. 0 stands "
    "for no limit, or for the largest that gunicorn knows.",
    fix="Remove the setting, so that gunicorn's own limits count.",
    before="limit_request_line = 0",
    after="limit_request_line = 4094",
    guard="It limits what comes after: the query, the body and its fields.",
    language="python",
    items=(123,),
)
SLOW_CLIENTS = Rule(
    id="transport.gunicorn-slow-clients",
    kind="runtime",
    control=CONTROL,
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    cwe=(400,),
    asvs=("V15.2.2",),
    title="A few slow clients keep every worker busy",
    why="A sync worker serves one connection at a time and waits for its request. Without a server in front that reads "
    "requests first, one client per worker, each sending a byte now and then, keeps everybody else out.",
    fix="Put a buffering proxy in front, or use workers with threads or gevent.",
    before='bind = "0.0.0.0:8000"\nworker_class = "sync"',
    after='bind = "0.0.0.0:8000"\nworker_class = "gthread"\nthreads = 8',
    guard="It bounds what is read, not how slowly it comes.",
    language="python",
    items=(123,),
)
NO_TIMEOUT = Rule(
    id="transport.gunicorn-no-timeout",
    kind="runtime",
    control=CONTROL,
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(400,),
    asvs=("V15.2.2",),
    title="A worker that hangs is never replaced",
    why="With timeout = 0 gunicorn waits for ever. Each request that never ends, by accident or on purpose, takes a "
    "worker away until the service is restarted.",
    fix="Set the time that the slowest honest request needs.",
    before="timeout = 0",
    after="timeout = 30",
    guard="Nothing: it runs inside the worker.",
    language="python",
    items=(123,),
)


def _evidence(settings: Gunicorn, name: str) -> tuple[Evidence, ...]:
    return (Evidence("config", f"{settings.places.get(name, 'gunicorn')}: {name} = {settings.values.get(name)!r}"),)


@checks(LENIENT, reads="app", needs=uses_gunicorn)
def lenient_parsing(inspected: Inspected) -> Iterator[Match | Unchecked]:
    """Find switches that read what the standard refuses."""
    settings = gunicorn_of(inspected)
    yield from settings.unchecked(*_LENIENT)
    for name, meaning in _LENIENT.items():
        if settings.is_on(name):
            severity = Severity.MEDIUM if name in _SPLITS else None
            yield Match(f"{name}: {meaning}", severity=severity, subject=name, evidence=_evidence(settings, name))


@checks(LIMITS, reads="app", needs=uses_gunicorn)
def header_limits(inspected: Inspected) -> Iterator[Match | Unchecked]:
    """Find limits that are no longer any."""
    settings = gunicorn_of(inspected)
    yield from settings.unchecked("limit_request_line", "limit_request_fields", "limit_request_field_size")
    line = settings.number("limit_request_line", 4_094)
    if line == 0 or line > LONGEST_LINE:
        words = "the first line of a request may be " + (f"{line} bytes long" if line else "of any length")
        yield Match(words, subject="limit_request_line", evidence=_evidence(settings, "limit_request_line"))
    fields = settings.number("limit_request_fields", 100)
    if fields <= 0 or fields > MOST_FIELDS:
        words = f"a request may have {fields if fields > 0 else 'more than 30,000'} headers"
        yield Match(words, subject="limit_request_fields", evidence=_evidence(settings, "limit_request_fields"))
    size = settings.number("limit_request_field_size", 8_190)
    if size > LARGEST_FIELD:
        words = f"a header may have {size} bytes"
        yield Match(words, subject="limit_request_field_size", evidence=_evidence(settings, "limit_request_field_size"))


def has_proxy_signs(inspected: Inspected, settings: Gunicorn) -> bool:
    """Return whether something says that a proxy stands in front."""
    if inspected.policy is not None and inspected.policy.proxies:
        return True
    named = any(type(one).__name__ in ("ProxyFix", "XForwardedMiddleware") for one in middlewares(inspected.app))
    return named or settings.states("forwarded_allow_ips") or "FORWARDED_ALLOW_IPS" in settings.environ


@checks(SLOW_CLIENTS, reads="app", needs=uses_gunicorn)
def slow_clients(inspected: Inspected) -> Iterator[Match | Unchecked]:
    """Find sync workers that face the network themselves."""
    settings = gunicorn_of(inspected)
    yield from settings.unchecked("worker_class", "bind", "threads")
    waits = settings.get("worker_class", "sync") == "sync" and settings.number("threads", 1) <= 1
    listening = open_binds(settings)
    if waits and listening and not has_proxy_signs(inspected, settings) and not settings.unread & {"worker_class"}:
        yield Match(f"sync workers listen on {listening[0]} themselves", subject="worker_class")


@checks(NO_TIMEOUT, reads="app", needs=uses_gunicorn)
def no_timeout(inspected: Inspected) -> Iterator[Match | Unchecked]:
    """Find workers that may hang."""
    settings = gunicorn_of(inspected)
    yield from settings.unchecked("timeout")
    if settings.number("timeout", 30) == 0:
        yield Match("timeout is 0", subject="timeout", evidence=_evidence(settings, "timeout"))
