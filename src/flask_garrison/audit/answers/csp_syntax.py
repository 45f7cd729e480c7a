"""Mistakes in the text of a Content-Security-Policy: what its author wrote and no browser heeds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...guard.csp.directives import FETCH_FALLBACKS

_OTHERS = "base-uri form-action frame-ancestors navigate-to report-to report-uri require-trusted-types-for"
DIRECTIVES = frozenset(
    (*FETCH_FALLBACKS, "default-src", *_OTHERS.split(), "sandbox", "trusted-types", "upgrade-insecure-requests")
)
_OLD = "block-all-mixed-content plugin-types prefetch-src referrer reflected-xss require-sri-for disown-opener"
_GONE = frozenset(_OLD.split())
_WORDS = """
none self unsafe-inline unsafe-eval wasm-unsafe-eval strict-dynamic unsafe-hashes report-sample
inline-speculation-rules unsafe-allow-redirects trusted-types-eval
"""
_KEYWORDS = frozenset(_WORDS.split())
_HASH_OR_NONCE = re.compile(r"(?:nonce|sha256|sha384|sha512)-\S+\Z", re.IGNORECASE)
_FREE = ("report-to", "report-uri", "sandbox", "trusted-types", "require-trusted-types-for", "plugin-types")


def mistakes_in(text: str) -> list[str]:
    """Return what is wrong in one serialised policy, each once, in words without any nonce."""
    return list(dict.fromkeys(_mistakes(text)))


def _mistakes(text: str) -> Iterator[str]:
    seen: set[str] = set()
    for part in text.split(";"):
        name, *sources = part.lower().split() or [""]
        if not name:
            continue
        yield from _in_name(name, seen)
        seen.add(name)
        if name in DIRECTIVES and name not in _FREE:
            yield from _in_sources(name, sources)


def _in_name(name: str, seen: set[str]) -> Iterator[str]:
    if name in seen:
        yield f"{name} stands twice, and only the first counts"
    elif name not in DIRECTIVES and name not in _GONE:
        yield f"{_shown(name)} is no directive"


def _in_sources(name: str, sources: list[str]) -> Iterator[str]:
    if "'none'" in sources and len(sources) > 1:
        yield f"'none' beside other sources in {name} has no effect"
    for source in sources:
        if source in DIRECTIVES:
            yield f"{source} stands among the sources of {name}: a semicolon is missing"
        elif source in _KEYWORDS or _HASH_OR_NONCE.match(source):
            yield f"{_shown(source)} without quotes in {name} is taken for a host"
        elif source.startswith("'") and not _known(source):
            yield f"{_shown(source)} in {name} is no source"


def _known(source: str) -> bool:
    inside = source[1:-1]
    return source.endswith("'") and (inside in _KEYWORDS or _HASH_OR_NONCE.match(inside) is not None)


def _shown(word: str) -> str:
    """Return a word as it may stand in a title: the same each time, so a nonce or hash by its kind only."""
    return re.sub(r"(nonce|sha256|sha384|sha512)-.*", r"\1-...", word)[:60]
