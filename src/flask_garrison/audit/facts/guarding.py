"""Which routes ask who is calling, as far as decorators, hooks and the code of a view show it.

It errs on the side of "asks": what is reported as open must be open, and what is not reported is not proved closed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from flask import Flask

from ..inspected import Inspected, Route
from .layers import closure_of, factory_of, layers, loaded_by, words_of, written_in
from .own_code import is_own

_GUARD = re.compile(
    r"(?i)login|logged|auth|perm|role|admin|token|jwt|require|protect|owner|access|signed|member|staff|scope|verif"
    r"|restrict|api_?key|secur|privilege|fresh|acl\b|user|principal"
)
_NOT_A_GUARD = (
    "flask_cors",
    "flask_limiter",
    "flask_caching",
    "flask_wtf",
    "functools",
    "contextlib",
    "flask_garrison",
)
_ASKS = frozenset(
    [
        "current_user",
        "is_authenticated",
        "is_anonymous",
        "verify_jwt_in_request",
        "get_jwt_identity",
        "get_jwt",
        "authorization",
        "Authorization",
        "session",
        "g",
        "compare_digest",
        "check_password_hash",
        "validate_token",
        "current_identity",
        "require_oauth",
        "unauthorized",
        "X-API-Key",
        "x-api-key",
        "api_key",
        "get_current_user",
        "identity",
    ]
)
_CHECKS_PASSWORD = frozenset(["check_password_hash", "check_password", "verify_password", "checkpw"])
_COOKIE_MODULES = ("flask_login", "flask_security")
_BY_COOKIE = frozenset(["session", "current_user", "login_user", "logout_user"])
_OF_FLASK = frozenset(["session", "g"])
_PROOFS = frozenset(
    ["x-api-key", "api_key", "apikey", "compare_digest", "x-hub-signature-256", "stripe-signature", "verify_signature"]
)
_CALLS = re.compile(
    r"(?i)(^|_)(login|logged|auth|authenticate|authorize|permission|permissions|require|requires|verify)"
)
_REFUSES = frozenset(
    [
        "abort",
        "redirect",
        "unauthorized",
        "Unauthorized",
        "Forbidden",
        "make_response",
        "verify_jwt_in_request",
        "jsonify",
        "handle_needs_login",
        "challenge",
    ]
)
_LOGIN_MODULES = (
    "flask_login",
    "flask_security",
    "flask_jwt_extended",
    "flask_httpauth",
    "flask_principal",
    "flask_user",
)


def has_accounts(inspected: Inspected) -> bool:
    """Return whether an extension of the application knows users."""
    app = inspected.app
    if hasattr(app, "login_manager") or inspected.extension("security", "flask-jwt-extended") is not None:
        return True
    return any(
        written_in(layer).startswith("flask_httpauth") for route in inspected.routes for layer in layers(route.view)
    )


def has_cookie_login(inspected: Inspected) -> bool:
    """Return whether users are known by a cookie: by Flask-Login, or by a view that checks a password for a session."""
    if hasattr(inspected.app, "login_manager"):
        return True
    posts = (route for route in inspected.routes if "POST" in route.methods and is_own(inspected, route.view))
    return any(_logs_in(_words_around(route, "POST")) for route in posts)


def _logs_in(words: frozenset[str]) -> bool:
    return "session" in words and not words.isdisjoint(_CHECKS_PASSWORD)


def proves_itself(route: Route, method: str) -> bool:
    """Return whether something checks a key, a token or a signature that no browser sends by itself."""
    return not {word.lower() for word in _words_around(route, method)}.isdisjoint(_PROOFS)


def acts_by_cookie(app: Flask, route: Route, method: str) -> bool:
    """Return whether a route works for a user who is known by a cookie, as far as its code and its hooks say."""
    if any(written_in(layer).startswith(_COOKIE_MODULES) for layer in layers(route.view)):
        return True
    words = _words_around(route, method)
    if not words.isdisjoint(_BY_COOKIE):
        return True
    hooks = (hook for owner in (None, *blueprints_of(app, route)) for hook in app.before_request_funcs.get(owner, ()))
    return "g" in words and any("session" in _words(hook) for hook in hooks)


def _words_around(route: Route, method: str) -> frozenset[str]:
    functions = [*_functions(route.view, method), *_decorators(route.view, method)]
    return frozenset[str]().union(*(_words(layer) for function in functions for layer in layers(function)))


def _words(function: Any) -> frozenset[str]:
    """Return the words of a function, without a ``session`` or ``g`` that is another's, such as ``db.session``."""
    words = words_of(function)
    if words.isdisjoint(_OF_FLASK) or "flask" in words:
        return words
    return words - (_OF_FLASK - loaded_by(function))


