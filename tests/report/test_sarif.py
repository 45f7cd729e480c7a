"""SARIF: valid by the schema, and what code hosts read of it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from flask_garrison.findings import Report, Severity
from flask_garrison.report import render
from tests.report.support import ATTACKS, CLEAN, HANDLER, KEY, REPORT, hostile

SCHEMA = Path("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json")


def run_of(report: Report, **options: Any) -> dict[str, Any]:
    run: dict[str, Any] = json.loads(render(report, "sarif", **options))["runs"][0]
    return run


def result_of(run: dict[str, Any], rule: str) -> dict[str, Any]:
    return next(result for result in run["results"] if result["ruleId"] == rule)


@pytest.fixture(scope="session")
def validator(node_modules: Path) -> jsonschema.Draft4Validator:
    """Give the schema of the standard as Microsoft's package for JavaScript ships it."""
    schema = json.loads((node_modules / SCHEMA).read_text("utf-8"))
    return jsonschema.Draft4Validator(schema, format_checker=jsonschema.Draft4Validator.FORMAT_CHECKER)


@pytest.mark.parametrize("report", [REPORT, CLEAN, replace(CLEAN, rules=(), passed=())], ids=["full", "clean", "empty"])
def test_valid(validator: jsonschema.Draft4Validator, report: Report) -> None:
    validator.validate(json.loads(render(report, "sarif")))


@pytest.mark.parametrize("words", ATTACKS, ids=lambda words: repr(words[:20]))
def test_valid_and_bounded_whatever_the_words(validator: jsonschema.Draft4Validator, words: str) -> None:
    text = render(hostile(words), "sarif")
    validator.validate(json.loads(text))
    assert text.isascii()
    assert len(text) < 4_500_000


def test_the_schema_would_tell(validator: jsonschema.Draft4Validator) -> None:
    log = json.loads(render(REPORT, "sarif"))
    log["runs"][0]["results"][0]["level"] = "medium"
    assert not validator.is_valid(log)


def test_every_index_leads_to_what_it_names() -> None:
    run = run_of(REPORT)
    rules, taxa = run["tool"]["driver"]["rules"], run["taxonomies"][0]["taxa"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        for taxon in result["taxa"]:
            assert taxa[taxon["index"]]["id"] == taxon["id"]
    for rule in rules:
        for relation in rule["relationships"]:
            assert taxa[relation["target"]["index"]]["id"] == relation["target"]["id"]
    for notification in run["invocations"][0]["toolExecutionNotifications"]:
        if "associatedRule" in notification:
            associated = notification["associatedRule"]
            assert rules[associated["index"]]["id"] == associated["id"]


def test_a_rule_carries_its_help() -> None:
    rules = {rule["id"]: rule for rule in run_of(REPORT)["tool"]["driver"]["rules"]}
    rule = rules["access.weak-secret-key"]
    assert rule["name"] == "AccessWeakSecretKey"
    assert rule["shortDescription"]["text"] == "The secret key is weak"
    assert rule["help"]["text"].startswith("Make a key with python")
    assert rule["help"]["markdown"].startswith("# `access.weak-secret-key`\n")
    assert rule["properties"]["security-severity"] == "8.0"
    assert rule["properties"]["tags"][:3] == ["security", "access", "external/cwe/cwe-321"]
    assert rules["inputs.some-path"]["help"]["text"].startswith("Add a listener:")


def test_a_place_in_a_file() -> None:
    result = result_of(run_of(REPORT), HANDLER.rule)
    assert result["level"] == "note"
    assert result["message"]["text"].startswith(
        "Inline event handler onclick.\nEvidence: <a onclick=x>\nAdd a listener"
    )
    assert result["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "templates/a.html", "uriBaseId": "%SRCROOT%"},
                "region": {"startLine": 3},
            }
        }
    ]
    mark = REPORT.findings[[one.line for one in REPORT.findings].index(3)].fingerprint
    assert result["partialFingerprints"] == {"garrison/v1": mark, "primaryLocationLineHash": f"{mark}:1"}


def test_a_route_is_a_logical_location_at_the_file_of_the_module(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    route = {"name": "GET /login", "fullyQualifiedName": "GET /login", "kind": "route"}
    monkeypatch.chdir(tmp_path)
    assert result_of(run_of(REPORT), "headers.some-answer")["locations"] == [{"logicalLocations": [route]}]
    (tmp_path / "shop.py").touch()
    (location,) = result_of(run_of(REPORT), "headers.some-answer")["locations"]
    assert location["physicalLocation"]["artifactLocation"]["uri"] == "shop.py"
    assert location["logicalLocations"] == [route]


def test_a_path_of_several_steps_is_a_code_flow() -> None:
    run = run_of(REPORT)
    (flow,) = result_of(run, "inputs.some-path")["codeFlows"]
    steps = [step["location"] for step in flow["threadFlows"][0]["locations"]]
    assert [step["message"]["text"] for step in steps] == ['name = request.args["q"]', "execute(name)"]
    assert [step["physicalLocation"]["artifactLocation"]["uri"] for step in steps] == ["shop.py", "db.py"]
    assert "codeFlows" not in result_of(run, KEY.rule)


def test_paths_are_written_as_uris() -> None:
    def uri(path: str) -> str:
        (location,) = result_of(run_of(replace(CLEAN, findings=(replace(HANDLER, path=path),))), HANDLER.rule)[
            "locations"
        ]
        return str(location["physicalLocation"]["artifactLocation"]["uri"])

    assert uri("a b/é#?.html") == "a%20b/%C3%A9%23%3F.html"
    assert uri("caf\udce9") == "caf%E9"
    assert uri("/srv/a.html") == "file:///srv/a.html"


def test_what_is_known_is_suppressed_with_its_reason() -> None:
    suppressed = [result for result in run_of(REPORT)["results"] if "suppressions" in result]
    assert [result["suppressions"] for result in suppressed] == [
        [
            {
                "kind": "external",
                "status": "accepted",
                "justification": "until 2027-01-31, goes away with the redesign",
            }
        ]
    ]


@pytest.mark.parametrize(
    ("report", "fail_on", "status", "successful"),
    [(REPORT, Severity.HIGH, 1, False), (REPORT, None, 3, False), (CLEAN, Severity.LOW, 0, True)],
)
def test_how_the_run_ended(report: Report, fail_on: Severity | None, status: int, successful: bool) -> None:
    (invocation,) = run_of(report, fail_on=fail_on)["invocations"]
    assert (invocation["exitCode"], invocation["executionSuccessful"]) == (status, successful)


def test_what_was_not_checked_is_a_notification() -> None:
    (invocation,) = run_of(REPORT)["invocations"]
    first, second = invocation["toolExecutionNotifications"]
    assert first["level"] == "warning"
    assert first["message"]["text"] == "Not checked: GET /cart: it needs a user. Give one with --user."
    assert first["associatedRule"]["id"] == "transport.undeclared-hosts"
    assert (second["level"], second["message"]["text"]) == ("note", "Not checked: d.html: a pipe (accepted: old page).")
