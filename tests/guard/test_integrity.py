"""Integrity of scripts: the hash of a static file in a template, and the Integrity-Policy header."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest
from flask import Blueprint, Flask, render_template_string

from flask_garrison import Garrison, static_integrity

PAGE = '<script src="/static/app.js" integrity="{{ static_integrity("app.js") }}"></script>'


@pytest.fixture
def site(app: Flask, tmp_path: Path) -> Flask:
    (tmp_path / "app.js").write_text("let a;")
    app.static_folder = str(tmp_path)
    app.add_url_rule("/page", "page", lambda: render_template_string(PAGE))
    return app


def digest(text: str) -> str:
    return f"sha384-{base64.b64encode(hashlib.sha384(text.encode()).digest()).decode()}"


def test_a_template_states_the_hash_of_a_static_file(site: Flask, tmp_path: Path) -> None:
    Garrison(site)
    client = site.test_client()
    assert f'integrity="{digest("let a;")}"' in client.get("/page").text
    (tmp_path / "app.js").write_text("let changed;")
    assert f'integrity="{digest("let changed;")}"' in client.get("/page").text


@pytest.mark.parametrize("name", ["../secret", "missing.js", "/etc/passwd", ""])
def test_a_file_outside_the_static_folder_is_an_error(site: Flask, name: str) -> None:
    Garrison(site)
    with site.app_context(), pytest.raises(FileNotFoundError):
        static_integrity(name)


def test_a_blueprints_static_folder_is_meant_by_name(site: Flask, tmp_path: Path) -> None:
    site.register_blueprint(Blueprint("area", __name__, static_folder=str(tmp_path)))
    Garrison(site)
    with site.app_context():
        assert static_integrity("app.js", "area") == digest("let a;")


@pytest.mark.parametrize(
    ("setting", "name"), [("report", "Integrity-Policy-Report-Only"), ("enforce", "Integrity-Policy")]
)
def test_the_header_is_sent_where_the_policy_asks_for_it(site: Flask, setting: str, name: str) -> None:
    Garrison(site, integrity_policy=setting)
    client = site.test_client()
    assert client.get("/").headers[name] == "blocked-destinations=(script)"
    secure = client.get("/", base_url="https://shop.example").headers[name]
    assert secure == "blocked-destinations=(script), endpoints=(garrison)"
    assert name not in client.get("/json").headers


def test_by_default_it_is_not_sent(site: Flask) -> None:
    Garrison(site)
    headers = site.test_client().get("/").headers
    assert not {"Integrity-Policy", "Integrity-Policy-Report-Only"} & set(headers.keys())


def test_an_app_that_has_answered_already_can_still_be_guarded(site: Flask) -> None:
    site.test_client().get("/")
    Garrison(site)
    assert digest("let a;") in site.test_client().get("/page").text


def test_an_apps_own_function_of_that_name_stays(site: Flask) -> None:
    site.add_template_global(lambda name: "mine", "static_integrity")
    Garrison(site)
    assert 'integrity="mine"' in site.test_client().get("/page").text
