"""``garrison policy suggest``."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from werkzeug.test import Client

from flask_garrison import Garrison, Policy, events
from flask_garrison.cli import flask_group


def run(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(flask_group, ["policy", "suggest", *arguments], input=stdin)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Give the log of a guarded app in observe mode that another site posted to, and a browser reported to."""
    file = tmp_path / "shop.log"
    handler = logging.FileHandler(file)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logger = logging.getLogger("flask_garrison.events")
    logger.addHandler(handler)
    app = Flask("shop")
    app.add_url_rule("/", "index", lambda: "hello")
    app.add_url_rule("/buy", "buy", lambda: "bought", methods=["POST"])
    Garrison(app, mode="observe")
    client = Client(app)
    cross = {"Sec-Fetch-Site": "cross-site", "Origin": "https://pay.example"}
    assert client.post("/buy", headers=cross, environ_overrides={"REMOTE_ADDR": "192.0.2.7"}).status_code == 200
    violation = {"effective-directive": "script-src-attr", "blocked-uri": "inline", "document-uri": "http://localhost/"}
    report = json.dumps({"csp-report": violation})
    client.post(Policy().report_path, data=report, content_type="application/csp-report")
    events.flush()
    logger.removeHandler(handler)
    handler.close()
    with file.open("a") as more:
        more.write('a line of something else\n{"schema":1,"cut')
    return file


def test_text_has_lines_evidence_and_verdicts(log: Path) -> None:
    result = run(str(log))
    assert result.exit_code == 0
    assert "1 other lines, 1 malformed" in result.output
    assert 'decide: trusted_origins=["https://pay.example"],' in result.output
    assert 'decide: allow_insecure_csrf=["buy"],' in result.output
    assert 'garrison.toml: allow_insecure_inline_handlers = ["index"]' in result.output
    verdicts = {line.split()[0]: line for line in result.output.splitlines() if line.strip()}
    assert "enforce after these lines" in verdicts["inputs.csrf"]
    assert "not seen" in verdicts["access.login-throttle"]


def test_toml_loads_and_trusts_nobody(log: Path, tmp_path: Path) -> None:
    output = tmp_path / "garrison.toml"
    assert run(str(log), "--format", "toml", "--output", str(output)).exit_code == 0
    policy = Policy.from_toml(output)
    assert policy.trusted_origins == ()
    assert policy.allow_insecure_csrf == ()
    assert policy.mode_of("inputs.csrf") == "observe"


def test_json_and_standard_input(log: Path) -> None:
    result = run("-", "--format", "json", stdin=log.read_bytes())
    document = json.loads(result.output)
    assert list(document) == ["schema", "read", "traffic", "controls", "lines", "policy"]
    (line,) = [one for one in document["lines"] if one["setting"] == "allow_insecure_csrf"]
    assert line["insecure"] and not line["applies"] and line["evidence"]["clients"] == 1


def test_an_unreadable_file_ends_with_2(tmp_path: Path) -> None:
    result = run(str(tmp_path / "none.log"))
    assert result.exit_code == 2
    assert "none.log" in result.output


def test_no_event_ends_with_3() -> None:
    result = run("-", stdin=b"nothing\nhere\n")
    assert result.exit_code == 3
    assert "No event in 2 lines" in result.output


def test_bad_usage_ends_with_2() -> None:
    assert run().exit_code == 2
    assert run("-", "--format", "yaml").exit_code == 2
