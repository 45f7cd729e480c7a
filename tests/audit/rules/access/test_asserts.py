"""Checks of rights that vanish when Python runs with -O."""

from __future__ import annotations

import pytest

from tests.audit.code.support import findings_in, marked

ASSERT_AUTHORIZATION: dict[str, list[str]] = {
    "An assert decides what a client may do": [
        """
    from flask import Flask
    from flask_login import current_user

    app = Flask(__name__)

    @app.get("/")
    def v():
        assert current_user.is_admin  # found
        return ""
    """,
        """
    from flask import Flask, session

    app = Flask(__name__)

    @app.get("/<int:i>")
    def v(i):
        d = get(i)
        assert d.owner_id == session["user_id"], "no"  # found
        return ""
    """,
        """
    from flask import Flask, g

    app = Flask(__name__)

    def need(role):
        assert role in g.user.roles  # found

    @app.get("/")
    def v():
        need("x")
        return ""
    """,
    ],
}
NO_ASSERT_AUTHORIZATION: list[str] = [
    """
    from flask import Flask

    app = Flask(__name__)

    @app.get("/")
    def v():
        x = compute()
        assert x is not None
        assert isinstance(x, int)
        return ""
    """,
    """
    from flask import Flask

    app = Flask(__name__)
    ROLES = {}
    assert "admin" not in ROLES

    @app.get("/")
    def v():
        return ""
    """,
]


@pytest.mark.parametrize(
    ("title", "code"), [(title, code) for title, codes in ASSERT_AUTHORIZATION.items() for code in codes]
)
def test_assert_authorization_is_found_where_it_is(title: str, code: str) -> None:
    assert findings_in(code, "access.assert-authorization") == [(line, title) for line in marked(code)]


@pytest.mark.parametrize("code", NO_ASSERT_AUTHORIZATION)
def test_what_only_looks_like_assert_authorization_is_no_finding(code: str) -> None:
    assert findings_in(code, "access.assert-authorization") == []
