"""What kind of answer a response is, as a browser would treat it."""

from __future__ import annotations

import functools
from enum import StrEnum
from typing import Any

from flask import Response

from ..context import SecurityContext
from .outgoing import OutgoingHeaders

_SCRIPT_TYPES = (
    "application/ecmascript application/javascript application/x-ecmascript application/x-javascript text/ecmascript "
    "text/javascript text/javascript1.0 text/javascript1.1 text/javascript1.2 text/javascript1.3 text/javascript1.4 "
    "text/javascript1.5 text/jscript text/livescript text/x-ecmascript text/x-javascript"
)
SCRIPT_TYPES = frozenset(_SCRIPT_TYPES.split())
"""JavaScript's MIME types (https://mimesniff.spec.whatwg.org/).

Exactly these: Chromium opens ``text/html javascript``, which an uploader may have chosen, as a page.
"""


class Kind(StrEnum):
    """How a browser treats an answer of this content type."""

    DOCUMENT = "document"
    """HTML: scripts run, by nonce."""
    IMAGE_DOCUMENT = "image-document"
    """SVG and XML: a document of its own when opened directly; its scripts never run."""
    SCRIPT = "script"
    """JavaScript: its own policy applies when it is a worker."""
    STYLE = "style"
    JSON = "json"
    PDF = "pdf"
    """The browser's viewer is itself a page and an embedded object."""
    OTHER = "other"

    # As text: an enumeration's own hash is made in Python, and every answer is looked up by its kind.
    __hash__ = str.__hash__


@functools.lru_cache(maxsize=512)
def kind_of_type(content_type: str) -> Kind:
    """Classify a Content-Type header (WHATWG MIME Sniffing names the essence of each)."""
    essence = content_type.partition(";")[0].strip().lower()
    if essence in ("text/html", "application/xhtml+xml"):
        return Kind.DOCUMENT
    if essence.endswith(("+xml", "/xml")):
        return Kind.IMAGE_DOCUMENT
    if essence in SCRIPT_TYPES:
        return Kind.SCRIPT
    if essence == "text/css":
        return Kind.STYLE
    if essence.endswith(("/json", "+json")):
        return Kind.JSON
    return Kind.PDF if essence == "application/pdf" else Kind.OTHER


def kind_of(response: Response) -> Kind:
    """Classify an answer by its content type."""
    return kind_of_type(response.headers.get("Content-Type", ""))


def copy_of(response: Response, kind: Any = None) -> Response:
    """Return a copy with headers of its own, of the same class or of ``kind``.

    An application may keep a response and answer with it again; what one visitor's answer got must not be in the next.
    """
    fresh: Response = object.__new__(kind or type(response))
    fresh.__dict__.update(response.__dict__)
    fresh.headers = OutgoingHeaders.of(response.headers)
    fresh._on_close = list(response._on_close)
    return fresh


def is_static(context: SecurityContext, response: Response) -> bool:
    """Return whether the answer is a file of the app's or a blueprint's static folder (or a 304 for one)."""
    if response.status_code >= 400 or response.status_code in (301, 302, 303, 307, 308):
        return False
    endpoint = context.request.endpoint
    if endpoint is None or not endpoint.endswith("static"):
        return False
    # Flask registers these endpoints itself and refuses a second view under the same name.
    if endpoint == "static":
        return bool(context.app.has_static_folder)
    name, _, last = endpoint.rpartition(".")
    blueprint = context.app.blueprints.get(name)
    return last == "static" and blueprint is not None and bool(blueprint.has_static_folder)
