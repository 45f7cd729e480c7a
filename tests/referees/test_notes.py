"""The example app under the strict policy before Google's csp_evaluator and MDN's HTTP Observatory."""

from __future__ import annotations

import json
import logging
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, abort

from examples.notes import create_app
from flask_garrison import Garrison, Policy
from flask_garrison.demo.example import PASSWORDS

from .recording import HOST, Recorder, recorder

HERE = Path(__file__).parent
POLICIES = {
    "default": Policy(hosts=(HOST,), proxies=0),
    "strict": Policy.strict(hosts=(HOST,), proxies=0),
}
REQUESTS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "start": ("GET", "/", {}),
    "account": ("GET", "/account", {}),
    "search": ("GET", "/search?q=a", {}),
    "note": ("GET", "/notes/1", {}),
    "login": ("GET", "/login", {}),
    "forgot": ("GET", "/forgot", {}),
    "json": ("GET", "/api/notes", {}),
    "script": ("GET", "/static/notes.js", {}),
    "style": ("GET", "/static/notes.css", {}),
    "image": ("GET", "/static/icon.svg", {}),
    "redirect": ("POST", "/account", {"data": {"email": "ada@notes.test"}}),
    "not found": ("GET", "/nowhere", {}),
    "method": ("DELETE", "/account", {}),
    "too large": ("POST", "/account", {"data": {"email": "a" * 2_000_000}}),
    "foreign": ("POST", "/account", {"headers": {"Sec-Fetch-Site": "cross-site"}}),
    "too many": ("GET", "/busy", {}),
    "failed": ("GET", "/failed", {}),
    "asked methods": ("OPTIONS", "/account", {}),
    "head": ("HEAD", "/search?q=a", {}),
    "asked for a mail": ("POST", "/forgot", {"data": {"email": "nobody@notes.test"}}),
    "written": ("POST", "/notes", {"data": {"title": "Tea", "body": "<b>now</b>"}}),
    "shared": ("POST", "/notes/1/share", {}),
    "deleted": ("POST", "/notes/1/delete", {}),
    "signed out": ("POST", "/logout", {}),
}
REDIRECTS = ("redirect", "asked for a mail", "written", "shared", "deleted", "signed out")
STATUSES = {
    **dict.fromkeys(REDIRECTS, 302),
    "not found": 404,
    "method": 405,
    "too large": 413,
    "foreign": 403,
    "too many": 429,
    "failed": 500,
}
SERIOUS = ("HIGH", "SYNTAX", "MEDIUM")
WHOLE, NO_SCRIPTS, SHOWS_ITSELF = 140, 135, 125
SCORES = {
    # Five points are for integrity on scripts, which only a page with scripts can have.
    **dict.fromkeys(REQUESTS, WHOLE),
    **dict.fromkeys((*REDIRECTS, "json", "script", "style", "failed", "asked methods", "head"), NO_SCRIPTS),
    # Ten are for default-src 'none', under which an SVG that is opened by itself would lose its own styles.
    "image": SHOWS_ITSELF,
}
# Under the default policy a script may be a worker of any honest application, so it is not told what it may load; and
# HSTS starts at one day.
KNOWN = {"default": {"script": ["script-src directive is missing."]}, "strict": {}}
FAILED = {
    "default": {
        *((name, "strict-transport-security", "hsts-implemented-max-age-less-than-six-months") for name in REQUESTS),
        ("script", "content-security-policy", "csp-implemented-with-unsafe-inline"),
    },
    "strict": set(),
}


def application(policy: str, folder: Path) -> Flask:
    app = create_app({"DATABASE": str(folder / f"{policy}.sqlite")})
    app.add_url_rule("/busy", "busy", lambda: abort(429))
    app.add_url_rule("/failed", "failed", lambda: 1 / 0)
    Garrison(app, POLICIES[policy])
    return app


@pytest.fixture(scope="module", params=list(POLICIES))
def recorded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    folder = tmp_path_factory.mktemp("notes")
    app = application(request.param, folder)
    logging.getLogger(app.name).disabled = True
    with recorder(app, folder) as browser:
        browser.sign_in("ada", PASSWORDS["ada"])
        answers = {name: _record(browser, name) for name in REQUESTS}
    yield {"policy": request.param, "answers": answers}


def _record(browser: Recorder, name: str) -> dict[str, Any]:
    method, path, options = REQUESTS[name]
    return browser.record(path, method, **options)


def judge(node: str, script: str, subjects: list[Any]) -> list[Any]:
    done = subprocess.run([node, str(HERE / script)], input=json.dumps(subjects), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found: list[Any] = json.loads(done.stdout)
    return found


def policies_of(answer: dict[str, Any]) -> list[str]:
    return [value for name, value in answer["headers"] if name.lower() == "content-security-policy"]


def test_every_route_was_recorded(tmp_path: Path) -> None:
    """A 304 is not: it has no body, and a policy on it would be merged into the page that the browser has."""
    routes = application("strict", tmp_path).url_map.bind(HOST)
    asked = {
        routes.match(path.partition("?")[0], method)[0] for method, path, _ in REQUESTS.values() if _leads(path, method)
    }
    assert asked == {rule.endpoint for rule in routes.map.iter_rules()}


def _leads(path: str, method: str) -> bool:
    return path != "/nowhere" and method != "DELETE"


def test_every_status_was_recorded(recorded: dict[str, Any]) -> None:
    seen = {name: one["answer"]["status"] for name, one in recorded["answers"].items()}
    assert seen == {name: STATUSES.get(name, 200) for name in REQUESTS}


def test_csp_evaluator_finds_nothing_of_medium_or_above(
    recorded: dict[str, Any], node: str, node_modules: Path
) -> None:
    policies = {name: policies_of(one["answer"]) for name, one in recorded["answers"].items()}
    assert {name: len(texts) for name, texts in policies.items()} == dict.fromkeys(REQUESTS, 1)
    judged = judge(node, "csp.mjs", [texts[0] for texts in policies.values()])
    serious = {
        name: [one["words"] for one in findings if one["severity"] in SERIOUS]
        for name, findings in zip(policies, judged, strict=True)
    }
    assert {name: words for name, words in serious.items() if words} == KNOWN[recorded["policy"]]


def test_observatory_fails_nothing_and_gives_what_the_content_allows(
    recorded: dict[str, Any], node: str, node_modules: Path
) -> None:
    answers = recorded["answers"]
    judged = dict(zip(answers, judge(node, "observatory.mjs", list(answers.values())), strict=True))
    failed = {
        (name, test, outcome["result"])
        for name, one in judged.items()
        for test, outcome in one["tests"].items()
        if not outcome["pass"]
    }
    assert failed == FAILED[recorded["policy"]]
    if recorded["policy"] == "strict":
        assert {name: one["score"] for name, one in judged.items()} == SCORES
