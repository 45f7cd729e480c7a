"""Checkers for settings that name machines: networks, proxies, hosts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..errors import PolicyError, nearest

if TYPE_CHECKING:
    from ipaddress import IPv4Network, IPv6Network

PROXY_HEADERS = (
    "X-Forwarded-For",
    "X-Forwarded-Proto",
    "X-Forwarded-Host",
    "X-Forwarded-Port",
    "X-Forwarded-Prefix",
    "Forwarded",
)
"""Headers in which a proxy says what it saw (RFC 7239, and what came before it)."""
MAX_PROXIES = 16
_MAPPED_BITS = 96
_HOST = r"\.?[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*\Z|\[[0-9a-f:.]+\]\Z"


def networks(key: str, value: object) -> tuple[str, ...]:
    """Accept a sequence of IP networks or addresses, in their canonical form."""
    return tuple(_network(key, item) for item in _items(key, value, "networks such as '10.0.0.0/8'"))


def proxies(key: str, value: object) -> int | tuple[str, ...] | None:
    """Accept ``None``, a number of proxies, or a sequence of networks."""
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        if not 0 <= value <= MAX_PROXIES:
            raise PolicyError(key, f"{value!r} is not a number of proxies from 0 to {MAX_PROXIES}.")
        return value
    named = networks(key, value)
    if not named:
        raise PolicyError(key, "an empty list names no proxy; write 0 for none.", nearest="0")
    return named


def proxy_headers(key: str, value: object) -> tuple[str, ...]:
    """Accept a sequence of headers that proxies set; ``Forwarded`` stands alone."""
    items = _items(key, value, "headers")
    for item in items:
        if item not in PROXY_HEADERS:
            raise PolicyError(
                key, f"{item!r} is not a header of proxies.", nearest=nearest(str(item).title(), PROXY_HEADERS)
            )
    if "Forwarded" in items and len(items) > 1:
        raise PolicyError(key, "name Forwarded or the X-Forwarded headers; a proxy sets one kind, clients the other.")
    return tuple(str(item) for item in items)


def hosts(key: str, value: object) -> tuple[str, ...]:
    """Accept a sequence of host names, lower case, without scheme, port and path; a leading dot adds subdomains."""
    return tuple(_host(key, item) for item in _items(key, value, "host names"))


def _items(key: str, value: object, what: str) -> tuple[object, ...]:
    if isinstance(value, str | bytes) or not isinstance(value, Iterable):
        raise PolicyError(key, f"{value!r} is not a list of {what}.")
    return tuple(value)


def _network(key: str, item: object) -> str:
    from ipaddress import ip_network

    try:
        if not isinstance(item, str):
            raise ValueError("it is not text")
        network = ip_network(item, strict=True)
    except ValueError as error:
        raise PolicyError(key, f"{item!r} is not a network such as '10.0.0.0/8': {error}.") from error
    _refuse_mapped(key, network)
    return str(network)


def _refuse_mapped(key: str, network: IPv4Network | IPv6Network) -> None:
    """Refuse an IPv4-mapped network (RFC 4291, section 2.5.5.2): addresses are compared in their IPv4 form."""
    from ipaddress import IPv4Network

    mapped = network.network_address.ipv4_mapped if network.version == 6 else None
    if mapped is not None and network.prefixlen >= _MAPPED_BITS:
        plain = str(IPv4Network((mapped, network.prefixlen - _MAPPED_BITS)))
        problem = f"'{network}' is an IPv4 network in IPv6 form, which no address matches; write {plain!r}."
        raise PolicyError(key, problem)


def _host(key: str, item: object) -> str:
    if not isinstance(item, str):
        raise PolicyError(key, f"{item!r} is not a host name such as 'shop.example'.")
    if "*" in item:
        raise PolicyError(key, f"{item!r}: a leading dot includes subdomains.", nearest=item.replace("*", "").lower())
    try:
        host = item.lower() if item.isascii() else item.encode("idna").decode()
    except UnicodeError as error:
        raise PolicyError(key, f"{item!r} is not a host name: {error}.") from error
    if not re.match(_HOST, host):
        near = re.sub(r"^[a-z]+://|[:/].*", "", host)
        raise PolicyError(key, f"{item!r} is not a host name such as 'shop.example'.", nearest=near or None)
    return host
