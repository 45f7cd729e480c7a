"""Names, and what makes an interface one that cannot be hardened; the way over is in ``test_session_cookie``."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface, SessionInterface
from hypothesis import given, settings
from hypothesis import strategies as st

from flask_garrison.guard.cookies import parse
from flask_garrison.guard.session_interface import harden, hardened_name, reason_foreign

_PATHS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12).map(
    lambda text: f"/{text}"
)


def name_at(mount: str, scheme: str = "https") -> str:
    """Return the session cookie's name of an app mounted at ``mount``."""
    app = Flask("shop")
    with app.test_request_context("/", base_url=f"{scheme}://shop.example") as context:
        context.request.root_path = mount.rstrip("/")
        return hardened_name(app, "session")


@settings(deadline=None)
@given(_PATHS, _PATHS)
def test_different_mounts_have_different_names(one: str, other: str) -> None:
    same = one.strip("/") == other.strip("/")
    assert (name_at(one) == name_at(other)) == same


@settings(deadline=None)
@given(_PATHS)
def test_a_name_is_one_that_a_cookie_may_have(mount: str) -> None:
    name = name_at(mount)
    assert name.startswith("__Host-session")
    assert name.isascii()
    assert parse(f"{name}=x; Path=/").name == name
    assert not set(name) & set(' \t=;,"\\')


def test_plain_http_keeps_the_name() -> None:
    assert name_at("/shop", "http") == "session"


@pytest.mark.parametrize("method", ["get_cookie_name", "get_cookie_path", "get_signing_serializer", "open_session"])
def test_an_interface_that_overrides_what_would_change_is_foreign(method: str) -> None:
    own = type("Own", (SecureCookieSessionInterface,), {method: lambda self, *arguments: None})
    assert method in str(reason_foreign(own()))


@pytest.mark.parametrize("method", ["save_session", "get_expiration_time", "get_cookie_samesite"])
def test_an_interface_that_overrides_other_things_is_not(method: str) -> None:
    own = type("Own", (SecureCookieSessionInterface,), {method: lambda self, *arguments: None})
    assert reason_foreign(own()) is None


def test_another_kind_of_interface_is_foreign() -> None:
    assert "not Flask's signed cookie" in str(reason_foreign(SessionInterface()))


def test_the_serializer_is_made_anew_when_the_key_changes() -> None:
    app = Flask("shop")
    app.secret_key = "one"
    interface = harden(SecureCookieSessionInterface(), "migrate")
    first = interface.get_signing_serializer(app)
    assert first is interface.get_signing_serializer(app)
    app.secret_key = "two"
    second = interface.get_signing_serializer(app)
    app.config["SECRET_KEY_FALLBACKS"] = ["one"]
    third = interface.get_signing_serializer(app)
    assert len({id(first), id(second), id(third)}) == 3
    assert first is not None
    assert third is not None
    assert third.loads(first.dumps({"a": 1})) == {"a": 1}
