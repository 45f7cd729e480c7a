"""Control ``headers.cors``: answers are shared with origins that somebody wrote down, and with no others.

The policy's lists are answered here: preflights first, before the application's hooks and login, then the headers of
every answer (Fetch Standard, section 3.3, "CORS protocol"). What the application or Flask-CORS sends itself is judged:
an origin that is merely echoed, or ``null``, together with credentials, would let any page on the web read what its
visitors see here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from flask import Flask, Response
from werkzeug.datastructures import Headers
from werkzeug.exceptions import HTTPException

from ..context import SecurityContext
from ..events import Outcome, Words, name_with, record
from ..policy import Mode, Policy
from .cors_lists import exact_origins
from .gate import Gate
from .notices import Notices
from .origins import canonical, own_origin

CONTROL = "headers.cors"
ALLOW_ORIGIN = "Access-Control-Allow-Origin"
_ALLOW_ORIGIN_KEY = ALLOW_ORIGIN.lower()
ALLOW_CREDENTIALS = "Access-Control-Allow-Credentials"
_PREFIX = "access-control-"
_HEADER_NAME = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+\Z"
_PREFLIGHT_VARY = ("Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers")


class Danger(NamedTuple):
    """What is wrong with the CORS headers of an answer.

    Attributes:
        reason: ``null``, ``reflected`` or ``wildcard``, each together with credentials.
        remove: Prefix, lower case, of the headers that have to go.
    """

    reason: str
    remove: str = _PREFIX


class Sharing:
    """The lists of one application, and what follows from them for a request."""

    def __init__(self, app: Flask, policy: Policy, mode: Mode) -> None:
        self._app = app
        self._policy = policy
        self._mode = mode
        self._credentialed = frozenset(policy.cors_credentialed_origins)
        self._declared = self._credentialed | frozenset(policy.cors_origins)
        self._header_names = frozenset(name.lower() for name in policy.cors_headers)
        self._notices = Notices(CONTROL)

    @cached_property
    def _listed_by_app(self) -> frozenset[str]:
        # Read at first need: Flask-CORS may be initialised after Garrison.
        return exact_origins(self._app)

    def arrive(self, context: SecurityContext) -> Response | None:
        """Answer a preflight of a declared origin for a path that exists."""
        origin = context.request.environ.get("HTTP_ORIGIN")
        if origin not in self._declared or not _is_preflight(context):
            return None
        routed = _routed_methods(context)
        if not routed:
            return None
        self._report_unlisted(context, routed)
        return self._preflight(origin, routed) if self._mode == "enforce" else None

    def depart(self, context: SecurityContext, response: Response) -> None:
        """Share the answer with a declared origin; judge what the application shares itself."""
        headers = response.headers
        origin: str | None = context.request.environ.get("HTTP_ORIGIN")
        if origin is not None and origin in self._declared:
            self._share(context, headers, origin)
        elif origin is not None:
            self._judge(context, response, origin)
        if self._declared and self._mode == "enforce":
            add_vary(headers, ("Origin",))

    def _preflight(self, origin: str, routed: frozenset[str]) -> Response:
        policy = self._policy
        response = self._app.response_class(status=204)
        headers = response.headers
        headers.pop("Content-Type", None)
        self._allow(headers, origin)
        headers["Access-Control-Allow-Methods"] = ", ".join(name for name in policy.cors_methods if name in routed)
        if policy.cors_headers:
            headers["Access-Control-Allow-Headers"] = ", ".join(policy.cors_headers)
        headers["Access-Control-Max-Age"] = str(policy.cors_max_age)
        add_vary(headers, _PREFLIGHT_VARY)
        return response

    def _allow(self, headers: Headers, origin: str) -> None:
        # Set, not added: a second value beside the application's own would make browsers refuse both.
        headers[ALLOW_ORIGIN] = origin
        if origin in self._credentialed:
            headers[ALLOW_CREDENTIALS] = "true"

    def _share(self, context: SecurityContext, headers: Headers, origin: str) -> None:
        if self._mode == "observe":
            if self._notices.is_new("would share", origin):
                words = "Answers would be shared with this origin."
                self._notices.say(context, words, name=origin, outcome="would_refuse")
            return
        self._allow(headers, origin)
        if origin not in self._credentialed and ALLOW_CREDENTIALS in headers and origin not in self._listed_by_app:
            # The policy shares with this origin what is public; that the application adds credentials is an echo.
            self._refuse(context, headers, origin, Danger("reflected", remove=ALLOW_CREDENTIALS.lower()))
        if self._policy.cors_expose:
            headers["Access-Control-Expose-Headers"] = ", ".join(self._policy.cors_expose)

    def _judge(self, context: SecurityContext, response: Response, origin: str) -> None:
        headers = response.headers
        allowed = headers.getlist(ALLOW_ORIGIN) if _ALLOW_ORIGIN_KEY in context.own_headers else []
        if not allowed and not _is_preflight(context):
            return
        foreign = origin != own_origin(context.request)
        if not allowed:
            if foreign:
                self._record(context, origin, "preflight of an origin that is not declared")
            return
        danger = self._danger(allowed, headers, origin) if foreign else None
        if danger is not None:
            self._refuse(context, headers, origin, danger)
        if self._mode == "enforce" and (danger is not None or "*" not in allowed):
            # What is kept or removed depends on who asks, so caches must not hand it to another.
            add_vary(headers, ("Origin",))

    def _danger(self, allowed: list[str], headers: Headers, origin: str) -> Danger | None:
        if headers.get(ALLOW_CREDENTIALS, "").strip().lower() != "true":
            return None
        if "*" in allowed:
            return Danger("wildcard", remove=ALLOW_CREDENTIALS.lower())
        if origin.lower() not in (value.strip().lower() for value in allowed):
            # A fixed origin that is not the asker's: the browser refuses by itself.
            return None
        if origin.lower() == "null":
            return Danger("null")
        return None if origin.lower() in self._listed_by_app else Danger("reflected")

    def _refuse(self, context: SecurityContext, headers: Headers, origin: str, danger: Danger) -> None:
        if self._mode == "enforce":
            for name in {name for name, _ in headers if name.lower().startswith(danger.remove)}:
                headers.remove(name)
        self._record(context, origin, f"{danger.reason} origin with credentials")

    def _record(self, context: SecurityContext, origin: str, reason: str) -> None:
        detail: dict[str, object] = {"reason": reason, "origin": origin}
        known = canonical(origin)
        if known is not None:
            line = _line("cors_credentialed_origins", self._policy.cors_credentialed_origins, [known])
            detail["advice"] = Words(f"If its pages may act and read with the visitor's cookies: {line}")
        self._emit(context, known or "null", detail)

    def _report_unlisted(self, context: SecurityContext, routed: frozenset[str]) -> None:
        """Say which setting a declared origin's preflight lacks: its author would see nothing but a browser error."""
        environ, policy = context.request.environ, self._policy
        method = environ["HTTP_ACCESS_CONTROL_REQUEST_METHOD"]
        if method in routed and method not in policy.cors_methods:
            line = _line("cors_methods", policy.cors_methods, [method])
            self._emit(context, environ["HTTP_ORIGIN"], {"reason": "method", "advice": Words(line)})
        asked = environ.get("HTTP_ACCESS_CONTROL_REQUEST_HEADERS", "").split(",")
        unlisted = (name for name in map(str.strip, asked) if name.lower() not in self._header_names)
        names = [name for name in unlisted if re.match(_HEADER_NAME, name)]
        if names:
            line = _line("cors_headers", policy.cors_headers, names[:20])
            self._emit(context, environ["HTTP_ORIGIN"], {"reason": "header", "advice": Words(line)})

    def _emit(self, context: SecurityContext, origin: str, detail: dict[str, object]) -> None:
        outcome: Outcome = "refused" if self._mode == "enforce" else "would_refuse"
        record(
            context,
            name_with("malicious_cors", origin),
            control=CONTROL,
            outcome=outcome,
            appsensor="IE2",
            detail=detail,
        )


