"""Control ``inputs.safe-html``: rich text from users, cut down to a few elements and attributes (ASVS V1.3.1).

The work is done by nh3, which parses as a browser does (html5ever) and writes the tree anew.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from markupsafe import Markup

from ..errors import PolicyError, RefusedTooLarge, nearest
from ..events import name_with
from .refusals import recorded
from .urls import is_local, safe_url

if TYPE_CHECKING:
    from nh3 import Cleaner

CONTROL = "inputs.safe-html"
TEXT_TAGS: frozenset[str] = frozenset(
    (
        *("abbr", "b", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "samp", "small", "strong"),
        *("sub", "sup", "u", "var", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "br", "hr", "p", "pre"),
        *("dd", "dl", "dt", "li", "ol", "ul", "table", "tbody", "td", "th", "thead", "tr"),
    )
)
"""What text needs: emphasis, headings, lists, quotations, code and tables."""
LINK_SCHEMES = frozenset({"http", "https", "mailto"})
MAX_LENGTH = 200_000
"""The longest text, in characters, where a call states no other."""
MAX_TAGS = 8_000
MAX_REFERENCES = 50_000
_QUOTED = r'"[^"]*+(?:"|\Z)|\'[^\']*+(?:\'|\Z)'
_INSIDE = rf"(?:=\s*+(?:{_QUOTED})|[^>])*+"
# What is not closed goes on to the end, so that nothing is read twice, whatever comes (CWE-1333).
_MARKUP = (
    r"<!--.*?(?:-->|\Z)"
    rf"|<(?P<raw>script|style)(?P<of_raw>(?=[\s/>]|\Z){_INSIDE}).*?(?:(?=</(?P=raw))|\Z)"
    rf"|<(?P<tag>[a-z][^\s/>]*+)(?P<of_tag>{_INSIDE})"
)
_ATTRIBUTE = rf"([^\s/=][^\s/=]*+)(?:\s*+=\s*+(?:{_QUOTED}|[^\s]*+))?"
LINK_REL = "noopener noreferrer nofollow"


def clean_html(
    text: str,
    *,
    tags: Iterable[str] = TEXT_TAGS,
    links: bool = True,
    images: bool = False,
    removed: list[str] | None = None,
    max_length: int = MAX_LENGTH,
) -> Markup:
    """Return ``text`` as HTML that cannot run scripts, ready for a template.

    Args:
        text: HTML from a user.
        tags: Elements to keep besides links and images; each must be one that nh3 keeps by default.
        links: Keep ``<a href>`` to ``http``, ``https``, ``mailto`` and relative addresses. Each gets
            ``rel="noopener noreferrer nofollow"``.
        images: Keep ``<img>`` from ``https`` and from this site. Whoever hosts one learns who reads the page.
        removed: A list that gets the names of what was taken out, such as ``<script>`` or ``<p onclick>``: to tell
            people, not to decide on.
        max_length: The longest text, in characters.

    Raises:
        RefusedTooLarge: 413, for a longer text, or for more than 8,000 tags or 50,000 ``&``: nested deeply, those take
            a parser of HTML seconds.
        PolicyError: for an element that nh3 does not call safe.
    """
    names = frozenset(tags) | ({"a"} if links else frozenset()) | ({"img"} if images else frozenset())
    if not links and "a" in names:
        raise PolicyError("tags", "'a' is kept by links=True.")
    if not images and "img" in names:
        raise PolicyError("tags", "'img' is kept by images=True.")
    # A lone surrogate, which no browser can send, is no character.
    source = str(text).encode("utf-8", "replace").decode()
    _refuse_costly(source, max_length)
    cleaned = _cleaner(names).clean(source)
    if removed is not None:
        removed.extend(_difference(source, cleaned))
    return Markup(cleaned)  # noqa: S704 - this is what the function is for


def _refuse_costly(text: str, max_length: int) -> None:
    tags = sum(1 for _ in re.finditer("</?[a-zA-Z]", text[: max_length + 1]))
    if len(text) > max_length or tags > MAX_TAGS or text.count("&") > MAX_REFERENCES:
        event = name_with("input_validation_fail", "html")
        evidence = {"length": len(text), "tags": tags, "references": text.count("&")}
        raise recorded(
            RefusedTooLarge(
                CONTROL, "The text is too long or too deeply nested.", event=event, evidence=evidence, appsensor="RE7"
            )
        )


@functools.lru_cache(maxsize=32)
def _cleaner(names: frozenset[str]) -> Cleaner:
    import nh3

    for name in names - nh3.ALLOWED_TAGS:
        raise PolicyError("tags", f"{name!r} cannot be kept safely.", nearest=nearest(name, nh3.ALLOWED_TAGS))
    attributes = {name: set(nh3.ALLOWED_ATTRIBUTES.get(name, ())) for name in names}
    return nh3.Cleaner(
        tags=set(names),
        attributes=attributes,
        attribute_filter=_keep_attribute,
        link_rel=LINK_REL,
        url_schemes=set(LINK_SCHEMES),
    )


def _keep_attribute(tag: str, attribute: str, value: str) -> str | None:
    if (tag, attribute) != ("img", "src") or is_local(value):
        return value
    try:
        return value if safe_url(value).lower().startswith("https:") else None
    except ValueError:
        return None


def _difference(before: str, after: str) -> list[str]:
    kept = set(_names_in(after))
    return list(dict.fromkeys(name for name in _names_in(before) if name not in kept))


def _names_in(text: str) -> list[str]:
    """Return ``<tag>`` and ``<tag attribute>`` of each start tag."""
    found: list[str] = []
    for match in re.finditer(_MARKUP, text, re.IGNORECASE | re.DOTALL):
        tag = (match["raw"] or match["tag"] or "").lower()
        if not tag:
            found.append("<!-- -->")
            continue
        found.append(f"<{tag}>")
        inside = match["of_raw"] or match["of_tag"] or ""
        found.extend(f"<{tag} {one[1].lower()}>" for one in re.finditer(_ATTRIBUTE, inside, re.DOTALL))
    return found
