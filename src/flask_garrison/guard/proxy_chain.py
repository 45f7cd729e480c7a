"""The chain of proxies that a request came through: who the client is, and whether that can be right.

With a number, the semantics of ``werkzeug.middleware.proxy_fix.ProxyFix``; with networks, the walk from the right that
nginx calls ``real_ip_recursive``.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Any, NamedTuple

from werkzeug.middleware.proxy_fix import ProxyFix

from ..policy import Policy
from .addresses import address_in, is_in, is_private
from .forwarded import LONGEST, Hop, entries_of, hops_of

MAX_PEERS = 64
"""Peers whose chains are remembered: proxies are few."""
PLAUSIBLE = 4
"""The largest number of proxies that is advised: clients lengthen a chain as they like, and few sites have more."""
_NETWORKS = 'proxies=["10.0.0.0/8"] (the networks of your proxies)'
_KEYS = {
    "X-Forwarded-Proto": ("x_proto", "HTTP_X_FORWARDED_PROTO"),
    "X-Forwarded-Host": ("x_host", "HTTP_X_FORWARDED_HOST"),
    "X-Forwarded-Port": ("x_port", "HTTP_X_FORWARDED_PORT"),
    "X-Forwarded-Prefix": ("x_prefix", "HTTP_X_FORWARDED_PREFIX"),
}
_TOO_HIGH = (
    "proxies is larger than the number of addresses that a request came with; its peer is counted as the client, and "
    "limits by client only observe. Unless it was a probe that does not come through the proxies, write"
)
_TOO_LOW = (
    "The client, counted by proxies, is a private address and more addresses stand left of it: it may be another "
    "proxy. If it is, write"
)
_SCHEMES = ("http", "https", "ws", "wss")


class Chain(NamedTuple):
    """What the addresses of one request say.

    Attributes:
        peer: Who is connected to the server; empty on a Unix socket.
        hops: How many proxies are believed, 0 for none.
        client: Canonical address of the client; ``None`` where the peer has to stand for it.
        vouched: Whether the client is one client, by this request alone.
        short: Whether a proxy that is declared has left no trace.
        doubt: Why the declaration cannot be right, or empty.
        line: The line that would be.
    """

    peer: str
    hops: int = 0
    client: str | None = None
    vouched: bool = False
    short: bool = False
    doubt: str = ""
    line: str = ""


class Ledger:
    """Peers that delivered a chain that is too short: with them the declared number is wrong for every request.

    A client can make a chain longer, never shorter, so a short one is proof.
    """

    def __init__(self) -> None:
        self._wrong: OrderedDict[str, None] = OrderedDict()
        self._lock = Lock()

    def note(self, chain: Chain) -> None:
        """Remember a peer with a short chain; the oldest of more than ``MAX_PEERS`` is forgotten."""
        if not chain.short:
            return
        with self._lock:
            self._wrong[chain.peer] = None
            self._wrong.move_to_end(chain.peer)
            if len(self._wrong) > MAX_PEERS:
                self._wrong.popitem(last=False)

    def is_wrong(self, peer: str) -> bool:
        """Return whether this peer has ever delivered a short chain."""
        return peer in self._wrong


def read_chain(environ: dict[str, Any], policy: Policy) -> Chain:
    """Read the chain of addresses under a policy that declares proxies."""
    peer: str = environ.get("REMOTE_ADDR") or ""
    entries = _addresses(environ, policy)
    if isinstance(policy.proxies, tuple):
        return _by_networks(peer, entries, policy.proxies)
    return _by_number(peer, entries, policy.proxies or 0)


def _addresses(environ: dict[str, Any], policy: Policy) -> list[str]:
    """Return who the proxies say was connected to them, the nearest first."""
    if policy.proxy_headers == ("Forwarded",):
        return [hop.client or "unknown" for hop in hops_of(environ.get("HTTP_FORWARDED", ""))]
    header = environ.get("HTTP_X_FORWARDED_FOR", "") if "X-Forwarded-For" in policy.proxy_headers else ""
    return entries_of(header) if header else []


def _by_number(peer: str, entries: list[str], number: int) -> Chain:
    if len(entries) < number:
        # Without any entry it may be a probe that did not come through the proxy: no proof against the others.
        return Chain(peer, hops=number, short=bool(entries), doubt=_TOO_HIGH, line=_line(len(entries)))
    client = address_in(entries[number - 1])
    if client is None:
        return Chain(peer, hops=number)
    if len(entries) > number and is_private(client):
        return Chain(peer, number, client, vouched=True, doubt=_TOO_LOW, line=_line(number + 1))
    return Chain(peer, number, client, vouched=True)


def _line(number: int) -> str:
    return f"proxies={number}" if number <= PLAUSIBLE else _NETWORKS


def _by_networks(peer: str, entries: list[str], networks: tuple[str, ...]) -> Chain:
    if not is_in(peer, networks):
        # A Unix socket has no address, and some servers write a word of their own in its place.
        return Chain(peer, vouched=address_in(peer) is not None)
    nearest: str | None = None
    for hops, entry in enumerate(entries, start=1):
        address = address_in(entry)
        if address is None:
            # What is left of it is not vouched for by anybody.
            return Chain(peer, hops=hops, client=nearest)
        if not is_in(address, networks):
            return Chain(peer, hops=hops, client=address, vouched=True)
        nearest = address
    return Chain(peer, hops=max(len(entries), 1), client=nearest)


def believed(environ: dict[str, Any], chain: Chain, policy: Policy) -> dict[str, Any]:
    """Return what the proxies of ``chain`` make of the environ; only the headers that the policy names count."""
    if not chain.hops:
        return {}
    if policy.proxy_headers == ("Forwarded",):
        found = _of_forwarded(environ, chain.hops)
    else:
        found = _of_x_forwarded(environ, chain.hops, policy.proxy_headers)
    if chain.client is not None:
        found["REMOTE_ADDR"] = chain.client
    return found


def _of_forwarded(environ: dict[str, Any], hops: int) -> dict[str, Any]:
    heard = list(hops_of(environ.get("HTTP_FORWARDED", "")))[:hops]
    last = heard[-1] if heard else Hop()
    stated = {"HTTP_X_FORWARDED_PROTO": last.scheme or "", "HTTP_X_FORWARDED_HOST": last.host or ""}
    scratch = {**environ, **stated}
    return _of_x_forwarded(scratch, 1, ("X-Forwarded-Proto", "X-Forwarded-Host"))


def _of_x_forwarded(environ: dict[str, Any], hops: int, headers: tuple[str, ...]) -> dict[str, Any]:
    """Let ``ProxyFix`` work on a copy, and take over what is well-formed.

    A header with fewer values than proxies was overwritten or passed on by some of them; its leftmost value then stands
    for the outermost proxy, which is what a client meets.
    """
    scratch = dict(environ)
    counts: dict[str, int] = {"x_for": 0, "x_proto": 0}
    for header in headers:
        if header in _KEYS:
            name, key = _KEYS[header]
            # Without quotes: ProxyFix would let one that is never closed swallow what the proxy wrote.
            scratch[key] = environ.get(key, "")[-LONGEST:].replace('"', "")
            counts[name] = min(hops, len([value for value in scratch[key].split(",") if value.strip()]))
    ProxyFix(lambda environ, start_response: (), **counts)(scratch, _start_nothing)
    return {key: scratch[key] for key in _TAKEN if scratch.get(key) != environ.get(key) and _is_sound(key, scratch)}


def _start_nothing(*_: Any) -> Any:
    return None


_TAKEN = ("wsgi.url_scheme", "HTTP_HOST", "SERVER_NAME", "SERVER_PORT", "SCRIPT_NAME")


def _is_sound(key: str, environ: dict[str, Any]) -> bool:
    """Return whether a value of a proxy can be taken as it is; hosts are judged by the guard of hosts."""
    value: str = environ[key]
    if key == "wsgi.url_scheme":
        return value in _SCHEMES
    if key == "SCRIPT_NAME":
        return value.startswith("/") and not value.startswith("//")
    return key != "SERVER_PORT" or value.isdecimal()
