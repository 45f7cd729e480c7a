"""Control ``headers.integrity``: scripts and styles must be the bytes that the page was written for.

``static_integrity('app.js')`` in a template gives the value for an ``integrity`` attribute (Subresource Integrity);
``Policy.integrity_policy`` makes the browser report or refuse scripts without one (Integrity-Policy).
"""

from __future__ import annotations

import base64
import os
from hashlib import sha384

from flask import Response, current_app
from werkzeug.security import safe_join

from ..context import SecurityContext
from .answer import Kind, kind_of
from .csp.build import REPORT_GROUP
from .gate import Gate

CONTROL = "headers.integrity"
_CACHE_KEY = "garrison-integrity"
_Version = tuple[str, int, int]


def install(gate: Gate) -> None:
    """Offer the helper to templates, and send Integrity-Policy where the policy asks for it."""
    gate.template_globals["static_integrity"] = static_integrity
    name = {"report": "Integrity-Policy-Report-Only", "enforce": "Integrity-Policy"}.get(gate.policy.integrity_policy)
    if name is not None:
        gate.departures.append(lambda context, response: _depart(name, context, response))


def static_integrity(filename: str, blueprint: str | None = None) -> str:
    """Return ``sha384-...`` of a static file, computed once for each version of the file.

    Args:
        filename: As given to ``url_for('static', filename=...)``.
        blueprint: Name of the blueprint whose static folder holds it.

    Raises:
        FileNotFoundError: if there is no such file below the static folder.
    """
    owner = current_app.blueprints[blueprint] if blueprint else current_app
    path = safe_join(owner.static_folder or "", filename)
    if path is None or not os.path.isfile(path):
        raise FileNotFoundError(f"There is no static file {filename!r}.")
    status = os.stat(path)
    cache: dict[_Version, str] = current_app.extensions.setdefault(_CACHE_KEY, {})
    version = (path, status.st_mtime_ns, status.st_size)
    if version not in cache:
        cache[version] = _digest(path)
    return cache[version]


def _digest(path: str) -> str:
    with open(path, "rb") as file:
        return f"sha384-{base64.b64encode(sha384(file.read()).digest()).decode()}"


def _depart(name: str, context: SecurityContext, response: Response) -> None:
    if kind_of(response) is not Kind.DOCUMENT or name in response.headers or response.status_code == 304:
        return
    endpoints = f", endpoints=({REPORT_GROUP})" if context.request.is_secure else ""
    response.headers[name] = f"blocked-destinations=(script){endpoints}"
