"""Control ``transport.proxy-trust``: forwarded headers count from declared proxies only.

What the proxies say is written into the WSGI environment before Flask makes a request of it, so that the app, its
extensions and every other guard see one client, scheme and host. Where nothing is declared nothing is believed.
"""

from __future__ import annotations

import logging
from typing import Any

from ..context import PEER_KEY, SecurityContext
from .addresses import address_in, has_forwarded_header, is_loopback_peer, is_private
from .gate import Gate
from .notices import Notices
from .proxy_chain import Chain, Ledger, believed, read_chain

CONTROL = "transport.proxy-trust"
VOUCHED_KEY = "flask_garrison.client_is_vouched"
"""Environ keys that do not begin with ``HTTP_`` cannot be set by clients."""
_DOUBT_KEY = "flask_garrison.proxy_doubt"
_APP_KEY = "werkzeug.proxy_fix.orig"
_UNDECLARED = (
    "A peer of a private network sends forwarded headers and no proxy is declared: they are not believed, and limits "
    "by client only observe. Declare how many proxies stand in front"
)
_NO_CLIENT = (
    "The app's ProxyFix leaves the proxy in the client's place: limits by client only observe. Take the address too"
)
_log = logging.getLogger("flask_garrison")


def install(gate: Gate) -> None:
    """Believe the declared proxies; watch for signs that the declaration cannot be right."""
    if gate.mode(CONTROL) == "off":
        return
    declared = gate.policy.proxies
    if declared:
        ledger = Ledger()
        gate.openings.append(lambda environ: _open(gate, environ, ledger))
        _warn_at_start(gate)
    if declared != 0:
        notices = Notices(CONTROL)
        gate.arrivals.append(lambda context: _look(context, notices))


def client_is_vouched(context: SecurityContext) -> bool:
    """Return whether ``context.client`` is one client and not a proxy that many share, as far as can be told.

    Limits that are counted by client should only observe where it is ``False``: they would lock out everybody.
    """
    environ = context.request.environ
    verdict: bool | None = environ.get(VOUCHED_KEY)
    if verdict is not None:
        return verdict
    if context.policy.proxies == 0 or _app_names_client(environ):
        return True
    return _looks_direct(context.peer, environ)


def _app_names_client(environ: dict[str, Any]) -> bool:
    """Return whether the app's own ``ProxyFix`` has put a client in the peer's place; one of the scheme alone has not.

    A client cannot prevent it: the entry that counts is the proxy's.
    """
    behind = environ.get(_APP_KEY)
    return behind is not None and behind.get("REMOTE_ADDR") != environ.get("REMOTE_ADDR")


def _looks_direct(peer: str, environ: dict[str, Any]) -> bool:
    """Judge an undeclared peer. A public one is the client whatever it sends, so no header switches a limit off."""
    # What is no address is a Unix socket: "" to gunicorn, "localhost" to waitress, "<local>" to Werkzeug.
    if address_in(peer) is None or is_loopback_peer(peer):
        return False
    return not (has_forwarded_header(environ) and is_private(peer))


def _open(gate: Gate, environ: dict[str, Any], ledger: Ledger) -> None:
    # A nested application gets the same environ, and an app's own ProxyFix has had its say: never twice.
    if PEER_KEY in environ or _APP_KEY in environ:
        return
    chain = read_chain(environ, gate.policy)
    # A Unix socket has no address; without a word of its own, what a header claims could pass for the peer.
    environ[PEER_KEY] = chain.peer or "unix:"
    ledger.note(chain)
    environ[VOUCHED_KEY] = chain.vouched and not ledger.is_wrong(chain.peer)
    environ.update(believed(environ, chain, gate.policy))
    if chain.doubt:
        environ[_DOUBT_KEY] = chain


def _warn_at_start(gate: Gate) -> None:
    policy = gate.policy
    if not {"X-Forwarded-For", "Forwarded"}.intersection(policy.proxy_headers):
        _log.warning(
            "%s: proxies is declared, but proxy_headers names neither X-Forwarded-For nor Forwarded; every client is "
            'counted as the proxy. Write proxy_headers=["X-Forwarded-For", "X-Forwarded-Proto"].',
            gate.app.name,
        )
    if isinstance(policy.proxies, tuple) and any(network.endswith("/0") for network in policy.proxies):
        _log.warning(
            "%s: proxies names every address there is, so that any client may choose its own; name the proxies' "
            'networks, such as proxies=["10.0.0.0/8"].',
            gate.app.name,
        )


def _look(context: SecurityContext, notices: Notices) -> None:
    """Say in words, once for each problem, why the declaration cannot be right."""
    environ = context.request.environ
    chain: Chain | None = environ.get(_DOUBT_KEY)
    if chain is not None:
        _say(context, notices, chain.doubt, chain.line)
    elif context.policy.proxies is None and has_forwarded_header(environ):
        _look_undeclared(context, notices)


def _look_undeclared(context: SecurityContext, notices: Notices) -> None:
    environ, peer = context.request.environ, context.peer
    if PEER_KEY in environ or _app_names_client(environ):
        return
    if address_in(peer) is not None and not is_loopback_peer(peer) and not is_private(peer):
        return
    if _APP_KEY in environ:
        _say(context, notices, _NO_CLIENT, "ProxyFix(app.wsgi_app, x_for=1, x_proto=1)")
    else:
        _say(context, notices, _UNDECLARED, "proxies=1")


def _say(context: SecurityContext, notices: Notices, problem: str, line: str) -> None:
    if notices.is_new(problem, line):
        _log.warning("%s: %s: %s", context.app.name, problem, line)
        notices.say(context, problem, line=line)
