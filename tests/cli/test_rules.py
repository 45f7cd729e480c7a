"""``garrison rules``."""

from __future__ import annotations

import json

from click.testing import CliRunner

from flask_garrison.audit.catalogue import all_checks, rule_named
from flask_garrison.audit.page import page
from flask_garrison.cli import flask_group


def test_text_lists_every_rule() -> None:
    lines = CliRunner().invoke(flask_group, ["rules"]).output.splitlines()
    assert [line.split()[2] for line in lines] == list(all_checks())


def test_json_keeps_to_the_contract() -> None:
    document = json.loads(CliRunner().invoke(flask_group, ["rules", "--format", "json"]).output)
    assert list(document) == ["rules"]
    for row in document["rules"]:
        assert list(row) == ["id", "kind", "control", "severity", "cwe", "asvs", "title"]
    assert [row["id"] for row in document["rules"]] == list(all_checks())


def test_explain_prints_the_page() -> None:
    name = "headers.javascript-url"
    assert CliRunner().invoke(flask_group, ["rules", "--explain", name]).output == page(rule_named(name))


def test_unknown_rule_is_bad_usage() -> None:
    result = CliRunner().invoke(flask_group, ["rules", "--explain", "headers.javascript-ulr"])
    assert result.exit_code == 2
    assert "Did you mean 'headers.javascript-url'" in result.output
