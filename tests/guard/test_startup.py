"""A setting that does nothing is said aloud at the first request, once."""

from __future__ import annotations

import pytest
from flask import Flask

from flask_garrison import Garrison


def errors_of(app: Flask, caplog: pytest.LogCaptureFixture) -> list[str]:
    for _ in range(2):
        assert app.test_client().get("/").status_code == 200
    return [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]


def test_a_complete_application_is_silent(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    app.config["GARRISON_LOGIN_ENDPOINTS"] = ["login"]
    Garrison(app, allow_insecure_csrf=("buy",))
    assert errors_of(app, caplog) == []


@pytest.mark.parametrize("key", ["GARRISON_MODE", "GARRISON_NO_SUCH_SETTING"])
def test_a_key_that_came_too_late_is_named(app: Flask, caplog: pytest.LogCaptureFixture, key: str) -> None:
    Garrison(app)
    app.config[key] = "observe"
    (error,) = errors_of(app, caplog)
    assert error.startswith(f"shop: {key} was set after Garrison")


def test_a_key_that_changed_later_is_named(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    app.config["GARRISON_MODE"] = "enforce"
    Garrison(app)
    app.config["GARRISON_MODE"] = "off"
    assert len(errors_of(app, caplog)) == 1


@pytest.mark.parametrize("setting", ["login_endpoints", "allow_insecure_csrf", "allow_insecure_eval"])
def test_an_endpoint_that_does_not_exist_is_named(app: Flask, caplog: pytest.LogCaptureFixture, setting: str) -> None:
    Garrison(app, **{setting: ("logim",)})
    (error,) = errors_of(app, caplog)
    assert error == f"shop: {setting} names 'logim', and there is no such endpoint. Did you mean 'login'?"


def test_the_page_to_change_a_password_must_exist(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    Garrison(app, change_password_endpoint="acount")
    (error,) = errors_of(app, caplog)
    assert (
        error == "shop: change_password_endpoint names 'acount', and there is no such endpoint. Did you mean 'account'?"
    )


def test_an_endpoint_that_is_added_later_is_known(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    Garrison(app, login_endpoints=("later",))
    app.add_url_rule("/later", "later", lambda: "later", methods=["POST"])
    assert errors_of(app, caplog) == []
