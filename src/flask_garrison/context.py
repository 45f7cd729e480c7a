"""The one object of a request: who, what, and what was decided about it.

It lives on Flask's own request object and so follows Flask's context variable wherever that goes: threads, greenlets,
async views, ``stream_with_context`` and ``copy_current_request_context``. Values that cost something are read lazily.
"""

from __future__ import annotations

import hmac
import secrets
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from flask import Flask, Request, g, has_request_context, request
from flask.globals import request_ctx

from .policy import Policy, ViewPolicy, view_policy_of
from .policy.views import DEFAULT_VIEW

if TYPE_CHECKING:
    from werkzeug.routing import Rule

_ATTRIBUTE = "_garrison_context"
_OUTERMOST_KEY = "flask_garrison.outermost"
_LOGIN_KEY = "_user_id"
_SESSION_KEYS = (_LOGIN_KEY, "user_id", "user")
_UNREAD: Any = object()
PEER_KEY = "flask_garrison.peer"
"""Environ key under which the address of the peer is kept when a trusted proxy has named the client."""


class Principal(NamedTuple):
    """Who sends a request, as far as the application knows.

    Attributes:
        id: The account's id as text. It is personal data: logs carry it, answers never do.
    """

    id: str


class SecurityContext:
    """What Garrison knows of one request.

    Attributes:
        app: The application that answers.
        policy: Its policy.
        request: Flask's request object.
        view: What the matched view declares for itself.
        token_issued: Whether the answer carries a CSRF token of this visitor's session.
        failed: Whether an unhandled exception was already reported.
        refused: Whether a guard has refused the request.
        departed: The answer on which the last guards have run.
        own_headers: Lower-case names of the headers that the answer had when the last guards began.
        variant: The answer whose kind was worked out, with its kind.
    """

    __slots__ = (
        "_client",
        "_nonce",
        "_principal",
        "_request_id",
        "_session_digest",
        "app",
        "departed",
        "failed",
        "own_headers",
        "policy",
        "refused",
        "request",
        "token_issued",
        "variant",
        "view",
    )

    def __init__(self, app: Flask, policy: Policy, request: Request) -> None:
        self.app = app
        self.policy = policy
        self.request = request
        self.view: ViewPolicy = _view_of(app, request)
        self.token_issued = False
        self.failed = False
        self.refused = False
        self.departed: object = None
        self.own_headers: frozenset[str] = frozenset()
        self.variant: Any = None
        self._nonce: str | None = None
        self._request_id: str | None = None
        self._principal: Any = _UNREAD
        self._client: str | None = None
        self._session_digest: str | None = None

    @property
    def nonce(self) -> str:
        """This answer's CSP nonce: 128 random bits, base64url. Nested applications of one request share it."""
        if self._nonce is None:
            # Clients can only set environ keys that begin with HTTP_, so this one is ours.
            outermost = self.request.environ.get(_OUTERMOST_KEY, self)
            self._nonce = secrets.token_urlsafe(16) if outermost is self else outermost.nonce
        return self._nonce

    @property
    def request_id(self) -> str:
        """A random id that ties the events of one request together; never taken from a client's header."""
        if self._request_id is None:
            self._request_id = secrets.token_hex(8)
        return self._request_id

    @property
    def client(self) -> str:
        """Address of the peer, as the server or a proxy that the app trusts states it."""
        if self._client is None:
            self._client = self.request.remote_addr or ""
        return self._client

    @property
    def peer(self) -> str:
        """Address of the machine that is connected to the server: the client itself or the nearest proxy."""
        environ = self.request.environ
        behind = environ.get("werkzeug.proxy_fix.orig") or {}
        address: str = environ.get(PEER_KEY) or behind.get("REMOTE_ADDR") or self.request.remote_addr or ""
        return address

    @property
    def endpoint(self) -> str:
        """Name of the matched endpoint, or an empty string."""
        return self.request.endpoint or ""

    @property
    def route(self) -> str:
        """The matched rule as it stands in ``url_map``, or an empty string."""
        rule: Rule | None = self.request.url_rule
        return rule.rule if rule is not None else ""

    @property
    def principal(self) -> Principal | None:
        """Who sends the request; an application's function that fails counts as nobody."""
        if self._principal is _UNREAD:
            self._principal = _principal(self)
        found: Principal | None = self._principal
        return found

    def principal_now(self) -> Principal | None:
        """Ask again who sends the request: a view that logs in or out has changed it."""
        return _principal(self)

    @property
    def session_digest(self) -> str:
        """A keyed hash of the session cookie: the same session gives the same 16 hex digits, nobody can invert it."""
        if self._session_digest is None:
            cookie = self.request.cookies.get(session_cookie_name(self.app))
            self._session_digest = _digest(self.app, cookie) if cookie else ""
        return self._session_digest

    def remember_who(self) -> None:
        """Read now what events need, for a body that is sent after Flask's own context has ended."""
        _ = (self.principal, self.session_digest, self.client, self.request_id)

    def allows(self, danger: str) -> bool:
        """Return whether the view, or the policy for its endpoint, allows ``allow_insecure_<danger>``."""
        setting = f"allow_insecure_{danger}"
        endpoint = self.request.endpoint
        return bool(getattr(self.view, setting)) or (endpoint is not None and endpoint in getattr(self.policy, setting))


