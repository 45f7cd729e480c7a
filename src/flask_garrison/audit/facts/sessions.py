"""What an application's sessions really are: whether it has any, where they are kept, and how the cookie leaves."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import flask
from flask.sessions import SecureCookieSessionInterface

from ..inspected import Inspected
from .extensions import talisman_of
from .own_code import names_in

_NOT_A_USE = ("flask", "flask_garrison", "werkzeug")
_SAME_SITE = ("lax", "strict", "none")


@dataclass(frozen=True, slots=True)
class SessionCookie:
    """The session cookie as a browser gets it over HTTPS, with what Garrison's control of cookies adds.

    Attributes:
        samesite: ``Lax``, ``Strict``, ``None`` or empty where the attribute is absent.
        domain: Empty where the cookie belongs to the host alone.
        unknown: Names of attributes of which the session interface could not be asked.
    """

    name: str
    secure: bool
    httponly: bool
    samesite: str
    domain: str
    path: str
    partitioned: bool
    unknown: frozenset[str] = frozenset()

    @property
    def has_prefix(self) -> bool:
        """Whether its name makes browsers demand Secure."""
        return self.name.startswith(("__Host-", "__Secure-"))


def has_sessions(inspected: Inspected) -> bool:
    """Return whether the application uses sessions: it could, and something that is loaded asks for one."""
    if inspected.policy is not None and not inspected.policy.sessions:
        return False
    if not keeps_sessions_in_cookie(inspected):
        return True
    return bool(inspected.app.secret_key) and (_is_imported() or _is_named(inspected))


def keeps_sessions_in_cookie(inspected: Inspected) -> bool:
    """Return whether the cookie is the session, signed and readable, rather than the name of one on the server."""
    return isinstance(inspected.app.session_interface, SecureCookieSessionInterface)


def _is_imported() -> bool:
    """Return whether a module has ``session`` or ``flash`` of Flask among its names."""
    wanted = {id(flask.session), id(flask.flash)}
    modules = [module for name, module in list(sys.modules.items()) if name.partition(".")[0] not in _NOT_A_USE]
    return any(id(value) in wanted for module in modules for value in list(getattr(module, "__dict__", {}).values()))


def _is_named(inspected: Inspected) -> bool:
    """Return whether a view or hook says ``flask.session`` or ``flask.flash``."""
    app = inspected.app
    hooks = [
        function
        for functions in (app.before_request_funcs, app.after_request_funcs)
        for group in functions.values()
        for function in group
    ]
    views = [route.view for route in inspected.routes]
    return any({"session", "flash"} & names_in(function) for function in (*views, *hooks) if _is_theirs(function))


def _is_theirs(function: Any) -> bool:
    return str(getattr(function, "__module__", "")).partition(".")[0] not in _NOT_A_USE


@contextmanager
def over_https(inspected: Inspected) -> Iterator[None]:
    """Act as in a request over HTTPS: no view runs, no session is opened, no route is looked for."""
    app = inspected.app
    context: Any = app.test_request_context("/", base_url=f"https://{app.config.get('SERVER_NAME') or 'localhost'}/")
    context._session = app.session_interface.make_null_session(app)
    context.url_adapter = None
    with context:
        yield


def session_cookie(inspected: Inspected) -> SessionCookie:
    """Return the session cookie as an answer over HTTPS sets it."""
    unknown: set[str] = set()
    with over_https(inspected):
        name, samesite, domain, path = (
            str(_asked(inspected, what, unknown) or "") for what in ("name", "samesite", "domain", "path")
        )
        secure, httponly, partitioned = (
            bool(_asked(inspected, what, unknown)) for what in ("secure", "httponly", "partitioned")
        )
    secure = secure or _is_secured_by_talisman(inspected)
    completed = inspected.enforces("headers.cookies")
    if completed:
        unknown -= {"secure", "httponly"}
        samesite = samesite if samesite.lower() in _SAME_SITE else "Lax"
    return SessionCookie(
        name or "session",
        completed or secure,
        completed or httponly,
        samesite,
        domain,
        path or "/",
        partitioned,
        frozenset(unknown),
    )


def _is_secured_by_talisman(inspected: Inspected) -> bool:
    """Return whether Flask-Talisman makes the cookie secure, which it does from the first request on."""
    talisman = talisman_of(inspected.app)
    return bool(getattr(talisman, "session_cookie_secure", False)) and not inspected.app.debug


def _asked(inspected: Inspected, what: str, unknown: set[str]) -> Any:
    """Return what the session interface says of one attribute; one that answers only in real requests says nothing."""
    try:
        return getattr(inspected.app.session_interface, f"get_cookie_{what}")(inspected.app)
    except Exception:
        unknown.add(what)
        return None
