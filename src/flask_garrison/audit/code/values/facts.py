"""Facts about a text that was not replaced by a clean one: what it lacks, how it begins."""

from __future__ import annotations

import string
from typing import Any, Final

from .taint import ALL, LETTERS, Use

LACKS: Final = "lacks"
BEGINS: Final = "begins"
NOT_BEGINS: Final = "does not begin"
EMPTY: Final = ("empty", "")
"""The fact that a text is empty."""
CHECKED: Final = ("checked", "")
"""The fact that a value was compared with what the server knows, and was the same, or among it."""
NO_HOST: Final = ("no", "host")
NO_SCHEME: Final = ("no", "scheme")
"""Facts of an address: it names no host, no scheme."""

TELLING: Final = "'\"`\\;()- ,*=<>&|$/:.@?#%+!~^[]{}\n\r\t\0"
"""The characters whose absence is a fact worth keeping."""
WORD: Final = frozenset(string.ascii_letters + string.digits + "_")

_DANGEROUS: Final = {
    Use.HTML: "<",
    Use.QUOTE: "\"'`",
    Use.SPACE: " \t\n\r\f\v/>=\"'`",
    Use.HREF: ":",
    Use.SCRIPT: "\"'`\\<>;()+-*/=,.:[]{}\n\r",
    Use.STYLE: "\"'\\<>;(){}:/",
    Use.SQL: "'\"`\\;()- ,*=<>",
    Use.SHELL: " \t\n\r;&|`$<>()\\\"'*?[]{}#~!^",
    Use.ARGUMENT: "-/",
    Use.CODE: string.ascii_letters + "_(",
    Use.TEMPLATE: "{",
    Use.PATH: "/\\",
    Use.NAME: "/\\",
    Use.HOST: ".:/@",
    Use.REDIRECT: "/\\:",
    Use.LINE: "\n\r",
    Use.LOG: "\n\r",
    Use.LDAP: "*()\\\0|&=",
    Use.XPATH: "'\"[]()/|@",
    Use.PATTERN: "*+{(|[.\\",
    Use.FORMAT: "{%",
    Use.XML: "<&",
    Use.STYLESHEET: "<",
    Use.CELL: "=+-@\t\r",
}
"""For each use: the characters without which a text can do no harm."""


def safe_without(characters: frozenset[str]) -> int:
    """Return the uses for which a text is harmless that consists of these characters alone."""
    uses = 0
    for use, dangerous in _DANGEROUS.items():
        if characters.isdisjoint(dangerous):
            uses |= use
    # A name made of letters is still a name of something, for those who import by it.
    return uses & ~Use.CODE if characters & frozenset(string.ascii_letters) else uses | Use.CODE


def lacks(text: str) -> tuple[str, str]:
    """Return the fact that a text nowhere contains another."""
    return (LACKS, text)


def lacking(characters: frozenset[str]) -> frozenset[tuple[str, str]]:
    """Return the facts of a text that consists of some characters alone."""
    return frozenset(lacks(letter) for letter in TELLING if letter not in characters)


def safe_by_facts(facts: frozenset[Any]) -> int:
    """Return the uses for which facts make a text harmless."""
    if not facts:
        return 0
    missing = {text for kind, text in facts if kind == LACKS}
    begins = {text for kind, text in facts if kind == BEGINS}
    never = {text for kind, text in facts if kind == NOT_BEGINS}
    uses = _by_what_is_missing(missing, begins, never) | _by_beginning(missing, begins, never)
    if NO_SCHEME in facts:
        uses |= Use.REDIRECT | Use.HOST | Use.HREF if NO_HOST in facts else Use.HREF
    return uses & LETTERS & ALL


def _by_what_is_missing(missing: set[str], begins: set[str], never: set[str]) -> int:
    uses = 0
    for use, dangerous in _DANGEROUS.items():
        if use & ~(Use.CODE | Use.PATTERN | Use.ARGUMENT) and missing.issuperset(dangerous):
            uses |= use
    if "\n" in missing:
        uses |= Use.LOG
    if "/" in missing and ("\\" in missing or ".." in missing):
        uses |= Use.PATH | Use.NAME
    if ".." in missing and (begins or "/" in never):
        uses |= Use.PATH
    if "-" in never:
        uses |= Use.ARGUMENT
    return uses | (Use.CELL if {"=", "+", "-", "@"} <= never else 0)


def _by_beginning(missing: set[str], begins: set[str], never: set[str]) -> int:
    """Return what follows from how a text begins: a path of this host, another host, a harmless scheme."""
    uses = 0
    rooted = any(text.startswith("/") for text in begins)
    not_doubled = {"//", "/\\"} <= never or ("//" in missing and "\\" in missing)
    below = any(text.startswith("/") and len(text) > 1 and text[1] not in "/\\" for text in begins)
    if below or (rooted and not_doubled):
        uses |= Use.REDIRECT | Use.HREF
    if "//" in never and "/" in begins:
        uses |= Use.HREF
    if any(map(_names_host, begins)):
        uses |= Use.REDIRECT | Use.HOST | Use.HREF
    if any(text.lower().startswith(("http:", "https:", "mailto:")) for text in begins):
        uses |= Use.HREF
    return uses


def _names_host(text: str) -> bool:
    """Return whether a beginning fixes the host: ``https://host/``, with what ends the host."""
    scheme, separator, rest = text.partition("://")
    return bool(separator) and scheme.lower() in {"http", "https", "ftp"} and "/" in rest and not rest.startswith("/")
