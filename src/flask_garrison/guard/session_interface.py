"""Flask's session interface under another cookie name and digest, and the way from the old cookie to the new.

What stays as it was, and why, is decided here too: :func:`reason_foreign` for an interface, :func:`reason_to_keep` for
a configuration.
"""

from __future__ import annotations

import copy
import hashlib
import time
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import quote

from flask import Flask, Request, Response, has_request_context, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionInterface, SessionMixin
from itsdangerous import BadSignature, TimestampSigner, URLSafeTimedSerializer

PREFIX = "__Host-"
ENDED = "_ended"
_MARK_DIGITS = 19
_STALE = "_garrison_stale_session"
_PLAN = "_garrison_session_plan"
_OURS = ("get_cookie_name", "get_cookie_path", "get_signing_serializer", "open_session")


class _Plan(NamedTuple):
    """How the session cookie of one request is called: before, hardened, and in the answer.

    Attributes:
        keeps: The application's own name and digest stay, so all three names are the same.
    """

    plain: str
    hardened: str
    written: str
    keeps: bool


class _Found(NamedTuple):
    """A session that a request carried: its content, the cookie's name, and whether the old digest signed it."""

    data: dict[str, Any]
    name: str
    old_digest: bool


class HardenedSessions(SecureCookieSessionInterface):
    """Flask's sessions under another name and digest; mixed in before the application's own class by :func:`harden`.

    Attributes:
        plain: The application's interface as it was: the old name, path and digest.
        setting: ``read_new``, ``migrate`` or ``new``, as ``Policy.session_cookie``.
    """

    digest_method = staticmethod(hashlib.sha256)
    plain: SecureCookieSessionInterface
    setting: str
    _kept_serializer: tuple[object, URLSafeTimedSerializer | None] | None = None

    def get_cookie_name(self, app: Flask) -> str:
        """Return the name that the current request's answer uses; outside a request the configured one."""
        return self._plan(app).written

    def get_cookie_path(self, app: Flask) -> str:
        """Return ``/`` where the name has the prefix, which demands it."""
        return "/" if self._has_prefix(app) else self.plain.get_cookie_path(app)

    def get_cookie_secure(self, app: Flask) -> bool:
        """Return ``True`` where the name has the prefix, which demands it."""
        return self._has_prefix(app) or super().get_cookie_secure(app)

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Return what signs the session that is written: SHA-256, unless the old cookie is still being written."""
        if self.setting == "read_new" or self._plan(app).keeps:
            return self.plain.get_signing_serializer(app)
        return self._hardened_serializer(app)

    def should_set_cookie(self, app: Flask, session: SessionMixin) -> bool:
        """Return ``True`` also for a session that came under the other name or digest."""
        return (has_request_context() and _STALE in _state()) or super().should_set_cookie(app, session)

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Open the session from the new cookie, or from the old one where there is no new one."""
        plan = self._plan(app)
        if plan.keeps:
            return super().open_session(app, request)
        if not app.secret_key:
            return None
        if "HTTP_COOKIE" not in request.environ:
            return self.session_class()
        found = self._find(app, request, plan)
        stale = self._stale(request, plan, found)
        if stale is not None:
            request.__dict__[_STALE] = stale
        return self.session_class() if found is None else self.session_class(found.data)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Save the session; replace a cookie of the other name, and at the end of a session delete both."""
        state = _state()
        if _STALE in state and response.cache_control.public:
            # A shared cache may store this answer with its cookie: move the visitor at the next one.
            del state[_STALE]
        super().save_session(app, session, response)
        stale: str | None = state.get(_STALE)
        if stale is None and (session or not session.modified):
            return
        plan = self._plan(app)
        if plan.keeps:
            return
        if not session and session.modified:
            self._end(app, plan, response)
        elif stale is not None and self._replaces(app, plan, stale, response):
            self._delete(app, stale, response)

    def _hardened_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Return Flask's serializer with our digest, kept while what it is made from stays: making one is not cheap."""
        made_from = (
            app.secret_key,
            tuple(app.config["SECRET_KEY_FALLBACKS"] or ()),
            (self.salt, self.serializer, self.key_derivation, self.digest_method),
        )
        kept = self._kept_serializer
        if kept is None or kept[0] != made_from:
            # One assignment of a pair, so that threads never see a key with another key's serializer.
            kept = self._kept_serializer = (made_from, _keeping_keys(super().get_signing_serializer(app)))
        return kept[1]

    def _plan(self, app: Flask) -> _Plan:
        if not has_request_context():
            name = self.plain.get_cookie_name(app)
            return _Plan(name, name, name, reason_to_keep(self.plain, app) is not None)
        state = _state()
        plan: _Plan | None = state.get(_PLAN)
        if plan is None:
            plan = state[_PLAN] = self._make_plan(app)
        return plan

    def _make_plan(self, app: Flask) -> _Plan:
        plain = self.plain.get_cookie_name(app)
        if reason_to_keep(self.plain, app) is not None:
            return _Plan(plain, plain, plain, keeps=True)
        hardened = hardened_name(app, plain)
        return _Plan(plain, hardened, plain if self.setting == "read_new" else hardened, keeps=False)

    def _has_prefix(self, app: Flask) -> bool:
        plan = self._plan(app)
        return not plan.keeps and plan.written.startswith(PREFIX)

    def _stale(self, request: Request, plan: _Plan, found: _Found | None) -> str | None:
        """Return the name of the cookie that the answer should replace, or ``None``."""
        if self.setting == "read_new" and _sends(request, plan.hardened):
            # Even if it is invalid: while it stays, the old one is not read.
            return plan.hardened
        if found is None:
            return None
        one_digest = self.digest_method is self.plain.digest_method
        fresh = one_digest or found.old_digest == (self.setting == "read_new")
        return None if fresh and found.name == plan.written else found.name

    def _find(self, app: Flask, request: Request, plan: _Plan) -> _Found | None:
        if _sends(request, plan.hardened):
            return self._verify(app, plan.hardened, request, old=False)
        # Over HTTPS the plain name is the old cookie; over plain HTTP it is the only one, and the digest tells.
        if self.setting == "new" and plan.hardened != plan.plain:
            return None
        found = self._verify(app, plan.plain, request, old=False)
        if found is None and self.setting != "new":
            found = self._verify(app, plan.plain, request, old=True)
        return found

    def _verify(self, app: Flask, name: str, request: Request, *, old: bool) -> _Found | None:
        value = request.cookies.get(name)
        if not value:
            return None
        serializer = self.plain.get_signing_serializer(app) if old else self._hardened_serializer(app)
        if serializer is None:
            return None
        lifetime = int(app.permanent_session_lifetime.total_seconds())
        try:
            data, signed = serializer.loads(value, max_age=lifetime, return_timestamp=True)
        except BadSignature:
            return None
        if _ended_since(app, name, request, signed):
            return None
        return _Found(data, name, old)

    def _replaces(self, app: Flask, plan: _Plan, stale: str, response: Response) -> bool:
        """Return whether the answer carries the session under its other name, so that the stale one can go."""
        written = any(header.startswith(f"{plan.written}=") for header in response.headers.getlist("Set-Cookie"))
        # Apps mounted side by side shared the old cookie at /: each takes its copy, the last logout removes it.
        shared = _mount(app) != "" and stale == plan.plain and self.plain.get_cookie_path(app) == "/"
        return written and plan.written != stale and not shared

    def _end(self, app: Flask, plan: _Plan, response: Response) -> None:
        """Delete the cookie of the other name too, and note when, for old cookies that deleting does not reach."""
        if self.setting == "new" or plan.hardened == plan.plain:
            return
        if self.setting == "read_new":
            self._delete(app, plan.hardened, response)
            return
        self._delete(app, plan.plain, response)
        now, lifetime = str(int(time.time())), app.permanent_session_lifetime
        # After this long an old cookie has expired by itself.
        response.set_cookie(plan.hardened + ENDED, now, lifetime, secure=True, httponly=True, samesite="Lax")

    def _delete(self, app: Flask, name: str, response: Response) -> None:
        ours = name.startswith(PREFIX)
        response.delete_cookie(
            name,
            path="/" if ours else self.plain.get_cookie_path(app),
            secure=ours or self.plain.get_cookie_secure(app),
            httponly=True,
            samesite=self.plain.get_cookie_samesite(app),
            partitioned=self.plain.get_cookie_partitioned(app),
        )


