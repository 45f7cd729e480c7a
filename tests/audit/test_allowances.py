"""Whatever weakens a defence is listed, endpoint by endpoint."""

from __future__ import annotations

from flask import Flask

from flask_garrison import Garrison, view_policy
from flask_garrison.audit import audit_app
from flask_garrison.audit.catalogue import checks_that_read
from flask_garrison.findings import Finding


def on_allowances(app: Flask) -> list[Finding]:
    rules = {check.rule.id for check in checks_that_read("allowance")}
    return [finding for finding in audit_app(app, "shop").findings if finding.rule in rules]


def make_app() -> Flask:
    app = Flask("shop")
    app.config["TRUSTED_HOSTS"] = ["shop.example"]

    @app.post("/hook/<int:number>")
    @view_policy(allow_insecure_csrf=True)
    def hook(number: int) -> str:
        return "hook"

    app.add_url_rule("/", "index", lambda: "page")
    return app


def test_each_allowance_is_a_finding_with_its_route() -> None:
    app = make_app()
    Garrison(app, allow_insecure_inline_handlers=["index"], allow_insecure_eval=["idnex"])
    findings = on_allowances(app)
    assert {(one.rule, one.route, one.title) for one in findings} == {
        ("inputs.csrf-exemption", "/hook/<int:number>", "hook accepts requests from any site"),
        ("headers.unknown-allowance", None, "allow_insecure_eval names 'idnex', and there is no such endpoint"),
        ("headers.insecure-allowance", "/", "index is exempt by allow_insecure_inline_handlers"),
    }
    where = {one.rule: one.evidence[0].summary for one in findings}
    assert where["inputs.csrf-exemption"] == "@view_policy on the view sets allow_insecure_csrf for hook"
    assert where["headers.insecure-allowance"] == "the policy sets allow_insecure_inline_handlers for index"


def test_a_guarded_app_without_allowances_and_an_unguarded_one_have_no_finding() -> None:
    app = Flask("shop")
    app.config["TRUSTED_HOSTS"] = ["shop.example"]
    assert on_allowances(app) == []
    Garrison(app)
    assert on_allowances(app) == []
