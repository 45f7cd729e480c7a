"""The gate: where every request comes in and every answer goes out, whichever callable is served.

Flask's ``wsgi_app`` calls three methods of the application *instance* for each request: ``full_dispatch_request``,
``process_response`` and, after an unhandled exception, ``handle_exception``. The gate hangs one door in each. Nothing
is
wrapped around ``wsgi_app`` itself, so it makes no difference whether a server was given ``app``, ``app.wsgi_app`` taken
earlier, ``ProxyFix(app.wsgi_app)`` or ``Flask.wsgi_app``.

Out of reach, and named as such in the threat model: answers and errors made by WSGI middleware outside the application,
and by the server itself.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Flask, Response, request
from flask.ctx import RequestContext
from werkzeug.exceptions import HTTPException, InternalServerError

from ..context import SecurityContext, attach
from ..errors import Refusal
from ..events import record
from ..policy import Mode, Policy
from .answer import copy_of
from .outgoing import OutgoingHeaders, names_of

CONTROL = "monitoring.refusal-events"
BLAME = "Raised by Garrison's guard "
"""Begins the note of an exception that a guard let out; behind it stands the guard's module."""
Opening = Callable[[dict[str, Any]], None]
Arrival = Callable[[SecurityContext], Response | None]
Rendering = Callable[[SecurityContext, Response], Response]
Departure = Callable[[SecurityContext, Response], None]
ErrorWatch = Callable[[SecurityContext, BaseException], None]
ErrorAnswer = Callable[[SecurityContext], Response | None]


class Gate:
    """The guards of one application, in their order.

    Attributes:
        openings: Run on the WSGI environment, before Flask makes a request of it and finds the route.
        arrivals: Run before the app's own hooks; may raise a refusal, or return an answer that the app never sees.
        renderings: Run on the app's answer before its ``after_request`` functions, and again after them.
        departures: Run on every answer, last, after the session cookie was written.
        error_watches: Told of every exception that the app did not handle.
        exception_watches: Told of every exception that Flask sees, handled by the app or not; one may come twice.
        error_answers: May answer in place of Flask where the app did not handle an exception; the first answer counts.
        template_globals: Functions that templates can call, unless the app has one of that name.
    """

    def __init__(self, app: Flask, policy: Policy) -> None:
        self.app = app
        self.policy = policy
        self.openings: list[Opening] = []
        self.arrivals: list[Arrival] = []
        self.renderings: list[Rendering] = []
        self.departures: list[Departure] = []
        self.error_watches: list[ErrorWatch] = []
        self.exception_watches: list[ErrorWatch] = []
        self.error_answers: list[ErrorAnswer] = []
        self.template_globals: dict[str, Callable[..., object]] = {}
        self._hung: list[tuple[str, Any]] = [("full_dispatch_request", None)]

    def mode(self, control: str) -> Mode:
        """Return the mode of a control under this gate's policy."""
        return self.policy.mode_of(control)

    def hang_doors(self) -> None:
        """Replace the methods of the application instance."""
        for name, door in _DOORS.items():
            inner = _inner_of(self.app, name)
            setattr(self.app, name, partial(door, self, inner))

    def rehang_doors(self) -> None:
        """Become the outermost again where an extension replaced a method after us (Flask-RESTful does)."""
        hung = self.app.__dict__
        if all([hung.get(name) is door for name, door in self._hung]):
            return
        for name, door in _DOORS.items():
            outer = self.app.__dict__.get(name)
            if not (isinstance(outer, partial) and outer.func is door):
                setattr(self.app, name, partial(door, self, outer or _inner_of(self.app, name)))
        self._hung = [(name, hung.get(name)) for name in _DOORS]

    def depart(self, context: SecurityContext, response: Response) -> Response:
        """Run the last guards on an answer, once."""
        if context.departed is response:
            return response
        for rendering in self.renderings:
            response = rendering(context, response)
        # A copy: the application may answer the next request with the same object. A file can be sent only once.
        if response.direct_passthrough:
            response.headers = OutgoingHeaders.of(response.headers)
        else:
            response = copy_of(response)
        context.own_headers = names_of(response.headers)
        for departure in self.departures:
            try:
                departure(context, response)
            except Exception as error:
                error.add_note(f"{BLAME}{departure.__module__}")
                raise
        context.departed = response
        return response

    def depart_plainly(self, context: SecurityContext) -> Response:
        """Answer 500 where a guard failed on an answer: with what the other guards add, and never without them."""
        response = self.app.make_response(InternalServerError().get_response(context.request.environ))
        context.own_headers = names_of(response.headers)
        for departure in self.departures:
            try:
                departure(context, response)
            except Exception:
                self.app.logger.exception("A guard failed on the way out; a plain page was sent.")
        return response

    def refuse(self, context: SecurityContext, refusal: HTTPException) -> Response:
        """Render a refusal with the app's own error handlers; if those fail, with Werkzeug's plain page."""
        try:
            return self.app.finalize_request(self.app.handle_user_exception(refusal))
        except Exception:
            self.app.logger.exception("The application's handler for %s failed; a plain page was sent.", refusal.code)
            return self.app.make_response(refusal.get_response(context.request.environ))


