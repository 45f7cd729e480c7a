r"""Control ``inputs.safe-urls``: addresses from users that may become a link (ASVS V1.2.2).

Browsers repair addresses before they read them (WHATWG URL): they strip spaces and control characters at both ends,
drop tabs and line breaks inside, read ``\`` as ``/`` and ``https:evil.example`` as ``https://evil.example``. Nothing
is repaired here: what a browser would have to repair is refused, so both read the same address.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

CONTROL = "inputs.safe-urls"
MAX_LENGTH = 8_000
"""The longest address, in characters: more than servers take in a request line (RFC 9110 recommends 8,000)."""

_REPAIRED = r"[\x00-\x20\x7f-\x9f\\\u2028\u2029\ud800-\udfff]|[^\S ]"
_ABSOLUTE = r"(https?)://([^/?#@:%\[\]<>^|\"`{}]+|\[[0-9a-fA-F:.]+\])(?::([0-9]{1,5}))?(?=[/?#]|\Z)"
_DEFAULT_PORTS = {"http": 80, "https": 443}


class Address(NamedTuple):
    """What decides where an absolute address leads.

    Attributes:
        scheme: ``http`` or ``https``.
        host: In lower case; IPv6 in brackets.
        port: The port in effect.
    """

    scheme: str
    host: str
    port: int

    @property
    def origin(self) -> str:
        """The origin as browsers write it (RFC 6454)."""
        suffix = "" if self.port == _DEFAULT_PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{self.host}{suffix}"


def safe_url(text: str, *, relative: bool = False) -> str:
    """Return ``text`` unchanged if it is an ``http`` or ``https`` address that every program reads alike.

    It says nothing about who answers there: it is no defence where the server itself fetches the address.

    Args:
        text: The address, from a user.
        relative: Accept paths of this site too (``/account``, ``?page=2``, ``#top``).

    Raises:
        ValueError: for another scheme, user info, a host that needs decoding, or a character that browsers drop.
    """
    if relative and is_local(text):
        return text
    if _needs_repair(text):
        raise ValueError("An address holds no spaces, backslashes or control characters.")
    if address_of(text) is None:
        raise ValueError("Only addresses that begin with http:// or https:// and a plain host are accepted.")
    return text


def is_local(text: str) -> bool:
    """Return whether a browser reads ``text`` as a path, query or fragment of the page's own origin.

    Spaces inside are accepted: Flask's ``request.full_path`` has them, and they cannot change where a path leads.
    """
    if text.startswith("//") or not text.startswith(("/", "?", "#")):
        return False
    return not text.endswith(" ") and not _needs_repair(text.replace(" ", "+"))


def address_of(text: str) -> Address | None:
    """Return where an absolute web address leads, ``None`` if it is none or readers could disagree on it."""
    match = None if _needs_repair(text) else re.match(_ABSOLUTE, text, re.IGNORECASE)
    if match is None:
        return None
    scheme, host = match[1].lower(), match[2].lower()
    port = int(match[3]) if match[3] else _DEFAULT_PORTS[scheme]
    return Address(scheme, host, port) if port <= 65_535 and _is_plain_host(host) else None


def _needs_repair(text: str) -> bool:
    return not text or len(text) > MAX_LENGTH or re.search(_REPAIRED, text) is not None


def _is_plain_host(host: str) -> bool:
    """Return whether a host is spelt as it is looked up: no dots or letters in disguise (UTS 46 maps those)."""
    if host.startswith("["):
        return _is_ipv6(host[1:-1])
    if host.isascii():
        return re.fullmatch(r"[a-z0-9_.-]+", host) is not None and ".." not in host and host[0] not in ".-"
    if unicodedata.normalize("NFKC", host) != host:
        return False
    return all(char in ".-" or unicodedata.category(char)[0] in "LMN" for char in host)


def _is_ipv6(text: str) -> bool:
    from ipaddress import IPv6Address

    try:
        return IPv6Address(text) is not None
    except ValueError:
        return False
