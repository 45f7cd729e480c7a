"""Where in a document an expression writes: the second argument of ``@emit``.

A sink decides by it whether a value is harmless there. What Jinja's escaping protects is said with each (it
makes entities of ``&``, ``<``, ``>`` and both quotes).
"""

from __future__ import annotations

from pathlib import PurePath
from typing import Final, NamedTuple

TEXT: Final = "text"
"""Between tags. Escaping protects."""
ATTRIBUTE: Final = "attribute"
"""In a value in double quotes, of an attribute that no browser acts on. Escaping protects."""
ATTRIBUTE_SINGLE: Final = "attribute-single"
"""The same in single quotes. Escaping protects; filters that leave single quotes alone do not."""
ATTRIBUTE_UNQUOTED: Final = "attribute-unquoted"
"""In a value without quotes: a space ends it and begins another attribute. Escaping does not protect."""
URL: Final = "url"
"""The beginning of a URL that is followed or embedded: ``javascript:`` runs. Escaping does not protect."""
URL_HOST: Final = "url-host"
"""A URL whose scheme stands and whose host is still open, such as ``https://`` before: it chooses where to go."""
URL_PART: Final = "url-part"
"""A URL behind its host or first slash, or behind another expression. Escaping protects; ``|urlencode`` is better."""
URL_CODE: Final = "url-code"
"""Scheme or host of a URL from which code or style is loaded (``<script src>``, ``<base href>``, style sheets)."""
URL_MEDIA: Final = "url-media"
"""Scheme or host of a URL that only shows or names something (``<img src>``, ``poster``): no script runs from it."""
URL_JAVASCRIPT: Final = "url-javascript"
"""Behind ``javascript:``. Entities and per cent signs are decoded before the script runs: escaping protects nothing."""
EVENT: Final = "event"
"""Bare in a script in an attribute (``onclick``; what Alpine, Vue, Angular evaluate). Nothing protects but JSON."""
EVENT_STRING: Final = "event-string"
"""In a string in such a script. Entities are decoded before it runs: escaping does not protect."""
SCRIPT: Final = "script"
"""Bare in a ``<script>`` (a comment or regular expression included). Escaping does not protect; ``|tojson`` does."""
SCRIPT_STRING: Final = "script-string"
"""In a string between quotes in a ``<script>``. Escaping keeps quotes out, but not a backslash or a line's end."""
SCRIPT_TEMPLATE: Final = "script-template"
"""In a template literal in a ``<script>``: neither a backtick nor ``${`` is escaped."""
SCRIPT_JSON: Final = "script-json"
"""In a data block, such as ``<script type="application/json">``. ``|tojson`` is right, escaping only spoils it."""
STYLE: Final = "style"
"""In a ``<style>``. Escaping does not protect."""
STYLE_ATTRIBUTE: Final = "style-attribute"
"""In the value of ``style``: more declarations can follow. Escaping keeps it inside the value."""
COMMENT: Final = "comment"
"""In a comment. Escaping protects."""
TAG_NAME: Final = "tag-name"
"""In the name of a tag, or in a declaration. Escaping does not protect."""
ATTRIBUTE_NAME: Final = "attribute-name"
"""In a tag outside of values: whole attributes can be written. Escaping does not protect."""
RCDATA: Final = "rcdata"
"""In a ``<title>``, a ``<textarea>`` and the like. Escaping protects."""
SRCDOC: Final = "srcdoc"
"""In a document in an attribute: it is decoded, then read as HTML. Escaping once does not protect."""
PLAIN: Final = "plain"
"""In a text that no browser reads as HTML (``.txt``, ``.md``, ``.csv``, configuration)."""
JAVASCRIPT: Final = "javascript"
"""In a file of JavaScript."""
JSON: Final = "json"
"""In a file of JSON."""
CSS: Final = "css"
"""In a style sheet."""
XML: Final = "xml"
"""In a file of XML that is no page."""
SQL: Final = "sql"
"""In a statement of SQL."""
CAPTURED: Final = "captured"
"""In what ``{% set %}``, ``{% filter %}``, ``{% macro %}`` or ``{% call %}`` collect: where that is written decides."""

OPENINGS: Final = {
    TEXT: "",
    ATTRIBUTE: '<a x="',
    ATTRIBUTE_SINGLE: "<a x='",
    ATTRIBUTE_UNQUOTED: "<a x=",
    URL: '<a href="',
    URL_HOST: '<a href="https://',
    URL_PART: '<a href="/a/',
    URL_CODE: '<script src="',
    URL_MEDIA: '<img src="',
    URL_JAVASCRIPT: '<a href="javascript:',
    EVENT: '<a onclick="',
    EVENT_STRING: "<a onclick=\"'",
    SCRIPT: "<script>",
    SCRIPT_STRING: '<script>"',
    SCRIPT_TEMPLATE: "<script>`",
    SCRIPT_JSON: '<script type="application/json">',
    STYLE: "<style>",
    STYLE_ATTRIBUTE: '<a style="',
    COMMENT: "<!--",
    TAG_NAME: "<a",
    ATTRIBUTE_NAME: "<a ",
    RCDATA: "<textarea>",
    SRCDOC: '<iframe srcdoc="',
}
"""For each place in HTML, markup that leads there: a block or an included template starts behind it."""

RISKS: Final = (
    SCRIPT,
    EVENT,
    URL_JAVASCRIPT,
    ATTRIBUTE_NAME,
    TAG_NAME,
    ATTRIBUTE_UNQUOTED,
    URL_CODE,
    URL,
    SRCDOC,
    EVENT_STRING,
    SCRIPT_TEMPLATE,
    SCRIPT_STRING,
    STYLE,
    URL_HOST,
)
"""Places by how much they let through; where branches of a template meet in different places, the first one counts."""

_BY_SUFFIX = {
    ".html": TEXT,
    ".htm": TEXT,
    ".xhtml": TEXT,
    ".svg": TEXT,
    ".js": JAVASCRIPT,
    ".mjs": JAVASCRIPT,
    ".json": JSON,
    ".css": CSS,
    ".xml": XML,
    ".rss": XML,
    ".atom": XML,
    ".sql": SQL,
}
_WRAPPERS = frozenset({".j2", ".jinja", ".jinja2", ".tmpl", ".tpl"})
_ESCAPED = (".html", ".htm", ".xml", ".xhtml", ".svg")


class Where(NamedTuple):
    """A place.

    Attributes:
        context: One of the constants above.
        quote: What ends the attribute's value: ``"``, ``'``, or nothing; ``None`` outside of values.
    """

    context: str
    quote: str | None = None


def of_name(name: str | None) -> str:
    """Return the context in which a template begins, by its name; without a name, or a telling one, it is HTML."""
    suffixes = [suffix.lower() for suffix in PurePath(name or "").suffixes]
    if suffixes and suffixes[-1] in _WRAPPERS:
        suffixes.pop()
    return _BY_SUFFIX.get(suffixes[-1], PLAIN) if suffixes else TEXT


def autoescaped(name: str | None) -> bool:
    """Return whether Flask escapes in a template of this name (:meth:`flask.Flask.select_jinja_autoescape`)."""
    return name is None or name.endswith(_ESCAPED)
