"""The report collector: bounded, before the app's hooks, each report an event with the line that would allow it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, redirect
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import Client, TestResponse

from flask_garrison import Garrison
from flask_garrison.events import SecurityEvent
from flask_garrison.guard.reports.bucket import Bucket
from flask_garrison.guard.reports.parsing import MAX_REPORTS, parse_reports

Seen = Callable[[], list[SecurityEvent]]
PATH = "/_garrison/reports"
HERE = "https://shop.example"


def csp_report(**fields: Any) -> bytes:
    report = {"document-uri": f"{HERE}/", "effective-directive": "script-src-attr", "blocked-uri": "inline", **fields}
    return json.dumps({"csp-report": report}).encode()


def send(app: Flask, body: bytes, content_type: str = "application/csp-report", **options: Any) -> TestResponse:
    return Client(app).post(PATH, data=body, content_type=content_type, base_url=HERE, **options)


def test_a_report_is_an_event_with_the_exact_line(app: Flask, seen: Seen) -> None:
    Garrison(app)
    answer = send(app, csp_report(disposition="enforce", **{"script-sample": "buy()", "line-number": 7}))
    assert (answer.status_code, answer.data) == (204, b"")
    (event,) = seen()
    assert (event.event, event.control) == ("input_validation_fail:csp-violation,script-src-attr", "headers.csp")
    assert (event.outcome, event.detail["endpoint"], event.detail["line"]) == ("refused", "index", 7)
    assert 'allow_insecure_inline_handlers=["index"]' in str(event.detail["advice"])


LINES = [
    ("script-src", "eval", 'allow_insecure_eval=["index"]'),
    ("script-src-elem", "inline", 'allow_insecure_inline_scripts=["index"]'),
    ("script-src", "wasm-eval", "'wasm-unsafe-eval'\"]}) on index"),
    (
        "script-src-elem",
        f"{HERE}/static/app.js?1",
        '@view_policy(csp={"script-src": ["\'self\'", "\'report-sample\'"]}) on index',
    ),
    ("style-src-attr", "inline", 'allow_insecure_style_attributes=["index"]'),
    ("form-action", "https://pay.example/x", 'form_targets=["https://pay.example"]'),
    # What Chromium sends: the framed page itself, never the site that frames it.
    ("frame-ancestors", f"{HERE}/", '@view_policy(frame_ancestors=["\'self\'", "https://its-origin"]) on index'),
    ("base-uri", f"{HERE}/", '@view_policy(csp={"base-uri": ["\'self\'"]}) on index'),
    ("img-src", "https://img.example/a.png?b", 'csp={"img-src": ["\'self\'", "https://img.example"]}'),
    ("img-src", "data", 'csp={"img-src": ["\'self\'", "data:"]}'),
]


@pytest.mark.parametrize(("directive", "blocked", "line"), LINES)
def test_each_violation_prints_its_line(app: Flask, seen: Seen, directive: str, blocked: str, line: str) -> None:
    Garrison(app)
    send(app, csp_report(**{"effective-directive": directive, "blocked-uri": blocked}))
    assert line in str(seen()[0].detail["advice"])


def test_a_foreign_script_gets_no_line_that_would_allow_it(app: Flask, seen: Seen) -> None:
    Garrison(app)
    send(app, csp_report(**{"effective-directive": "script-src-elem", "blocked-uri": "https://evil.example/x.js"}))
    assert "advice" not in seen()[0].detail


@pytest.mark.parametrize("page", ["https://other.example/", "/", "", "https://[", f"{HERE}/nothing"])
def test_a_page_that_is_not_ours_gets_no_line(app: Flask, seen: Seen, page: str) -> None:
    Garrison(app)
    send(app, csp_report(**{"document-uri": page}))
    assert "advice" not in seen()[0].detail


def test_the_reporting_api_sends_several_at_once(app: Flask, seen: Seen) -> None:
    Garrison(app)
    body = {
        "documentURL": f"{HERE}/?secret=1",
        "effectiveDirective": "script-src",
        "blockedURL": "eval",
        "disposition": "report",
    }
    one = {"type": "csp-violation", "url": f"{HERE}/", "body": body}
    assert send(app, json.dumps([one, one]).encode(), "application/reports+json").status_code == 204
    events = seen()
    assert [event.outcome for event in events] == ["would_refuse"] * 2
    assert events[0].detail["page"] == "/"


def test_reports_do_not_pass_the_apps_login_hook(app: Flask) -> None:
    app.before_request(lambda: redirect("/login"))
    Garrison(app)
    assert send(app, csp_report()).status_code == 204
    assert Client(app).get("/").status_code == 302


MALFORMED = [b"", b"{", b"[]x", b"null", b"3", b'{"a": 1}', b'{"csp-report": 3}', b"[1]", b"[" * 50_000, b"\xff\xfe"]


@pytest.mark.parametrize("body", MALFORMED)
def test_a_malformed_report_is_refused_and_named(app: Flask, seen: Seen, body: bytes) -> None:
    Garrison(app)
    answer = send(app, body)
    assert answer.status_code == 400
    assert "Traceback" not in answer.text
    assert [(event.event, event.appsensor) for event in seen()] == [("input_validation_fail:report", "IE2")]


def test_a_report_of_ten_megabytes_is_refused_unread(app: Flask, seen: Seen) -> None:
    Garrison(app)
    assert send(app, b"x" * 10_000_000).status_code == 413
    assert (seen()[0].detail["reason"], seen()[0].appsensor) == ("size", "RE7")


def test_a_chunked_report_cannot_be_larger_either(app: Flask) -> None:
    Garrison(app, report_max_bytes=1_024)
    environ = {"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}
    assert send(app, b"x" * 2_000, environ_overrides=environ).status_code == 413


def test_another_media_type_or_method_is_refused(app: Flask, seen: Seen) -> None:
    Garrison(app)
    assert send(app, csp_report(), "text/plain").status_code == 415
    assert (seen()[0].detail["reason"], seen()[0].appsensor) == ("media type", "IE2")
    answer = Client(app).get(PATH)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "Content-Security-Policy" in answer.headers


def test_reports_are_limited_and_counted(app: Flask, seen: Seen) -> None:
    Garrison(app, report_rate=3)
    statuses = [send(app, csp_report()).status_code for _ in range(5)]
    assert statuses == [204, 204, 204, 429, 429]
    refused = [event for event in seen() if event.name == "excess_rate_limit_exceeded"]
    assert [event.appsensor for event in refused] == ["UT4", "UT4"]


def test_a_flood_about_trusted_types_leaves_the_other_reports_their_room(app: Flask, seen: Seen) -> None:
    """A page with an older jQuery sends hundreds; a blocked handler on it must still be heard."""
    Garrison(app, report_rate=2)
    types = csp_report(**{"effective-directive": "require-trusted-types-for", "blocked-uri": "trusted-types-sink"})
    options = {"data": types, "content_type": "application/csp-report", "base_url": HERE}
    report_only = Client(app).get("/").headers["Content-Security-Policy-Report-Only"]
    assert report_only == f"require-trusted-types-for 'script'; report-uri {PATH}?trusted-types"
    assert [Client(app).post(f"{PATH}?trusted-types", **options).status_code for _ in range(4)] == [204, 204, 429, 429]
    assert [send(app, csp_report()).status_code for _ in range(3)] == [204, 204, 429]


@pytest.mark.parametrize("page", ["/item/\ud800", "/item/\ud800/", "/item/\0", "/number/" + "9" * 5_000])
def test_a_page_that_no_url_can_name_is_no_error(app: Flask, seen: Seen, page: str) -> None:
    app.add_url_rule("/item/<name>/", "item", lambda name: name)
    app.add_url_rule("/number/<int:number>", "number", lambda number: "")
    Garrison(app)
    assert send(app, csp_report(**{"document-uri": HERE + page})).status_code == 204
    assert [event.name for event in seen()] == ["input_validation_fail"]


@pytest.mark.parametrize("directive", ['a":["*"],"img-src', "no-such-src", "script-src"])
def test_a_directive_that_browsers_do_not_know_makes_no_line(app: Flask, seen: Seen, directive: str) -> None:
    """Whoever can reach the collector could otherwise write lines for an operator to copy."""
    Garrison(app)
    send(app, csp_report(**{"effective-directive": directive, "blocked-uri": "https://evil.example/"}))
    assert "advice" not in seen()[0].detail


def test_the_path_is_a_setting_and_off_means_absent(app: Flask) -> None:
    Garrison(app, modes={"headers.reports": "off"})
    assert send(app, csp_report(), headers={"Origin": HERE}).status_code == 404
    assert "report-uri" not in Client(app).get("/").headers["Content-Security-Policy"]


def test_another_path_is_answered_instead() -> None:
    app = Flask("shop")
    Garrison(app, report_path="/csp")
    assert Client(app).post("/csp", data=csp_report(), content_type="application/csp-report").status_code == 204
    assert Client(app).post(PATH, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 404


def test_a_mounted_app_knows_its_pages(app: Flask, seen: Seen) -> None:
    Garrison(app)
    body = csp_report(**{"document-uri": f"{HERE}/app/json"})
    Client(app).post(PATH, data=body, content_type="application/csp-report", base_url=f"{HERE}/app/")
    assert seen()[0].detail["endpoint"] == "json"


@given(st.binary(max_size=400))
def test_no_body_is_a_crash(body: bytes) -> None:
    parse_reports(body)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)
fields = st.dictionaries(
    st.sampled_from(["type", "url", "body", "documentURL", "blockedURL", "effectiveDirective", "lineNumber", "sample"]),
    json_values,
)


@given(st.lists(st.fixed_dictionaries({"body": fields | json_values}), max_size=3))
def test_no_report_is_a_crash(reports: list[dict[str, object]]) -> None:
    for report in parse_reports(json.dumps(reports).encode()) or []:
        json.dumps(report.facts())


def test_a_long_list_is_cut() -> None:
    assert len(parse_reports(json.dumps([{"body": {}}] * 100).encode()) or []) == MAX_REPORTS


def test_the_bucket_fills_again_with_time() -> None:
    now = [0.0]
    bucket = Bucket(2, 60.0, lambda: now[0])
    assert [bucket.take() for _ in range(3)] == [True, True, False]
    now[0] = 30.0
    assert [bucket.take() for _ in range(2)] == [True, False]
    now[0] = 29.0
    assert not bucket.take()
