"""What a marker looks like, and what its MAC covers.

A marker stands directly behind the tag name and needs no quotes, so that one which ends up in a string or an attribute
value ends neither. It covers the whole start tag and, for scripts and styles, everything up to the end tag *as a
browser finds it*, scripts with ``src`` included: inside ``<svg>`` a browser ignores ``src`` and runs the content.
"""

from __future__ import annotations

import hmac
import re
import secrets
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

from ..html import Tag, raw_text_end, read_tag

if TYPE_CHECKING:
    from flask import Flask

SIGN = b"=garrison-seal-1."
"""Stands in every marker and, but for an attacker, nowhere else. It is found the faster the longer it is."""
MARKER = re.compile(
    rb"(<|&lt;)(script|style|link|form) (?:nonce|data-garrison)=garrison-seal-1\.([0-9a-f]{32})(?=[\t\n\f\r />])",
    re.IGNORECASE,
)
BEGINNINGS = tuple(
    b"%b%b %b%b" % (opening, name, b"data-garrison" if name == b"form" else b"nonce", SIGN)
    for opening in (b"<", b"&lt;")
    for name in (b"script", b"style", b"link", b"form")
)
"""How the text that :data:`MARKER` matches begins, in lower case."""
LONGEST = max(map(len, BEGINNINGS)) + 33
_DIGEST = 16
_MAX_KNOWN = 512
_MAX_KNOWN_BYTES = 4_096


class Element(NamedTuple):
    """A rendered element that carries a marker, or is to get one.

    Attributes:
        name: Tag name in lower case.
        tag_end: Offset behind the start tag.
        end: Offset behind what the MAC covers: the start tag, or the content too.
    """

    name: str
    tag_end: int
    end: int


def read_element(data: bytes, start: int) -> Element | None:
    """Return the element whose start tag begins at ``start``, or ``None`` while its end is not there."""
    tag = read_tag(data, start)
    return None if tag is None else element_of(tag, data)


def element_of(tag: Tag, data: bytes) -> Element | None:
    """Return the element that ``tag`` starts."""
    if tag.name not in ("script", "style"):
        return Element(tag.name, tag.end, tag.end)
    end = raw_text_end(tag.name, data, tag.end)
    return None if end is None else Element(tag.name, tag.end, end)


def insert(element: bytes, name: str, mac: str) -> bytes:
    """Return ``element`` with a marker behind its tag name."""
    size = len(name) + 1
    attribute = b" data-garrison" if name == "form" else b" nonce"
    return b"".join((element[:size], attribute, SIGN, mac.encode(), element[size:]))


def first_tag(data: bytes) -> tuple[bytes, Tag | None]:
    """Return ``data`` and the tag that it begins with; behind the tag's name no slash, which would join the marker."""
    tag = read_tag(data)
    if tag is None or not tag.inside.startswith(b"/"):
        return data, tag
    size = len(tag.name) + 1
    data = data[:size] + b" " + data[size:]
    return data, read_tag(data)


class Sealer:
    """Makes and checks the MACs of one application.

    The key comes from the application's ``SECRET_KEY``, read at use, so that all workers and later starts share it;
    ``SECRET_KEY_FALLBACKS`` are accepted. Without a secret the key is random and lives as long as the process.
    """

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._secrets: tuple[Any, ...] | None = None
        self._hashers: list[Any] = []
        self._random = secrets.token_bytes(32)
        self._fixed: dict[str, str] = {}
        self._known: dict[bytes, tuple[bytes, int]] = {}

    def fixed(self) -> dict[str, str]:
        """Return what was sealed with the present key."""
        self._current()
        return self._fixed

    def known(self, mac: bytes) -> tuple[bytes, int] | None:
        """Return what was verified under this MAC before: the element, marked, with what ends it, and its size."""
        self._current()
        return self._known.get(mac)

    def remember(self, mac: bytes, marked: bytes, size: int) -> None:
        """Remember that the first ``size`` bytes of ``marked`` were verified with the present key, and what ends them.

        Without the end tag the same bytes could be the beginning of a longer script.
        """
        if len(marked) <= _MAX_KNOWN_BYTES:
            if len(self._known) >= _MAX_KNOWN:
                # Emptied whole: taking out one at a time could meet another thread's change.
                self._known.clear()
            self._known[mac] = (marked, size)

    def mac(self, element: bytes) -> str:
        """Return the MAC of an element as 32 hex digits."""
        return _digest(self._current()[0], _canonical(element))

    def verifies(self, element: bytes, mac: bytes) -> bool:
        """Return whether ``mac`` was made for ``element`` with the application's key or a former one."""
        text = _canonical(element)
        return any(hmac.compare_digest(_digest(hasher, text).encode(), mac) for hasher in self._current())

    def pin(self, nonce: str) -> str:
        """Return the marker's value that stands for the nonce of one answer and is worth nothing in any other."""
        hasher = self._current()[0].copy()
        hasher.update(b"pin\0" + nonce.encode())
        digest: str = hasher.hexdigest()
        return digest

    def _current(self) -> list[Any]:
        given = (self._app.secret_key, *(self._app.config.get("SECRET_KEY_FALLBACKS") or ()))
        if given != self._secrets:
            keys = [secret for secret in given if secret] or [self._random]
            self._hashers = [_hasher(key) for key in keys]
            self._secrets = given
            self._fixed = {}
            self._known = {}
        return self._hashers


def _hasher(secret: str | bytes) -> Any:
    raw = secret.encode() if isinstance(secret, str) else secret
    key = blake2b(raw, digest_size=32, person=b"garrison seal").digest()
    return blake2b(key=key, digest_size=_DIGEST, person=b"garrison mark")


def _digest(hasher: Any, text: bytes) -> str:
    # The prefix keeps elements (which begin with "<") apart from pins.
    hasher = hasher.copy()
    hasher.update(text)
    digest: str = hasher.hexdigest()
    return digest


def _canonical(element: bytes) -> bytes:
    r"""Return ``element`` without what templates change on the way: indentation, and ``\r\n`` for a line end.

    Jinja's ``indent`` adds white space after line ends, and HTML parsers read ``\r\n`` and ``\r`` as ``\n``. Neither
    joins nor parts tokens of JavaScript or CSS; only the text of a template literal that spans lines can differ.
    """
    if b"\r" in element:
        element = element.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if b"\n " in element or b"\n\t" in element:
        element = b"\n".join([line.lstrip(b" \t") for line in element.split(b"\n")])
    return element