class _KeepingSigner(TimestampSigner):
    """A signer that derives each key once; the derivation is a hash over the secret and the salt alone."""

    def derive_key(self, secret_key: str | bytes | None = None) -> bytes:
        secret = self.secret_keys[-1] if secret_key is None else secret_key
        return _derived(secret, self.salt, self.key_derivation, self.digest_method)


@lru_cache(maxsize=16)
def _derived(secret: str | bytes, salt: bytes, derivation: str, digest: Any) -> bytes:
    return TimestampSigner(secret, salt, key_derivation=derivation, digest_method=digest).derive_key()


def _keeping_keys(serializer: URLSafeTimedSerializer | None) -> URLSafeTimedSerializer | None:
    if serializer is not None and serializer.signer is TimestampSigner:
        serializer.signer = _KeepingSigner
    return serializer


def hardened_name(app: Flask, plain: str) -> str:
    """Return ``__Host-<plain>`` over HTTPS, with the mount point where there is one; else ``plain``."""
    if not has_request_context() or not request.is_secure:
        return plain
    mount = _mount(app)
    # The prefix demands Path=/, so apps that are mounted side by side are told apart by name.
    return f"{PREFIX}{plain}_{_slug(mount)}" if mount else PREFIX + plain


def _slug(mount: str) -> str:
    """Return a mount point in characters that a cookie name may have; different ones stay different."""
    return quote(mount, safe="").replace(".", "%2E").replace("%", ".")