def _inner_of(app: Flask, name: str) -> Callable[..., Any]:
    """Return the method that a door leads to, looked up anew at each call unless the instance has one of its own.

    Looking it up late keeps tracers working that patch the class after us.
    """
    own: Callable[..., Any] | None = app.__dict__.get(name)
    if own is not None:
        return own
    return lambda *arguments: getattr(type(app), name)(app, *arguments)


def _open(gate: Gate, inner: Callable[[Any], RequestContext], environ: Any) -> RequestContext:
    """Come first in every request, before an extension's replacement of another door could act in our place."""
    gate.rehang_doors()
    for opening in gate.openings:
        opening(environ)
    return inner(environ)


def _dispatch(gate: Gate, inner: Callable[[], Response]) -> Response:
    context = attach(gate.app, gate.policy, request._get_current_object())  # type: ignore[attr-defined]
    try:
        early = _arrive(gate, context)
    except HTTPException as refusal:
        return gate.depart(context, gate.refuse(context, refusal))
    return gate.depart(context, early if early is not None else inner())


def _arrive(gate: Gate, context: SecurityContext) -> Response | None:
    for arrival in gate.arrivals:
        try:
            early = arrival(context)
        except Exception as error:
            error.add_note(f"{BLAME}{arrival.__module__}")
            raise
        if early is not None:
            return early
    return None


def _process_response(gate: Gate, inner: Callable[[Response], Response], response: Response) -> Response:
    context = attach(gate.app, gate.policy, request._get_current_object())  # type: ignore[attr-defined]
    for rendering in gate.renderings:
        response = rendering(context, response)
    return inner(response)


def _handle_user_exception(gate: Gate, inner: Callable[[Exception], Any], error: Exception) -> Any:
    context = attach(gate.app, gate.policy, request._get_current_object())  # type: ignore[attr-defined]
    for watch in gate.exception_watches:
        watch(context, error)
    return inner(error)


def _answer_error(gate: Gate, context: SecurityContext, inner: Callable[[], Response]) -> Response:
    for answer in gate.error_answers:
        early = answer(context)
        if early is not None:
            return early
    return inner()


def _handle_exception(gate: Gate, inner: Callable[[Exception], Response], error: Exception) -> Response:
    context = attach(gate.app, gate.policy, request._get_current_object())  # type: ignore[attr-defined]
    for watch in gate.exception_watches:
        watch(context, error)
    if not context.failed:
        context.failed = True
        for watch in gate.error_watches:
            watch(context, error)
    try:
        response = _answer_error(gate, context, partial(inner, error))
    except Exception as again:
        if again is error:
            # Flask lets it through on purpose (debug, testing, PROPAGATE_EXCEPTIONS): the server or test sees it.
            raise
        gate.app.logger.exception("The application's handler for 500 failed; a plain page was sent.")
        response = gate.app.make_response(InternalServerError().get_response(context.request.environ))
    try:
        return gate.depart(context, response)
    except Exception:
        return gate.depart_plainly(context)


_DOORS: dict[str, Callable[..., Any]] = {
    "request_context": _open,
    "full_dispatch_request": _dispatch,
    "process_response": _process_response,
    "handle_user_exception": _handle_user_exception,
    "handle_exception": _handle_exception,
}


def refuse(context: SecurityContext, mode: Mode, refusal: Refusal) -> None:
    """Record a refusal as an event and, in enforce, raise it."""
    record(
        context,
        refusal.event,
        control=refusal.control,
        outcome="refused" if mode == "enforce" else "would_refuse",
        status=refusal.code if mode == "enforce" else None,
        parameter=refusal.parameter,
        appsensor=refusal.appsensor,
        detail=refusal.evidence,
    )
    if mode == "enforce":
        context.refused = True
        raise refusal
