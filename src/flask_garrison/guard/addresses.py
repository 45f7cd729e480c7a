"""Kinds of network addresses, told without the module ``ipaddress`` on ordinary requests.

Peers are text that the server wrote; hosts and forwarded addresses are text that anybody wrote. A function here answers
``False`` or ``None`` for text that is no address, and never raises.
"""

from __future__ import annotations

from functools import lru_cache

FORWARDED_KEYS = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_FORWARDED_PREFIX",
    "HTTP_FORWARDED",
    "HTTP_X_REAL_IP",
    "HTTP_VIA",
)
"""Environ keys of headers that show a proxy, or somebody who claims to be one."""
LONGEST = 64
"""Characters of the longest address with port and brackets that is looked at."""
_LOOPBACK_NAMES = ("localhost", "[::1]")


def is_loopback_peer(peer: str) -> bool:
    """Return whether a peer's address is this machine; IPv4-mapped IPv6 addresses (RFC 4291) count as IPv4."""
    return peer.removeprefix("::ffff:").startswith("127.") or peer == "::1"


def is_loopback_host(host: str) -> bool:
    """Return whether a well-formed ``Host``, port or not, names this machine (RFC 6761: ``*.localhost`` too)."""
    name = host_name(host)
    return name in _LOOPBACK_NAMES or name.endswith(".localhost") or _is_loopback_ip(name)


def _is_loopback_ip(name: str) -> bool:
    # A name such as 127.evil.example is none: the rest has to be digits.
    return name.startswith("127.") and name.replace(".", "").isdecimal()


def host_name(host: str) -> str:
    """Return a ``Host`` in lower case without its port; the brackets of an IPv6 address stay."""
    name = host.lower()
    return name if name.endswith("]") or ":" not in name else name.rpartition(":")[0]


def is_ip_host(host: str) -> bool:
    """Return whether a well-formed ``Host`` is an IP address and not a name."""
    name = host_name(host)
    return name.startswith("[") or name.replace(".", "").isdecimal()


def address_in(text: str) -> str | None:
    """Return the canonical IP address in an entry such as ``1.2.3.4:5678``, ``"[::1]:80"`` or ``fe80::1%eth0``.

    A port and a zone id are left out: the zone names an interface of the machine that wrote it. ``None`` for
    ``unknown``, obfuscated identifiers (RFC 7239) and whatever else is no address.
    """
    return _address_in(text) if len(text) <= LONGEST else None


@lru_cache(maxsize=512)
def _address_in(text: str) -> str | None:
    from ipaddress import IPv6Address, ip_address

    try:
        address = ip_address(_without_port(text.strip().strip('"')).partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return str(mapped or address)


def _without_port(text: str) -> str:
    if text.startswith("["):
        return text[1:].partition("]")[0]
    return text.partition(":")[0] if text.count(":") == 1 else text


@lru_cache(maxsize=512)
def is_in(address: str, networks: tuple[str, ...]) -> bool:
    """Return whether ``address`` lies in one of ``networks``, which are canonical text."""
    from ipaddress import ip_address, ip_network

    plain = address_in(address)
    if plain is None:
        return False
    return any(ip_address(plain) in ip_network(network) for network in networks)


@lru_cache(maxsize=512)
def is_private(address: str) -> bool:
    """Return whether ``address`` is of a private, shared, link-local or loopback range (IANA special purpose)."""
    from ipaddress import ip_address, ip_network

    plain = address_in(address)
    if plain is None:
        return False
    return ip_address(plain).is_private or ip_address(plain) in ip_network("100.64.0.0/10")


def has_forwarded_header(environ: dict[str, object]) -> bool:
    """Return whether a header says that the request was forwarded, whoever wrote it."""
    return any([key in environ for key in FORWARDED_KEYS])
