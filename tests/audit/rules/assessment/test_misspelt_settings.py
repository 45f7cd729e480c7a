"""Misspelt settings are found next to the right ones; an application's own settings are its own."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest
from flask_login import LoginManager

from tests.audit.shorthand import project, titles
from tests.audit.support import make

RULE = "assessment.misspelt-setting"


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("TRUSTED_HOST", "TRUSTED_HOSTS"),
        ("SESSION_COOKIE_SAME_SITE", "SESSION_COOKIE_SAMESITE"),
        ("SESSION_COOKIE_HTTP_ONLY", "SESSION_COOKIE_HTTPONLY"),
        ("MAX_CONTENT_LENGHT", "MAX_CONTENT_LENGTH"),
    ],
)
def test_a_slip_of_the_hand_is_found(wrong: str, right: str) -> None:
    app = make(**{wrong: "something"})
    assert titles(RULE, app) == [f"low: {wrong} is not read by anything: did you mean {right}?"]


def test_settings_of_extensions_are_known() -> None:
    app = make(REMEMBER_COOKIE_SECURE=True, REMEMBER_COOKIE_SAME_SITE="Lax")
    LoginManager(app)
    assert titles(RULE, app) == [
        "low: REMEMBER_COOKIE_SAME_SITE is not read by anything: did you mean REMEMBER_COOKIE_SAMESITE?"
    ]


@pytest.mark.parametrize("name", ["SHOP_NAME", "SESSION_STORE_URL", "SERVER_NAME2", "MAIL_HOST", "DEBUG_MAIL"])
def test_the_applications_own_settings_are_none(name: str) -> None:
    assert titles(RULE, make(**{name: "something"})) == []


def test_a_second_setting_beside_the_right_one_is_none() -> None:
    assert titles(RULE, make(SERVER_NAME="shop.example", SERVER_NAMES=["shop.example"])) == []


def test_what_the_applications_code_reads_is_its_own(tmp_path: Path) -> None:
    file = tmp_path / "shop_hosts.py"
    file.write_text("def hosts(app):\n    return app.config['TRUSTED_HOST']\n")
    spec = importlib.util.spec_from_file_location("shop_hosts", file)
    assert spec is not None and spec.loader is not None
    sys.modules["shop_hosts"] = importlib.util.module_from_spec(spec)
    try:
        assert titles(RULE, project(tmp_path, TRUSTED_HOST="shop.example"), root=tmp_path) == []
        assert titles(RULE, project(tmp_path, MAX_FORM_PART=5), root=tmp_path) != []
    finally:
        del sys.modules["shop_hosts"]
