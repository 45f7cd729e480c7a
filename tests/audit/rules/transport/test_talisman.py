"""Flask-Talisman's part in HTTPS, unless Garrison has taken it over."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from flask_garrison import Garrison
from tests.audit.support import make, of_app

flask_talisman = pytest.importorskip("flask_talisman", reason="Flask-Talisman is not installed")

HTTPS, HSTS = "transport.talisman-without-https", "transport.talisman-hsts"


def with_talisman(**options: Any) -> Flask:
    app = make()
    flask_talisman.Talisman(app, **options)
    return app


def said(rule: str, app: Flask) -> list[tuple[str, str | None]]:
    found = of_app(rule, app)
    assert found is not None
    return [(match.title, match.route) for match in found]  # type: ignore[union-attr]


def test_a_redirect_that_is_off_is_found() -> None:
    assert said(HTTPS, with_talisman(force_https=False)) == [("force_https of Flask-Talisman is off", None)]
    assert said(HTTPS, with_talisman()) == []


def test_one_view_without_it_is_found() -> None:
    app = make()
    talisman = flask_talisman.Talisman(app)
    app.add_url_rule("/open", "open", talisman(force_https=False)(lambda: "open"))
    assert said(HTTPS, app) == [("force_https of Flask-Talisman is off for open", "/open")]


def test_a_short_or_absent_header_is_found() -> None:
    assert said(HSTS, with_talisman(strict_transport_security=False)) == [
        ("strict_transport_security of Flask-Talisman is off", None)
    ]
    assert said(HSTS, with_talisman(strict_transport_security_max_age=3600)) == [
        ("Flask-Talisman sends HSTS for 3600 seconds", None)
    ]
    assert said(HSTS, with_talisman()) == []


def test_garrison_asks_for_https_itself() -> None:
    app = with_talisman(force_https=False, strict_transport_security=False)
    Garrison(app, hosts=["shop.example"])
    assert said(HTTPS, app) == said(HSTS, app) == []


def test_without_flask_talisman_there_is_nothing_to_look_at() -> None:
    assert of_app(HTTPS, make()) is of_app(HSTS, make()) is None
