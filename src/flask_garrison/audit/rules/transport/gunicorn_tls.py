"""gunicorn and TLS: a port in the clear, an old profile, a key that others read, a socket that others reach."""

from __future__ import annotations

import stat
from collections.abc import Iterator

from ....findings import Confidence, Evidence, Severity
from ...facts.gunicorn import gunicorn_of, uses_gunicorn
from ...facts.gunicorn_binds import binds, is_socket, open_binds
from ...files import shown
from ...inspected import Inspected
from ...rule import Match, Rule, Unchecked, checks
from .gunicorn_parsing import has_proxy_signs

PLAIN_PORT = Rule(
    id="transport.gunicorn-plain-port",
    kind="runtime",
    control="transport.https-only",
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    cwe=(319,),
    asvs=("V12.2.1",),
    title="gunicorn listens to other machines without TLS",
    why="Nothing says that a proxy with TLS stands in front. If none does, passwords and cookies are readable on the "
    "way; if one does, whoever reaches this port goes around it.",
    fix="Bind to a Unix socket or to loopback where the proxy is on the same machine, else declare the proxy, or give "
    "gunicorn a certificate.",
    before='bind = "0.0.0.0:8000"',
    after='bind = "127.0.0.1:8000"',
    guard="It redirects reads to HTTPS and refuses everything else in the clear.",
    language="python",
    lesson="transport-in-the-clear",
    items=(121, 123),
)
TLS_PROFILE = Rule(
    id="transport.gunicorn-tls-profile",
    kind="runtime",
    control="transport.tls-profile",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(326, 757),
    asvs=("V12.1.1", "V12.1.2"),
    title="gunicorn speaks TLS as Python happens to be built",
    why="With a certificate and nothing else gunicorn offers the cipher suites of the Python it runs on, among them "
    "some that no current profile recommends, such as those without forward secrecy.",
    fix="Build the context in ssl_context: a minimum version and the suites of a published profile.",
    before='certfile = "cert.pem"\nkeyfile = "key.pem"',
    after="def ssl_context(config, default):\n    context = default()\n"
    "    context.minimum_version = ssl.TLSVersion.TLSv1_3\n    return context",
    guard="Nothing yet. Profiles for servers come in a later version.",
    language="python",
    items=(123,),
)
READABLE_KEY = Rule(
    id="transport.readable-private-key",
    kind="runtime",
    control="transport.tls-profile",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(732,),
    asvs=("V13.2.2",),
    title="Every user of the machine can read the private key",
    why="Whoever has the key is the site: connections that they take over look right to every browser, until the "
    "certificate has run out or was revoked.",
    fix="Let only its owner read it: chmod 600.",
    before="-rw-r--r-- root root key.pem",
    after="-rw------- root root key.pem",
    guard="Nothing: it does not see the server's files.",
    language="text",
    items=(123, 124),
)
OPEN_SOCKET = Rule(
    id="transport.open-unix-socket",
    kind="runtime",
    control="transport.server-settings",
    severity=Severity.INFO,
    confidence=Confidence.MEDIUM,
    cwe=(276, 732),
    asvs=("V13.2.2",),
    title="Every user of the machine can connect to the socket",
    why="gunicorn makes its socket with umask 0 unless told otherwise, and believes forwarded headers from a socket "
    "whatever they say. Another service on the machine can act as the proxy, unless the socket's folder keeps it out.",
    fix="Set umask, and put the proxy into the socket's group.",
    before='bind = "unix:/run/shop/shop.sock"',
    after='bind = "unix:/run/shop/shop.sock"\numask = 0o007',
    guard="Nothing: a socket has no address that could be declared.",
    language="python",
    items=(122, 123),
)


@checks(PLAIN_PORT, reads="app", needs=uses_gunicorn)
def plain_port(inspected: Inspected) -> Iterator[Match | Unchecked]:
    """Find an open port without TLS, where neither a proxy nor Garrison is declared."""
    settings = gunicorn_of(inspected)
    yield from settings.unchecked("bind", "certfile")
    if inspected.enforces("transport.https-only") or settings.states("certfile"):
        return
    for bind in open_binds(settings):
        if not has_proxy_signs(inspected, settings):
            evidence = (Evidence("config", f"{settings.places.get('bind', 'gunicorn')}: bind = {bind!r}"),)
            yield Match(f"gunicorn listens on {bind} without TLS", subject="bind", evidence=evidence)


@checks(TLS_PROFILE, reads="app", needs=uses_gunicorn)
def tls_profile(inspected: Inspected) -> Iterator[Match | Unchecked]:
    """Find a certificate without a context or suites of its own."""
    settings = gunicorn_of(inspected)
    yield from settings.unchecked("certfile")
    if settings.get("certfile") and not (settings.states("ssl_context") or settings.get("ciphers")):
        yield Match("certfile is set, ssl_context is not", subject="ssl_context")


@checks(READABLE_KEY, reads="app", needs=uses_gunicorn)
def readable_key(inspected: Inspected) -> Iterator[Match | Unchecked]:
    """Find a key file that others may read."""
    settings = gunicorn_of(inspected)
    yield from settings.unchecked("keyfile")
    stated = settings.get("keyfile") or settings.get("certfile")
    file = inspected.root / str(stated) if stated else None
    if file is None:
        return
    try:
        mode = file.stat().st_mode
        holds_key = b"PRIVATE KEY" in file.read_bytes()
    except OSError:
        yield Unchecked(shown(file), "the key file cannot be looked at", "Run the audit on the server, as its user.")
        return
    if holds_key and mode & stat.S_IROTH:
        evidence = (Evidence("file", f"{stat.filemode(mode)} {shown(file)}"),)
        yield Match(f"others can read {file.name}", subject=file.name, path=shown(file), evidence=evidence)


@checks(OPEN_SOCKET, reads="app", needs=uses_gunicorn)
def open_socket(inspected: Inspected) -> Iterator[Match | Unchecked]:
    """Find a Unix socket that is made without a umask."""
    settings = gunicorn_of(inspected)
    yield from settings.unchecked("umask")
    sockets = [bind for bind in binds(settings) if is_socket(bind) and not bind.startswith("fd")]
    if sockets and not settings.number("umask", 0) & stat.S_IWOTH and "umask" not in settings.unread:
        yield Match(f"{sockets[0]} is made with permissions for everybody", subject="umask")
