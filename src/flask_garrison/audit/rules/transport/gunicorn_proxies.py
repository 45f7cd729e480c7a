"""Whom gunicorn believes: addresses that may state the scheme, the client and the path of a request."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence, Evidence, Severity
from ...facts.gunicorn import Gunicorn, gunicorn_of, uses_gunicorn
from ...facts.gunicorn_binds import open_binds
from ...inspected import Inspected
from ...rule import Match, Rule, Unchecked, checks

PROXIES = "transport.proxy-trust"
_EVERYBODY = ("*", "0.0.0.0/0", "::/0")
_LESSON = "transport-trust-the-proxy"

FORWARDED = Rule(
    id="transport.gunicorn-believes-everybody",
    kind="runtime",
    control=PROXIES,
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    cwe=(290, 348),
    asvs=("V4.1.3",),
    title="gunicorn believes forwarded headers from everybody",
    why="Whoever reaches the port says with a header that the request came over HTTPS, and with SCRIPT_NAME and "
    "PATH_INFO under which path: rules of the server in front are passed by, and nothing is redirected to HTTPS.",
    fix="Name the addresses of the proxies in forwarded_allow_ips, or bind to a Unix socket or to loopback.",
    before='bind = "0.0.0.0:8000"\nforwarded_allow_ips = "*"',
    after='bind = "0.0.0.0:8000"\nforwarded_allow_ips = "10.0.0.0/8"',
    guard="It believes declared proxies only, but the scheme and the path are what gunicorn made of them before.",
    language="python",
    lesson=_LESSON,
    items=(123,),
)
PROXY_PROTOCOL = Rule(
    id="transport.gunicorn-proxy-protocol",
    kind="runtime",
    control=PROXIES,
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(290, 348),
    asvs=("V4.1.3", "V15.3.4"),
    title="Everybody may choose an address by the PROXY protocol",
    why="With the PROXY protocol the first line of a connection states who the client is. If it is accepted from any "
    "address, whoever reaches the port is whoever they say: limits, blocks and logs name somebody else.",
    fix="Name the load balancers in proxy_allow_ips.",
    before='proxy_protocol = "auto"\nproxy_allow_ips = "*"',
    after='proxy_protocol = "auto"\nproxy_allow_ips = "10.0.0.0/8"',
    guard="Nothing: the address is the connection's by the time it sees it.",
    language="python",
    lesson=_LESSON,
    items=(123,),
)
HEADER_MAP = Rule(
    id="transport.gunicorn-header-map",
    kind="runtime",
    control=PROXIES,
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(290, 444),
    asvs=("V4.1.3",),
    title="Headers with an underscore pass for those with a hyphen",
    why="X_Forwarded_For and X-Forwarded-For have one name in WSGI. A proxy removes or overwrites the second and "
    "passes the first on, so that a client states what only the proxy should.",
    fix="Leave header_map at drop, or refuse.",
    before='header_map = "dangerous"',
    after='header_map = "drop"',
    guard="Nothing: the two are one by the time it sees them.",
    language="python",
    lesson=_LESSON,
    items=(123,),
)


def believed(settings: Gunicorn) -> list[str]:
    """Return whom forwarded headers are believed from; an environment variable is gunicorn's default."""
    return settings.listed("forwarded_allow_ips", settings.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1,::1"))


def _place(settings: Gunicorn, name: str, value: object) -> tuple[Evidence, ...]:
    place = settings.places.get(name, "the environment")
    return (Evidence("config", f"{place}: {name} = {value!r}"),)


@checks(FORWARDED, reads="app", needs=uses_gunicorn)
def forwarded_from_everybody(inspected: Inspected) -> Iterator[Match | Unchecked]:
    """Find every address among those that are believed, where others than the own machine can connect."""
    settings = gunicorn_of(inspected)
    yield from settings.unchecked("forwarded_allow_ips", "bind")
    everybody = [one for one in believed(settings) if one in _EVERYBODY]
    if everybody and open_binds(settings):
        evidence = _place(settings, "forwarded_allow_ips", everybody[0])
        yield Match("forwarded_allow_ips names every address", subject="forwarded_allow_ips", evidence=evidence)


@checks(PROXY_PROTOCOL, reads="app", needs=uses_gunicorn)
def proxy_protocol_from_everybody(inspected: Inspected) -> Iterator[Match | Unchecked]:
    """Find the PROXY protocol accepted from every address."""
    settings = gunicorn_of(inspected)
    yield from settings.unchecked("proxy_protocol", "proxy_allow_ips")
    stated = str(settings.get("proxy_protocol", "off")).lower()
    everybody = [one for one in settings.listed("proxy_allow_ips") if one in _EVERYBODY]
    if stated not in ("off", "false", "none", "0") and everybody and open_binds(settings):
        evidence = _place(settings, "proxy_allow_ips", everybody[0])
        yield Match("proxy_allow_ips names every address", subject="proxy_allow_ips", evidence=evidence)


@checks(HEADER_MAP, reads="app", needs=uses_gunicorn)
def dangerous_header_map(inspected: Inspected) -> Iterator[Match | Unchecked]:
    """Find headers mapped whatever they are called."""
    settings = gunicorn_of(inspected)
    yield from settings.unchecked("header_map")
    if str(settings.get("header_map", "drop")).lower() == "dangerous":
        evidence = _place(settings, "header_map", "dangerous")
        yield Match("header_map is dangerous", subject="header_map", evidence=evidence)
