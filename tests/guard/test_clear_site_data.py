"""The helper for logout asks the browser to forget, and never clears cookies unless they are named."""

from __future__ import annotations

import pytest
from flask import Flask, Response

from flask_garrison import Garrison, PolicyError, clear_site_data


def test_cache_and_storage_are_cleared_by_default_and_cookies_by_name() -> None:
    assert clear_site_data(Response()).headers["Clear-Site-Data"] == '"cache", "storage"'
    assert clear_site_data(Response(), "cookies").headers["Clear-Site-Data"] == '"cookies"'


def test_an_unknown_kind_names_the_nearest() -> None:
    with pytest.raises(PolicyError, match="Did you mean 'cookies'"):
        clear_site_data(Response(), "cookie")


def test_the_header_survives_the_gate(app: Flask) -> None:
    app.add_url_rule("/logout", "logout", lambda: clear_site_data(Response("bye")))
    Garrison(app)
    assert app.test_client().get("/logout").headers["Clear-Site-Data"] == '"cache", "storage"'
