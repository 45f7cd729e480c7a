"""Attributes that hold URLs, and what an expression in one can still choose."""

from __future__ import annotations

import re
from html import unescape

from ...templates.jinja import HOLE
from ...templates.markup import Tag
from . import contexts

_MEDIA_SOURCES = frozenset({"img", "video", "audio", "source", "track", "input", "image"})
_CODE_LINKS = frozenset({"stylesheet", "import", "preload", "modulepreload", "prefetch", "manifest", HOLE})
_MEDIA_NAMES = frozenset({"srcset", "imagesrcset", "poster", "background"})
_NAMES = frozenset({"action", "formaction", "hx-get", "hx-post", "hx-put", "hx-patch", "hx-delete"})
_REFRESH = re.compile(r"\s*[\d.]*\s*[;,]\s*(?:url\s*=\s*)?['\"]?", re.IGNORECASE)
_IGNORED = re.compile(r"[\t\n\r]|\A[\x01-\x20]+")
_SCRIPTING = re.compile(r"(?:javascript|vbscript):")
_HOST = re.compile(r"(?:[a-z\0][a-z0-9+.\0-]*:)?[/\\]{2}[^/\\?#]*\Z")


def url_context(tag: Tag, name: str, value: str) -> str | None:
    """Return the context of an expression in an attribute, or ``None`` if it holds no URL.

    Args:
        tag: The tag as far as it was read.
        name: The attribute's name, lower case.
        value: What stands before the expression, as written.
    """
    if name == "content" and tag.name == "meta":
        found = _REFRESH.match(value) if _may_refresh(tag) else None
        return _narrowed(contexts.URL, value[found.end() :]) if found else None
    kind = _kind(tag, name)
    return _narrowed(kind, value) if kind else None


def _kind(tag: Tag, name: str) -> str | None:
    if name in _MEDIA_NAMES:
        return contexts.URL_MEDIA
    if name == "src":
        if tag.name == "script":
            return contexts.URL_CODE
        return contexts.URL_MEDIA if tag.name in _MEDIA_SOURCES else contexts.URL
    if name in ("href", "xlink:href"):
        return _kind_of_link(tag)
    return contexts.URL if name in _NAMES or (name == "data" and tag.name == "object") else None


def _kind_of_link(tag: Tag) -> str:
    if tag.name == "link":
        relations = {word for value in tag.attributes.get("rel", [HOLE]) for word in value.lower().split()}
        return contexts.URL_CODE if relations & _CODE_LINKS else contexts.URL_MEDIA
    if tag.name == "base":
        return contexts.URL_CODE
    return contexts.URL_MEDIA if tag.name == "image" else contexts.URL


def _may_refresh(tag: Tag) -> bool:
    """Return whether a ``<meta>`` is one that leads elsewhere, or does not say yet what it is."""
    kinds = tag.attributes.get("http-equiv")
    return "refresh" in map(str.lower, kinds) if kinds else not {"name", "property"} & tag.attributes.keys()


def _narrowed(kind: str, before: str) -> str:
    begun = _IGNORED.sub("", unescape(before)).lower()
    if not begun:
        return kind
    if _SCRIPTING.match(begun):
        return contexts.URL_JAVASCRIPT
    if _HOST.match(begun):
        return contexts.URL_HOST if kind == contexts.URL else kind
    return contexts.URL_PART