def _mount(app: Flask) -> str:
    root: str = request.script_root or app.config["APPLICATION_ROOT"] or ""
    return root.strip("/")


def _state() -> dict[str, Any]:
    """Return the attributes of the current request object."""
    current: Request = request._get_current_object()  # type: ignore[attr-defined]
    return current.__dict__


def _sends(request: Request, name: str) -> bool:
    """Return whether the browser sent a cookie of this name, which has the prefix.

    It is looked for in the raw header: a quote in another cookie can hide one from the parser, and a sibling host that
    could hide the new cookie would then hand in an old one of its own.
    """
    return name.startswith(PREFIX) and f"{name}=" in request.environ.get("HTTP_COOKIE", "")


def _ended_since(app: Flask, name: str, request: Request, signed: datetime) -> bool:
    """Return whether this browser ended its session after the old cookie was signed, which must not bring it back."""
    if name.startswith(PREFIX):
        return False
    hardened = hardened_name(app, name)
    mark = request.cookies.get(hardened + ENDED)
    if mark is None or hardened == name:
        return False
    return not mark.isdecimal() or len(mark) > _MARK_DIGITS or int(signed.timestamp()) <= int(mark)


def reason_to_keep(interface: SessionInterface, app: Flask) -> str | None:
    """Return why this application's name and digest stay as they are, or ``None``."""
    config = app.config
    if config["SESSION_COOKIE_DOMAIN"] or interface.get_cookie_domain(app):
        return "SESSION_COOKIE_DOMAIN shares the cookie with other hosts"
    path = config["SESSION_COOKIE_PATH"]
    if path and (path != "/" or (has_request_context() and _mount(app))):
        return "SESSION_COOKIE_PATH is set"
    if interface.get_cookie_name(app).startswith((PREFIX, "__Secure-")):
        return "SESSION_COOKIE_NAME has a prefix already"
    return None


def reason_foreign(interface: SessionInterface) -> str | None:
    """Return why an interface cannot be hardened: it is not Flask's, or does itself what Garrison would change."""
    kind = type(interface)
    if not isinstance(interface, SecureCookieSessionInterface):
        return f"{kind.__module__}.{kind.__qualname__} is not Flask's signed cookie"
    for name in _OURS:
        if getattr(kind, name) is not getattr(SecureCookieSessionInterface, name):
            return f"{kind.__module__}.{kind.__qualname__} has a {name} of its own"
    return None


def harden(interface: SecureCookieSessionInterface, setting: str) -> HardenedSessions:
    """Return a hardened copy of an interface; the original, which all apps of a process may share, is not touched."""
    kind = type(interface)
    mixed: type[Any] = type(f"Hardened{kind.__name__}", (HardenedSessions, kind), {})
    hardened: Any = copy.copy(interface)
    hardened.__class__ = mixed
    hardened.plain = interface
    hardened.setting = setting
    if interface.digest_method is not SecureCookieSessionInterface.digest_method:
        # The application chose a digest already.
        hardened.digest_method = interface.digest_method
    return hardened  # type: ignore[no-any-return]
