"""Flaws of cookies that rules on the configuration report, so that a rule on answers need not say them again."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from ..facts.sessions import has_sessions, session_cookie
from ..inspected import Inspected

_LONGEST = timedelta(days=90)
_JWT = {"JWT_ACCESS_COOKIE_NAME": "access_token_cookie", "JWT_REFRESH_COOKIE_NAME": "refresh_token_cookie"}


@functools.lru_cache(maxsize=1)
def told_of(inspected: Inspected) -> frozenset[tuple[str, str]]:
    """Return pairs of a cookie's name and what its configuration lacks.

    Flaws are ``secure``, ``httponly``, ``samesite``, ``domain``, ``name`` and ``lifetime``.
    """
    return frozenset((*_session(inspected), *_remember(inspected), *_tokens(inspected)))


def _session(inspected: Inspected) -> Iterator[tuple[str, str]]:
    if not has_sessions(inspected):
        return
    cookie = session_cookie(inspected)
    lacks = {
        "secure": not cookie.secure,
        "httponly": not cookie.httponly,
        "samesite": cookie.samesite.lower() not in ("lax", "strict"),
        "domain": bool(cookie.domain),
        "name": not cookie.name.startswith("__Host-"),
    }
    yield from ((cookie.name, flaw) for flaw, wrong in lacks.items() if wrong)


def _remember(inspected: Inspected) -> Iterator[tuple[str, str]]:
    config = inspected.config
    if not hasattr(inspected.app, "login_manager"):
        return
    lacks = {
        "secure": not config.get("REMEMBER_COOKIE_SECURE"),
        "httponly": not config.get("REMEMBER_COOKIE_HTTPONLY", True),
        "samesite": str(config.get("REMEMBER_COOKIE_SAMESITE") or "").lower() == "none",
        "lifetime": _duration(config.get("REMEMBER_COOKIE_DURATION", timedelta(days=365))) > _LONGEST,
    }
    name = str(config.get("REMEMBER_COOKIE_NAME", "remember_token"))
    yield from ((name, flaw) for flaw, wrong in lacks.items() if wrong)


def _duration(value: Any) -> timedelta:
    return value if isinstance(value, timedelta) else timedelta(seconds=value)


def _tokens(inspected: Inspected) -> Iterator[tuple[str, str]]:
    if inspected.extension("flask-jwt-extended") is not None and not inspected.config.get("JWT_COOKIE_SECURE"):
        yield from ((str(inspected.config.get(setting, name)), "secure") for setting, name in _JWT.items())
