"""The sides: bare Flask, its usual guards at their defaults, all of them together, and Garrison.

Peers are set up as their own documentation says first. Defaults are also their cheapest settings: Talisman without
nonces, Limiter with one default limit, a fixed window and no headers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from flask import Flask, abort, session

from .site import USERS, Users, View, build_site

HIGH_LIMIT = "1000000000 per hour"
WTF_FIELD = '<input type="hidden" name="csrf_token" value="{{ csrf_token() }}">'
Protect = Callable[[Flask, str], None]


class SessionUsers:
    """Users in Flask's session, as the tutorial does it."""

    def log_in(self, user_id: str) -> None:
        """Start the session of a user."""
        session.clear()
        session["user_id"] = user_id

    def current_id(self) -> str | None:
        """Return the id of the current user, or ``None``."""
        user_id: str | None = session.get("user_id")
        return user_id

    def required(self, view: View) -> View:
        """Wrap a view that only a logged-in user may see."""

        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if self.current_id() not in USERS:
                abort(401)
            return view(*args, **kwargs)

        return guarded


SESSION_USERS = SessionUsers()


class LoginUsers:
    """Users by Flask-Login."""

    def log_in(self, user_id: str) -> None:
        """Start the session of a user."""
        from flask_login import login_user

        login_user(_login_user(user_id))

    def current_id(self) -> str | None:
        """Return the id of the current user, or ``None``."""
        from flask_login import current_user

        user_id: str | None = current_user.get_id()
        return user_id

    def required(self, view: View) -> View:
        """Wrap a view that only a logged-in user may see."""
        from flask_login import login_required

        guarded: View = login_required(view)
        return guarded


def _login_user(user_id: str) -> Any:
    from flask_login import UserMixin

    user = UserMixin()
    user.id = user_id
    return user


@dataclass(frozen=True, slots=True)
class Side:
    """One way to guard the site.

    Attributes:
        name: A word for JSON and child processes.
        modules: What must be importable.
        protect: Guards an application; the second argument is the request limit, for sides that have one.
        users: Remembers who is logged in.
        token: Markup that each form needs; empty if none, or if the guard adds it itself.
    """

    name: str
    modules: tuple[str, ...] = ()
    protect: Protect = lambda app, limit: None
    users: Users = SESSION_USERS
    token: str = ""

    def is_installed(self) -> bool:
        """Return whether everything that the side needs can be imported here."""
        return all(find_spec(module) is not None for module in self.modules)

    def build(self, database: Path, limit: str = HIGH_LIMIT) -> Flask:
        """Return the site under this side's guard."""
        app = build_site(database, self.users, self.token)
        self.protect(app, limit)
        return app


def _talisman(app: Flask, limit: str) -> None:
    from flask_talisman import Talisman

    Talisman(app)


def _wtf(app: Flask, limit: str) -> None:
    from flask_wtf import CSRFProtect

    CSRFProtect(app)


def _limiter(app: Flask, limit: str) -> None:
    from flask_limiter import Limiter
    from flask_limiter.util import get_remote_address

    Limiter(get_remote_address, app=app, default_limits=[limit], storage_uri="memory://")


def _login(app: Flask, limit: str) -> None:
    from flask_login import LoginManager

    manager = LoginManager(app)
    manager.user_loader(lambda user_id: _login_user(user_id) if user_id in USERS else None)


def _four(app: Flask, limit: str) -> None:
    for protect in (_talisman, _wtf, _limiter, _login):
        protect(app, limit)


def _secure(app: Flask, limit: str) -> None:
    from secure import Secure

    headers = Secure.with_default_headers()

    @app.after_request
    def add_headers(response: Any) -> Any:
        headers.set_headers(response)
        return response


def _garrison(app: Flask, limit: str) -> None:
    from flask_garrison import Garrison

    Garrison(app, hosts=["shop.example"], proxies=0, rate_limit=limit)


BARE = Side("bare")
TALISMAN = Side("talisman", ("flask_talisman",), _talisman)
WTF = Side("wtf", ("flask_wtf",), _wtf, token=WTF_FIELD)
LIMITER = Side("limiter", ("flask_limiter",), _limiter)
LOGIN = Side("login", ("flask_login",), _login, LoginUsers())
FOUR = Side(
    "four",
    (*TALISMAN.modules, *WTF.modules, *LIMITER.modules, *LOGIN.modules),
    _four,
    LoginUsers(),
    WTF_FIELD,
)
SECURE = Side("secure", ("secure",), _secure)
GARRISON = Side("garrison", ("flask_garrison",), _garrison)

SIDES: dict[str, Side] = {side.name: side for side in (BARE, TALISMAN, WTF, LIMITER, LOGIN, FOUR, SECURE, GARRISON)}
"""Every side by name, in the order of the tables."""