def install(gate: Gate) -> None:
    """Answer preflights first; share and judge last."""
    mode = gate.mode(CONTROL)
    if mode != "off":
        sharing = Sharing(gate.app, gate.policy, mode)
        gate.arrivals.append(sharing.arrive)
        gate.departures.append(sharing.depart)


def add_vary(headers: Headers, names: Iterable[str]) -> None:
    """Name request headers in ``Vary``, each once; ``Vary: *`` says more already."""
    present = ", ".join(headers.getlist("Vary"))
    known = {name.strip().lower() for name in present.split(",")}
    new = [name for name in names if name.lower() not in known]
    if new and "*" not in known:
        headers["Vary"] = ", ".join([present, *new] if present else new)


def _is_preflight(context: SecurityContext) -> bool:
    """Return whether this is a CORS-preflight request (Fetch: OPTIONS, an origin and a requested method)."""
    environ = context.request.environ
    return context.request.method == "OPTIONS" and bool(environ.get("HTTP_ACCESS_CONTROL_REQUEST_METHOD"))


def _routed_methods(context: SecurityContext) -> frozenset[str]:
    """Return the methods that the application has views for at this path; empty where it has none."""
    try:
        adapter = context.app.create_url_adapter(context.request)
    except HTTPException:
        return frozenset()
    return frozenset(adapter.allowed_methods()) if adapter is not None else frozenset()


def _line(setting: str, present: tuple[str, ...], more: list[str]) -> str:
    return f"{setting}={json.dumps([*present, *more])}"
