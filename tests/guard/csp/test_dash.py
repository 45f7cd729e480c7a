"""The index page of a Dash application, made in Python, gets nonces where Dash and the developers wrote scripts."""

from __future__ import annotations

import re
from typing import Any

import pytest
from dash import Dash, html
from flask import Flask

from flask_garrison import Garrison

INDEX = """<!DOCTYPE html><html><head>{%metas%}<title>{%title%}</title>{%css%}
<script>own()</script><SCRIPT src="/own.js"></SCRIPT><!-- <script>no()</script> --></head>
<body>{%app_entry%}<footer>{%config%}{%scripts%}{%renderer%}</footer></body></html>"""


def page_of(dash: Dash, path: str = "/") -> tuple[list[str], str]:
    """Return the start tags of scripts in the index page, and its nonce."""
    answer = dash.server.test_client().get(path)
    nonce = re.search(r"'nonce-([^']+)'", answer.headers["Content-Security-Policy"])
    assert nonce is not None
    return re.findall(r"<script[^>]*>", answer.text, re.IGNORECASE), nonce[1]


def nonced(tags: list[str], nonce: str) -> list[bool]:
    return [f'nonce="{nonce}"' in tag for tag in tags]


def test_every_script_of_dash_gets_the_nonce() -> None:
    dash = Dash("board", external_scripts=["https://cdn.example/a.js", {"src": "https://cdn.example/b.js"}])
    dash.layout = html.P("layout")
    Garrison(dash.server)
    for _ in range(2):
        tags, nonce = page_of(dash)
        comment, config, *rest = tags
        assert len(rest) > 8
        assert nonced(rest, nonce) == [True] * len(rest)
        assert nonced([comment, config], nonce) == [False, False]
        assert 'type="application/json"' in config


def test_scripts_of_the_index_string_get_it_and_a_title_brings_none() -> None:
    dash = Dash("board", index_string=INDEX, title="</title><script>evil()</script>")
    dash.layout = html.P("layout")
    Garrison(dash.server)
    for _ in range(2):
        (title, inline, file, comment, *_), nonce = page_of(dash)
        assert nonced([title, inline, file, comment], nonce) == [False, True, True, False]
    dash.index_string = INDEX.replace("own()", "changed()")
    assert nonced(page_of(dash)[0], page_of(dash)[1])[:2] == [False, False]
    tags, nonce = page_of(dash)
    assert nonced(tags, nonce)[1]


class Custom(Dash):
    """Dash documents that an application may build its page itself."""

    def interpolate_index(self, **parts: Any) -> str:
        words = ("app_entry", "config", "scripts", "renderer")
        return "<!doctype html><script>unknown()</script>" + "".join(parts[word] for word in words)


def test_an_overridden_page_gets_it_for_the_parts_that_dash_made() -> None:
    dash = Custom("board")
    dash.layout = html.P("layout")
    Garrison(dash.server)
    (unknown, config, *rest), nonce = page_of(dash)
    assert nonced([unknown, config], nonce) == [False, False]
    assert all(nonced(rest, nonce))


def test_several_dash_apps_on_one_server_also_after_the_first_request() -> None:
    app = Flask("host")
    app.add_url_rule("/", "index", lambda: "index")
    Garrison(app)
    assert app.test_client().get("/").status_code == 200
    app._got_first_request = False  # as if the second application were added at start, after a probe
    for prefix in ("/one/", "/two/"):
        Dash(f"dash{prefix[1:4]}", server=app, url_base_pathname=prefix).layout = html.P(prefix)
    for prefix in ("/one/", "/two/"):
        answer = app.test_client().get(prefix)
        assert answer.text.count("nonce=") > 8
        assert "{" not in re.findall(r'nonce="([^"]*)"', answer.text)[0]


@pytest.mark.parametrize("settings", [{"modes": {"headers.csp": "off"}}, None])
def test_switched_off_the_page_is_dashs_own(settings: dict[str, Any] | None) -> None:
    dash = Dash("board")
    dash.layout = html.P("layout")
    if settings is not None:
        Garrison(dash.server, **settings)
    assert "nonce" not in dash.server.test_client().get("/").text


def test_observe_adds_nonces_so_that_its_policy_is_tried() -> None:
    dash = Dash("board")
    dash.layout = html.P("layout")
    Garrison(dash.server, mode="observe")
    assert "nonce=" in dash.server.test_client().get("/").text
