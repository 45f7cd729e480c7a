"""Which forms of a page get a token field: those that post to the page's own origin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from markupsafe import escape

from ..csrf_token import FIELD
from ..origins import canonical

EDGE = re.compile(rb"</?form(?=[\t\n\f\r />])", re.IGNORECASE)
"""Where the controls of a form end for certain. Browsers ignore a form inside a form; here it ends the search."""
# Values are looked at, not consumed: one in a quoted value must not hide the real one behind it. The origin of a URL
# stands in its first 2,048 characters or it is none.
_FORMACTION = re.compile(
    rb"""[\s"'/]formaction\s*+=\s*+(?=(?:"([^"]*+)"|'([^']*+)'|([^\s>"'][^\s>]{0,2048}+))?)""", re.IGNORECASE
)
_STRIPPED = "".join(map(chr, range(0x21)))
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def field(token: str, *, xml: bool) -> bytes:
    """Return the hidden field that carries ``token``."""
    end = "/>" if xml else ">"
    return f'<input type="hidden" name="{FIELD}" value="{escape(token)}"{end}'.encode()


def form_actions(controls: bytes) -> Iterator[bytes]:
    """Yield what buttons in ``controls`` set as the form's action instead of its own."""
    for match in _FORMACTION.finditer(controls):
        yield match[1] or match[2] or match[3] or b""


def stays(action: bytes, origin: str) -> bool:
    """Return whether a form with this ``action`` sends to ``origin``, as browsers resolve URLs; if in doubt, not.

    Args:
        action: The attribute's value as it stands in the page, character references included.
        origin: The page's, as in ``"https://example.org:8443"``.
    """
    url = unescape(action.decode("utf-8", "replace")).strip(_STRIPPED)
    # https://url.spec.whatwg.org/: tabs and line ends vanish, a backslash counts as a slash.
    url = re.sub(r"[\t\n\r]", "", url).replace("\\", "/")
    if url.startswith("//"):
        url = f"{origin.partition(':')[0]}:{url}"
    elif not _SCHEME.match(url):
        return True
    return canonical(url) == canonical(origin) is not None
