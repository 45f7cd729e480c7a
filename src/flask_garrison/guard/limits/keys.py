"""Whom a count belongs to: clients and accounts as keys that the one who is counted cannot vary, and nobody can read.

Keys are keyed hashes (HMAC-SHA-256 with the application's secret, 128 bits), so a storage that others can read holds no
address and no name.
"""

from __future__ import annotations

import functools
import hmac
import unicodedata
from hashlib import sha256

from flask import Flask

from ...context import SecurityContext

LONGEST_NAME = 320
"""Characters of the longest e-mail address (RFC 5321: 64 + 1 + 255); what is longer is no account's name."""
_IPV6_GROUPS = 64
_UNSEEN = frozenset({"Mn", "Me", "Cf"})
"""Categories of marks and of characters that show nothing: common collations of databases do not compare them."""


def hashed(app: Flask, *parts: str) -> str:
    """Return 32 hex digits for ``parts``; what stands in which part makes a difference."""
    return _hashed(_key(app.secret_key), parts)


@functools.lru_cache(maxsize=2_048)
def _hashed(key: bytes, parts: tuple[str, ...]) -> str:
    text = "\0".join([f"{len(part)}:{part}" for part in parts])
    return hmac.digest(key, text.encode("utf-8", "surrogatepass"), "sha256").hex()[:32]


@functools.lru_cache(maxsize=16)
def _key(secret: str | bytes | None) -> bytes:
    secret = secret or b"no secret key"
    return sha256(b"flask-garrison limits" + (secret if isinstance(secret, bytes) else secret.encode())).digest()


def client_of(context: SecurityContext) -> str:
    """Return the address that stands for a client: IPv4 as it is, of IPv6 the /64 that one customer is given."""
    return network_of(context.client)


@functools.lru_cache(maxsize=1_024)
def network_of(address: str) -> str:
    """Return an IPv4 address as it is, the /64 of an IPv6 address, and what is neither as it is.

    An IPv4 address that is mapped into IPv6 is the IPv4 address. A zone (``%eth0``) names an interface of this machine.
    """
    if ":" not in address:
        return address
    from ipaddress import IPv6Address

    try:
        found = IPv6Address(address.partition("%")[0].strip("[]"))
    except ValueError:
        return address
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return f"{IPv6Address(int(found) >> _IPV6_GROUPS << _IPV6_GROUPS)}/64"


def account_name(value: str) -> str:
    """Return one form for all ways in which an application or its database may take the same name.

    It is trimmed, compatible letters are one, and case and accents make no difference (MySQL compares so by default).
    """
    # Before its length is looked at, which padding would change, and before marks are sorted: many take long.
    value = _without_unseen(value).strip()
    if len(value) > LONGEST_NAME:
        return sha256(value.encode("utf-8", "surrogatepass")).hexdigest()
    folded = unicodedata.normalize("NFKC", value).casefold()
    return _without_unseen(unicodedata.normalize("NFKD", folded)).strip()


def _without_unseen(text: str) -> str:
    if text.isascii():
        return text
    return "".join([char for char in text if unicodedata.category(char) not in _UNSEEN])
