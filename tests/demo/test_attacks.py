"""Every attack works on the bare app and is stopped on the guarded one: rows, the attacker's log, events.

The demo runs in a process of its own, as it does for everybody, and hands over its structured result.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.requirements import CHROMIUM, require, require_module

PROGRAM = """
import json, pathlib, sys
from flask_garrison.demo import perform
result = perform(browser=sys.argv[1] == "chromium", folder=pathlib.Path(sys.argv[2]))
print(json.dumps(result.as_dict(), default=str))
"""
API_KEY = "key-5d1f0a9c27e64b83"
SLUGS = ["cross-site-post", "framed-click", "stored-script", "reflected-script", "cross-origin-read", "error-page"]


def perform(how: str, folder: Path) -> dict[str, Any]:
    ended = subprocess.run([sys.executable, "-c", PROGRAM, how, str(folder)], capture_output=True, timeout=120)
    assert ended.returncode == 0, ended.stderr.decode()
    result: dict[str, Any] = json.loads(ended.stdout)
    return result


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What happens in Chromium."""
    require(CHROMIUM)
    require_module("playwright.sync_api", "playwright")
    return perform("chromium", tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What happens without a browser."""
    return perform("nothing", tmp_path_factory.mktemp("demo"))


def facts(result: dict[str, Any], slug: str, app: str) -> dict[str, Any]:
    found: dict[str, Any] = result["attacks"][slug][app]["facts"]
    return found


def said(result: dict[str, Any], slug: str) -> list[tuple[str, str, str]]:
    events = result["attacks"][slug]["guarded"]["events"]
    return [(event["event"].partition(":http")[0], event["control"], event["outcome"]) for event in events]


@pytest.mark.parametrize("how", ["seen", "read"])
class TestBothWays:
    @pytest.fixture
    def result(self, how: str, request: pytest.FixtureRequest) -> dict[str, Any]:
        found: dict[str, Any] = request.getfixturevalue(how)
        return found

    def test_nothing_is_other_than_claimed(self, result: dict[str, Any]) -> None:
        assert result["problems"] == []

    def test_every_attack_works_on_the_bare_app(self, result: dict[str, Any]) -> None:
        assert {slug: row["bare"]["succeeded"] for slug, row in result["attacks"].items()} == dict.fromkeys(SLUGS, True)

    def test_nothing_is_left_on_the_guarded_app(self, result: dict[str, Any]) -> None:
        assert [slug for slug, row in result["attacks"].items() if row["guarded"]["succeeded"] or row["gap"]] == []

    def test_the_cross_site_post_changes_the_row_of_the_bare_app_only(self, result: dict[str, Any]) -> None:
        bare, guarded = (facts(result, "cross-site-post", app) for app in ("bare", "guarded"))
        assert (bare["before"], bare["after"]) == ("ada@example.org", "mallory@evil.example")
        assert (guarded["before"], guarded["after"]) == ("ada@example.org", "ada@example.org")
        assert said(result, "cross-site-post") == [("malicious_cors", "inputs.csrf", "refused")]

    def test_the_error_page_keeps_its_status_and_shows_no_secret(self, result: dict[str, Any]) -> None:
        assert facts(result, "error-page", "bare") == {"status": 500, "leaked": True}
        assert facts(result, "error-page", "guarded") == {"status": 500, "leaked": False}
        assert said(result, "error-page") == [("sensitive_read:,error-page", "assessment.error-pages", "refused")]

    def test_the_cross_origin_read_is_an_event(self, result: dict[str, Any]) -> None:
        assert said(result, "cross-origin-read") == [("malicious_cors", "headers.cors", "refused")]

    def test_honest_visits_work_on_both_and_nothing_is_refused(self, result: dict[str, Any]) -> None:
        for slug, row in result["honest"].items():
            assert (slug, row["bare"]["succeeded"], row["guarded"]["succeeded"]) == (slug, True, True)
            assert row["guarded"]["events"] == []

    def test_every_event_is_in_the_file(self, result: dict[str, Any]) -> None:
        lines = Path(result["events_file"]).read_text().splitlines()
        ids = {json.loads(line)["id"] for line in lines}
        told = [event for row in result["attacks"].values() for event in row["guarded"]["events"]]
        assert {event["id"] for event in told} <= ids


class TestInChromium:
    def test_the_version_is_named(self, seen: dict[str, Any]) -> None:
        assert seen["browser"].startswith("Chromium ")

    def test_the_frame_loads_and_the_click_lands_on_the_bare_app_only(self, seen: dict[str, Any]) -> None:
        bare, guarded = (facts(seen, "framed-click", app) for app in ("bare", "guarded"))
        assert bare["frame"].endswith("/notes/1")
        assert (bare["before"], bare["after"]) == (0, 1)
        assert guarded == {"frame": "chrome-error://chromewebdata/", "before": 0, "after": 0}
        assert said(seen, "framed-click") == [
            ("input_validation_fail:csp-violation,frame-ancestors", "headers.csp", "refused")
        ]

    @pytest.mark.parametrize(
        ("slug", "directive"), [("stored-script", "script-src-elem"), ("reflected-script", "script-src-attr")]
    )
    def test_the_attacker_receives_the_key_from_the_bare_app_only(
        self, seen: dict[str, Any], slug: str, directive: str
    ) -> None:
        assert facts(seen, slug, "bare")["received"] == API_KEY
        assert facts(seen, slug, "guarded")["received"] is None
        # One event: the app's own scripts, which are on the same page, were not stopped.
        assert said(seen, slug) == [(f"input_validation_fail:csp-violation,{directive}", "headers.csp", "refused")]

    def test_the_attacker_reads_private_notes_from_the_bare_app_only(self, seen: dict[str, Any]) -> None:
        assert "4711#" in facts(seen, "cross-origin-read", "bare")["received"]
        assert facts(seen, "cross-origin-read", "guarded")["received"] is None

    def test_the_apps_own_scripts_run(self, seen: dict[str, Any]) -> None:
        assert seen["honest"]["own-scripts"]["guarded"]["facts"] == {"inline": True, "external": True, "click": True}


class TestWithoutABrowser:
    def test_no_browser_is_named_and_its_own_visit_is_left_out(self, read: dict[str, Any]) -> None:
        assert read["browser"] == ""
        assert "own-scripts" not in read["honest"]

    def test_the_frame_is_judged_by_the_headers(self, read: dict[str, Any]) -> None:
        assert facts(read, "framed-click", "bare")["refused_by"] == ""
        assert facts(read, "framed-click", "guarded") == {"refused_by": "frame-ancestors 'self'", "status": 200}

    def test_reading_is_judged_by_the_headers(self, read: dict[str, Any]) -> None:
        assert facts(read, "cross-origin-read", "bare")["allow_origin"].startswith("http://127.0.0.1:")
        assert facts(read, "cross-origin-read", "guarded")["allow_origin"] == ""
