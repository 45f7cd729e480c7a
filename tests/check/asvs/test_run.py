"""A real run with verdicts over a small application, bare and guarded."""

from __future__ import annotations

from pathlib import Path

import pytest

from flask_garrison.check import check_app
from flask_garrison.findings import Report
from flask_garrison.findings.asvs import Asvs, Verdict

APP = """
from flask import Flask, render_template_string

app = Flask(__name__)
app.secret_key = "6f1d0c9b4f7e4a2b8d53a7c0e1b94f26"

@app.get("/")
def index():
    return render_template_string("<!doctype html><title>Shop</title><script>1</script>")

@app.post("/orders")
def order():
    return {"ordered": True}
"""
PLAIN = """
@app.get("/plain")
def plain():
    return "plain"

@app.after_request
def mark(response):
    from flask import request
    if request.path != "/plain":
        response.headers["X-Content-Type-Options"] = "nosniff"
    return response
"""
GUARDED = "from shopping import app\nfrom flask_garrison import Garrison\nGarrison(app, hosts=['shop.example'])\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "shopping.py").write_text(APP)
    (tmp_path / "guarded.py").write_text(GUARDED)
    (tmp_path / "garrison.toml").write_text("")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _verdicts(report: Report) -> tuple[Asvs, dict[str, Verdict]]:
    assert report.asvs is not None
    return report.asvs, {one.id: one.verdict for one in report.asvs.requirements}


def test_bare_and_guarded(project: Path) -> None:
    bare, by_id = _verdicts(check_app("shopping:app", asvs="table"))
    assert sum(bare.count(verdict) for verdict in Verdict) == 253
    assert by_id["V3.4.1"] is by_id["V3.4.3"] is by_id["V3.4.4"] is by_id["V12.2.1"] is Verdict.NOT_MET
    assert by_id["V17.1.1"] is by_id["V4.3.2"] is by_id["V5.2.2"] is Verdict.NOT_APPLICABLE
    assert bare.count(Verdict.MET) < 5
    assert not bare.full

    guarded, by_id = _verdicts(check_app("guarded:app", asvs="full"))
    assert sum(guarded.count(verdict) for verdict in Verdict) == 253
    assert {by_id[one] for one in ("V3.4.3", "V3.4.4", "V3.4.5", "V3.4.6", "V12.2.1", "V16.5.1")} == {Verdict.MET}
    assert guarded.count(Verdict.MET) > bare.count(Verdict.MET)
    assert guarded.count(Verdict.NOT_MET) < bare.count(Verdict.NOT_MET)
    assert by_id["V6.2.1"] is Verdict.NOT_APPLICABLE
    assert guarded.full
    assert all(one.said for one in guarded.requirements if one.verdict is not Verdict.NEEDS_PERSON)


def test_ignored_findings_count(project: Path) -> None:
    entry = '[[ignore]]\nrule = "headers.nosniff-missing"\nroute = "/plain"\nreason = "an old client"\n'
    (project / "garrison.toml").write_text(entry)
    (project / "shopping.py").write_text(APP + PLAIN)
    report = check_app("shopping:app", asvs="table")
    assert report.ignored == 1
    assert report.asvs is not None
    one = next(one for one in report.asvs.requirements if one.id == "V3.4.4")
    assert one.verdict is Verdict.NOT_MET
    assert one.said[0].endswith(" (ignored by garrison.toml)")


def test_no_verdicts_unless_asked(project: Path) -> None:
    report = check_app("shopping:app")
    assert report.asvs is None
    assert "asvs" not in report.as_dict()["summary"]
