"""Old digests and shared keys are found by what the interface signs with."""

from __future__ import annotations

import hashlib

import pytest
from flask import Flask, session
from flask.sessions import SecureCookieSessionInterface
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from flask_garrison import Garrison
from tests.audit.shorthand import titles
from tests.audit.support import KEY, make

DIGEST = "access.sha1-session-signature"
SHARED = "access.shared-session-signature"
USED = session


class Own(SecureCookieSessionInterface):
    digest_method = staticmethod(hashlib.sha256)


class Broken(SecureCookieSessionInterface):
    digest_method = staticmethod(hashlib.md5)


def test_flasks_digest_is_found() -> None:
    assert titles(DIGEST, make()) == ["info: sessions are signed with HMAC-SHA-1"]


def test_a_broken_digest_is_worse() -> None:
    app = make()
    app.session_interface = Broken()
    assert titles(DIGEST, app) == ["low: sessions are signed with HMAC-MD5"]


def test_a_digest_of_the_applications_own_is_none() -> None:
    app = make()
    app.session_interface = Own()
    assert titles(DIGEST, app) == []


def test_garrisons_digest_is_none_unless_it_still_writes_the_old_one() -> None:
    hardened, waiting = make(), make()
    Garrison(hardened)
    Garrison(waiting, session_cookie="read_new")
    assert titles(DIGEST, hardened) == []
    assert titles(DIGEST, waiting) == ["info: sessions are signed with HMAC-SHA-1"]


@pytest.mark.without_secret_key
def test_no_key_signs_nothing() -> None:
    assert titles(DIGEST, Flask("shop")) is None


def mounted(key: str) -> Flask:
    shop, admin = make(), Flask("admin")
    admin.secret_key = key
    shop.wsgi_app = DispatcherMiddleware(shop.wsgi_app, {"/admin": admin})  # type: ignore[method-assign]
    return shop


def test_applications_that_share_a_key_are_found() -> None:
    assert titles(SHARED, mounted(KEY)) == ["medium: admin accepts the sessions of shop"]
    assert titles(SHARED, mounted("a key for tests only, long enough to sign with")) == []
    assert titles(SHARED, make()) is None