def login_layer(view: Any) -> Any | None:
    """Return the wrapper of a view that lets only known users in, or ``None``."""
    found = list(layers(view))
    return next((layer for layer in found[:-1] if _is_guard(layer)), None)


def exempts_options(layer: Any) -> bool:
    """Return whether a login wrapper lets OPTIONS through, as those of the usual extensions do."""
    return written_in(layer).startswith(("flask_login", "flask_jwt_extended", "flask_httpauth"))


def asks(app: Flask, route: Route, method: str) -> bool:
    """Return whether something asks who is calling before a route does its work."""
    return bool(hook_that_asks(app, route)) or _view_asks(route.view, method)


def hook_that_asks(app: Flask, route: Route) -> str | None:
    """Return the name of the ``before_request`` function that refuses strangers on a route, or ``None``."""
    for owner in (None, *blueprints_of(app, route)):
        for hook in app.before_request_funcs.get(owner, ()):
            if refuses_strangers(hook):
                return factory_of(next(layers(hook))) or "before_request"
    return None


def refuses_strangers(hook: Any) -> bool:
    """Return whether a hook asks who is calling and can refuse."""
    if written_in(next(layers(hook))).startswith(_NOT_A_GUARD):
        return False
    words = _words(hook)
    return not words.isdisjoint(_REFUSES) and _mentions(words)


def blueprints_of(app: Flask, route: Route) -> list[str]:
    """Return the names of the blueprints of a route, the innermost first."""
    parts = route.endpoint.split(".")[:-1]
    names = (".".join(parts[:count]) for count in range(len(parts), 0, -1))
    return [name for name in names if name in app.blueprints]


def _view_asks(view: Any, method: str) -> bool:
    if view is None:
        return False
    return any(map(_is_guard, _decorators(view, method))) or any(map(_function_asks, _functions(view, method)))


def _function_asks(function: Any) -> bool:
    found = list(layers(function))
    return any(map(_is_guard, found[:-1])) or any(_mentions(_words(layer)) for layer in found if not _is_idle(layer))


def _functions(view: Any, method: str) -> Iterator[Any]:
    """Yield a view function, and of a class the methods that answer."""
    yield view
    owner = getattr(view, "view_class", None)
    for name in (method.lower(), "dispatch_request", "before_request", "prepare"):
        handler = getattr(owner, name, None)
        if handler is not None and not written_in(next(layers(handler))).startswith("flask."):
            yield handler


def _decorators(view: Any, method: str) -> Iterable[Any]:
    """Return the decorators that Flask-RESTful applies to a method: a list, or a dictionary by method."""
    decorators = getattr(getattr(view, "view_class", None), "method_decorators", ())
    listed = decorators.get(method.lower(), ()) if isinstance(decorators, dict) else decorators
    return [next(layers(decorator)) for decorator in listed]


def _is_guard(layer: Any) -> bool:
    if _is_idle(layer):
        return False
    return written_in(layer).startswith(_LOGIN_MODULES) or _GUARD.search(factory_of(layer)) is not None


def _is_idle(layer: Any) -> bool:
    """Return whether a layer lets everybody in: written for something else, or told that a login is optional."""
    return written_in(layer).startswith(_NOT_A_GUARD) or closure_of(layer).get("optional") is True


def _mentions(words: frozenset[str]) -> bool:
    return not words.isdisjoint(_ASKS) or any(_CALLS.search(word) for word in words if word.isidentifier())
