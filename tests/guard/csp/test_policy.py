"""The Content-Security-Policy of each kind of answer, exactly."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask, Response
from werkzeug.test import create_environ, run_wsgi_app

from flask_garrison import Garrison, Policy, view_policy
from flask_garrison.guard.answer import Kind
from flask_garrison.guard.csp import build
from flask_garrison.guard.csp.directives import parse

CSP = "Content-Security-Policy"
RO = "Content-Security-Policy-Report-Only"
REPORT = "report-uri /_garrison/reports"
PAGE = (
    "script-src 'nonce-N' 'strict-dynamic' 'report-sample'; object-src 'none'; base-uri 'none'; frame-ancestors "
    "'self'; "
    f"style-src 'self' https: 'unsafe-inline'; form-action 'self'; {REPORT}"
)
STRICT_PAGE = (
    "default-src 'none'; img-src 'self'; font-src 'self'; connect-src 'self'; media-src 'self'; frame-src 'self'; "
    "worker-src 'self'; manifest-src 'self'; script-src 'nonce-N' 'strict-dynamic' 'report-sample'; object-src 'none'; "
    "base-uri 'none'; frame-ancestors 'none'; style-src 'nonce-N' 'report-sample'; form-action 'self'; "
    f"{REPORT}"
)
DATA = f"script-src 'none'; base-uri 'none'; frame-ancestors 'self'; object-src 'none'; {REPORT}"
SCRIPT = f"base-uri 'none'; frame-ancestors 'self'; object-src 'none'; {REPORT}"
PDF = f"base-uri 'none'; frame-ancestors 'self'; {REPORT}"


def shape(header: str) -> str:
    """Return a policy with its nonce replaced by N."""
    return re.sub(r"'nonce-[A-Za-z0-9_-]{22}'", "'nonce-N'", header)


def policy_of(app: Flask, path: str = "/", **options: Any) -> str:
    return shape(app.test_client().get(path, **options).headers[CSP])


def made(app: Flask, mimetype: str, headers: dict[str, str] | None = None, path: str = "/made") -> None:
    app.add_url_rule(path, path.strip("/"), lambda: Response("x", mimetype=mimetype, headers=headers))


@pytest.mark.parametrize(
    ("mimetype", "expected"),
    [
        ("text/html", PAGE),
        ("application/xhtml+xml", PAGE),
        ("application/json", DATA),
        ("text/plain", DATA),
        ("image/svg+xml", DATA),
        ("application/xml", DATA),
        ("text/javascript", SCRIPT),
        ("text/html javascript", DATA),
        ("text/html,javascript", DATA),
        ("application/x-javascript, text/html", DATA),
        ("application/pdf", PDF),
    ],
)
def test_the_policy_of_each_kind_of_answer(app: Flask, mimetype: str, expected: str) -> None:
    made(app, mimetype)
    Garrison(app)
    assert policy_of(app, "/made") == expected


def test_strict_lists_each_kind_of_source(app: Flask) -> None:
    Garrison(app, Policy.strict(hosts=["localhost"]))
    assert policy_of(app) == STRICT_PAGE
    assert policy_of(app, "/json") == f"default-src 'none'; frame-ancestors 'none'; {REPORT}"


def test_the_nonce_is_fresh_on_each_answer(app: Flask) -> None:
    Garrison(app)
    client = app.test_client()
    assert len({client.get("/").headers[CSP] for _ in range(50)}) == 50


def test_over_https_reports_go_both_ways_and_over_http_one(app: Flask) -> None:
    Garrison(app)
    secure = app.test_client().get("/", base_url="https://shop.example").headers
    plain = app.test_client().get("/").headers
    assert secure[CSP].endswith(f"{REPORT}; report-to garrison")
    assert secure["Reporting-Endpoints"] == (
        'garrison="/_garrison/reports", garrison-types="/_garrison/reports?trusted-types"'
    )
    assert plain[CSP].endswith(REPORT)
    assert "Reporting-Endpoints" not in plain


def test_a_mounted_app_names_the_collector_below_its_root(app: Flask) -> None:
    Garrison(app)
    headers = app.test_client().get("/", base_url="https://shop.example/app/").headers
    assert "report-uri /app/_garrison/reports" in headers[CSP]
    assert headers["Reporting-Endpoints"] == (
        'garrison="/app/_garrison/reports", garrison-types="/app/_garrison/reports?trusted-types"'
    )


@pytest.mark.parametrize("mount", ["/a;script-src-elem *", '/a", x="', "/a\r\nX: y", "/\u00e9\u20ac"])
def test_a_mount_point_that_a_client_chose_stays_one_word_of_a_header(app: Flask, mount: str) -> None:
    Garrison(app)
    environ = create_environ("/", "https://shop.example") | {"SCRIPT_NAME": mount.encode().decode("latin-1")}
    headers = run_wsgi_app(app, environ)[2]
    path = re.escape(f"/{quote(mount[1:])}/_garrison/reports")
    assert re.search(f"report-uri {path}; report-to garrison$", headers[CSP])
    assert re.match(f'garrison="{path}", ', headers["Reporting-Endpoints"])


def test_what_is_kept_for_mount_points_is_bounded(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "_MAX_VARIANTS", 2)
    kept: build.PerVariant[str] = build.PerVariant()
    with app.test_request_context():
        for number in range(5):
            variant = build.Variant(Kind.OTHER, "", "", False, f"/{number}", False)
            kept[variant] = "text"
            assert kept.get(variant) == "text"
    assert len(kept) <= 2


def test_trusted_types_are_reported_by_default(app: Flask) -> None:
    Garrison(app)
    headers = app.test_client().get("/").headers
    assert headers[RO] == f"require-trusted-types-for 'script'; {REPORT}?trusted-types"
    assert RO not in app.test_client().get("/json").headers


@pytest.mark.parametrize("settings", [{"trusted_types": "off"}, {"modes": {"headers.trusted-types": "off"}}])
def test_trusted_types_can_be_switched_off(app: Flask, settings: dict[str, Any]) -> None:
    Garrison(app, **settings)
    assert RO not in app.test_client().get("/").headers


def test_trusted_types_can_be_enforced(app: Flask) -> None:
    Garrison(app, trusted_types="enforce")
    headers = app.test_client().get("/").headers
    assert parse(headers[CSP])["require-trusted-types-for"] == ("'script'",)
    assert RO not in headers


def test_observe_sends_the_policy_report_only(app: Flask) -> None:
    Garrison(app, mode="observe")
    headers = app.test_client().get("/").headers
    assert CSP not in headers
    assert next(shape(one) for one in headers.getlist(RO)) == PAGE


def test_switched_off_no_policy_is_sent(app: Flask) -> None:
    Garrison(app, modes={"headers.csp": "off", "headers.trusted-types": "off"})
    headers = app.test_client().get("/").headers
    assert not {CSP, RO} & set(headers.keys())


SETTINGS: list[tuple[dict[str, Any], str, str]] = [
    ({"form_targets": ["https://pay.example"]}, "form-action", "'self' https://pay.example"),
    ({"frame_ancestors": ["https://a.example"]}, "frame-ancestors", "https://a.example"),
    ({"csp": {"img-src": ["'self'", "data:"]}}, "img-src", "'self' data:"),
    ({"csp": {"base-uri": ["'self'"]}}, "base-uri", "'self'"),
    ({"csp": {"script-src": ["https://cdn.example"]}}, "script-src", "https://cdn.example 'nonce-N'"),
    ({"csp": {"script-src": ["'none'"]}}, "script-src", "'none'"),
    ({"style_nonces": True}, "style-src", "'nonce-N' 'report-sample'"),
    ({"default_src_none": True}, "default-src", "'none'"),
    ({"allow_insecure_inline_handlers": ["index"]}, "script-src-attr", "'unsafe-inline'"),
    ({"allow_insecure_inline_scripts": ["index"]}, "script-src", "'self' https: 'unsafe-inline'"),
    ({"allow_insecure_eval": ["index"]}, "script-src", "'nonce-N' 'strict-dynamic' 'report-sample' 'unsafe-eval'"),
    (
        {"style_nonces": True, "allow_insecure_style_attributes": ["index"]},
        "style-src-attr",
        "'unsafe-inline'",
    ),
    ({"report_path": "/reports"}, "report-uri", "/reports"),
]


@pytest.mark.parametrize(("settings", "directive", "sources"), SETTINGS)
def test_each_setting_changes_its_directive(app: Flask, settings: dict[str, Any], directive: str, sources: str) -> None:
    Garrison(app, **settings)
    assert " ".join(parse(policy_of(app))[directive]) == sources


@pytest.mark.parametrize("danger", ["inline_handlers", "inline_scripts", "eval"])
def test_an_allowance_reaches_its_endpoint_alone(app: Flask, danger: str) -> None:
    app.add_url_rule("/other", "other", lambda: "<p>")
    Garrison(app, **{f"allow_insecure_{danger}": ["index"]})
    assert policy_of(app) != PAGE
    assert policy_of(app, "/other") == PAGE
    assert policy_of(app, "/nothing") == PAGE


def test_a_view_declares_targets_and_directives_for_itself(app: Flask) -> None:
    @view_policy(form_targets=["https://pay.example"], csp={"img-src": ["https://img.example"]})
    def pay() -> str:
        return "pay"

    app.add_url_rule("/pay", "pay", pay)
    Garrison(app)
    policy = parse(policy_of(app, "/pay"))
    assert policy["form-action"] == ("'self'", "https://pay.example")
    assert policy["img-src"] == ("https://img.example",)
    assert policy_of(app) == PAGE


def test_an_app_that_sends_a_policy_itself_gets_one_merged_policy(app: Flask) -> None:
    own = "default-src 'self'; script-src 'self' 'nonce-abc'; img-src *"
    made(app, "text/html", {CSP: own})
    Garrison(app)
    answer = app.test_client().get("/made")
    (sent,) = answer.headers.getlist(CSP)
    policy = {name: " ".join(sources) for name, sources in parse(shape(sent)).items()}
    assert policy["script-src"] == "'self' 'nonce-abc' 'nonce-N'"
    assert (policy["default-src"], policy["img-src"], policy["object-src"]) == ("'self'", "*", "'none'")
    assert policy["frame-ancestors"] == "'self'"


def test_observe_leaves_the_apps_own_policy(app: Flask) -> None:
    made(app, "text/html", {CSP: "img-src *"})
    Garrison(app, mode="observe")
    answer = app.test_client().get("/made")
    assert answer.headers.getlist(CSP) == ["img-src *"]
    assert RO in answer.headers


def test_a_report_only_policy_of_the_app_stands_beside_ours(app: Flask) -> None:
    made(app, "text/html", {RO: "img-src 'none'"})
    Garrison(app)
    headers = app.test_client().get("/made").headers
    assert "img-src 'none'" in headers.getlist(RO)
    assert len(headers.getlist(CSP)) == 1