def attach(app: Flask, policy: Policy, request: Request) -> SecurityContext:
    """Return the context of ``request``, made at the first call."""
    context: SecurityContext | None = request.__dict__.get(_ATTRIBUTE)
    if context is None:
        context = SecurityContext(app, policy, request)
        request.__dict__[_ATTRIBUTE] = context
        request.environ.setdefault(_OUTERMOST_KEY, context)
    return context


def current() -> SecurityContext | None:
    """Return the context of the current request, or ``None`` outside one or in an app without Garrison."""
    if not has_request_context():
        return None
    context: SecurityContext | None = getattr(request, _ATTRIBUTE, None)
    return context


def session_cookie_name(app: Flask) -> str:
    """Return the name under which this application's session cookie travels in the current request."""
    return app.session_interface.get_cookie_name(app)


def _view_of(app: Flask, request: Request) -> ViewPolicy:
    if request.endpoint is None:
        return DEFAULT_VIEW
    return view_policy_of(app.view_functions.get(request.endpoint), request.method)


def _digest(app: Flask, cookie: str) -> str:
    secret = app.secret_key or b"no secret key"
    raw = secret if isinstance(secret, bytes) else secret.encode()
    key = sha256(b"flask-garrison session digest" + raw).digest()
    return hmac.new(key, cookie.encode(), sha256).hexdigest()[:16]


def peek_session() -> Any:
    """Return the session of the current request without marking it as accessed, or ``None`` if it was not opened.

    Looking is not using: an event must not make a page private to a visitor (``Vary: Cookie``). Flask keeps the object
    in ``_session`` since 3.1.3 and in ``session`` before; the public attribute marks it in the former.
    """
    attributes = vars(request_ctx._get_current_object())  # type: ignore[attr-defined]
    return attributes.get("_session", attributes.get("session"))


def _principal(context: SecurityContext) -> Principal | None:
    ask = context.policy.principal or default_principal
    session = peek_session()
    accessed = getattr(session, "accessed", None)
    try:
        found = ask()
    except Exception:
        context.app.logger.exception("Policy.principal failed; the request counts as anonymous.")
        return None
    finally:
        if accessed is False:
            session.accessed = False
    return None if found is None or found == "" else Principal(str(found))


def default_principal() -> object:
    """Return the id of the current user: Flask-Login's where it was loaded, else what the session names.

    The user is never loaded for this alone: that would query the application's database before its own hooks ran.
    A session that holds a mapping (a profile) is read by its ``id``.
    """
    loaded = g.get("_login_user")
    if loaded is not None:
        try:
            return loaded.get_id() if loaded.is_authenticated else None
        except Exception:
            # A row whose database session the view has closed can no longer be read; the login stands in the session.
            session = peek_session()
            return session.get(_LOGIN_KEY) if session else None
    session = peek_session()
    if not session:
        return None
    for key in _SESSION_KEYS:
        value = session.get(key)
        if isinstance(value, dict):
            value = value.get("id")
        if value not in (None, ""):
            return value
    return None
