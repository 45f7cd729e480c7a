"""Control ``access.session-cookie``: Flask's session cookie, out of reach of sibling hosts and signed with SHA-256.

Over HTTPS the cookie is called ``__Host-<name>``: no other host of the domain and no plain HTTP answer can set it
(RFC 6265bis, section 4.1.3.2). Visitors who still carry the old cookie are moved over, see ``Policy.session_cookie``.
Server-side sessions and interfaces that do these things themselves keep their name and signing, which is reported.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from flask.ctx import RequestContext
from flask.sessions import SecureCookieSessionInterface, SessionInterface

from ..context import SecurityContext
from .gate import Gate
from .notices import Notices
from .session_interface import HardenedSessions, harden, hardened_name, reason_foreign, reason_to_keep

CONTROL = "access.session-cookie"


class _Watch:
    """Hardens the application's session interface, also one that is assigned after Garrison."""

    def __init__(self, gate: Gate) -> None:
        self._app = gate.app
        self._setting = gate.policy.session_cookie
        self._acts = gate.mode(CONTROL) == "enforce" and self._setting != "off"
        self._notices = Notices(CONTROL)
        self._seen: SessionInterface | None = None
        self._reported = False

    def look(self) -> None:
        """Harden the interface if it is not the one seen last."""
        interface = self._app.session_interface
        if interface is self._seen:
            return
        self._reported = False
        if self._acts and not isinstance(interface, HardenedSessions) and reason_foreign(interface) is None:
            assert isinstance(interface, SecureCookieSessionInterface)  # noqa: S101 - reason_foreign said so
            interface = self._app.session_interface = harden(interface, self._setting)
        self._seen = interface

    def report(self, context: SecurityContext) -> None:
        """Say once what stays as it was, or what would change."""
        if self._reported:
            return
        self._reported = True
        interface = getattr(self._app.session_interface, "plain", self._app.session_interface)
        reason = self._reason(interface)
        name = interface.get_cookie_name(self._app)
        if reason is not None:
            words = f"The session cookie keeps its name and signature: {reason}."
            self._notices.say(context, words, name=name)
        elif not self._acts:
            words = f"Would be {hardened_name(self._app, name)}, signed with SHA-256."
            self._notices.say(context, words, name=name, outcome="would_refuse")

    def _reason(self, interface: SessionInterface) -> str | None:
        if self._setting == "off":
            return "session_cookie='off'"
        return reason_foreign(interface) or reason_to_keep(interface, self._app)


def install(gate: Gate) -> None:
    """Harden the sessions of the application, now and whenever another interface is assigned."""
    if gate.mode(CONTROL) == "off":
        return
    watch = _Watch(gate)
    watch.look()
    inner = gate.app.__dict__.get("request_context")
    gate.app.request_context = partial(_request_context, watch, inner)  # type: ignore[method-assign]
    gate.arrivals.append(watch.report)


def _request_context(watch: _Watch, inner: Callable[..., RequestContext] | None, environ: Any) -> RequestContext:
    # The session is opened when the context is pushed, before anything else of the gate runs.
    watch.look()
    if inner is not None:
        return inner(environ)
    app = watch._app
    return type(app).request_context(app, environ)
