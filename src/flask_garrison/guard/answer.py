"""What kind of answer a response is, as a browser would treat it."""

from __future__ import annotations

import functools
from enum import Enum

from flask import Response

from ..context import SecurityContext


class Kind(Enum):
    """How a browser treats an answer of this content type."""

    DOCUMENT = "document"
    """HTML: scripts run, by nonce."""
    IMAGE_DOCUMENT = "image-document"
    """SVG and XML: a document of its own when opened directly; its scripts never run."""
    SCRIPT = "script"
    """JavaScript: its own policy applies when it is a worker."""
    JSON = "json"
    PDF = "pdf"
    """The browser's viewer is itself a page and an embedded object."""
    OTHER = "other"


@functools.lru_cache(maxsize=512)
def kind_of_type(content_type: str) -> Kind:
    """Classify a Content-Type header (WHATWG MIME Sniffing names the essence of each)."""
    essence = content_type.partition(";")[0].strip().lower()
    if essence in ("text/html", "application/xhtml+xml"):
        return Kind.DOCUMENT
    if essence.endswith(("+xml", "/xml")):
        return Kind.IMAGE_DOCUMENT
    if "javascript" in essence or "ecmascript" in essence:
        return Kind.SCRIPT
    if essence.endswith(("/json", "+json")):
        return Kind.JSON
    return Kind.PDF if essence == "application/pdf" else Kind.OTHER


def kind_of(response: Response) -> Kind:
    """Classify an answer by its content type."""
    return kind_of_type(response.headers.get("Content-Type", ""))


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
