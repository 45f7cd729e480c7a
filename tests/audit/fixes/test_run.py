"""From findings to files: which ones are touched, what the difference shows, and what keeps a file as it is."""

from __future__ import annotations

import ast
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flask_garrison.audit.fixes.applying import repaired
from flask_garrison.audit.fixes.catalogue import all_fixes
from flask_garrison.audit.fixes.code import Code
from flask_garrison.audit.fixes.model import Edit, Place, Repair
from flask_garrison.audit.fixes.run import changes_for, difference, write
from flask_garrison.errors import GarrisonError
from tests.audit.fixes.support import changes, found

DEBUG = "assessment.debug-in-code"


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make one file and go there."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "app.py"
    path.write_text("x = 1\napp.run(debug=True)\n")
    return path


def test_the_difference(app: Path) -> None:
    (change,) = changes(app, DEBUG)
    assert change.count == 1
    assert difference(change) == (
        "--- a/app.py\n+++ b/app.py\n@@ -1,2 +1,2 @@\n x = 1\n-app.run(debug=True)\n+app.run()\n"
    )
    assert app.read_text() == "x = 1\napp.run(debug=True)\n"


def test_the_difference_without_a_last_line_end(app: Path) -> None:
    app.write_text("app.run(debug=True)")
    (change,) = changes(app, DEBUG)
    assert difference(change).endswith(
        "-app.run(debug=True)\n\\ No newline at end of file\n+app.run()\n\\ No newline at end of file\n"
    )


def test_two_rules_on_one_line(app: Path) -> None:
    app.write_text("import requests, yaml\na = yaml.load(requests.get(u, verify=False).text, Loader=yaml.Loader)\n")
    findings = [found(rule, app, 2) for rule in ("inputs.yaml-load", "transport.tls-verification-off")]
    (change,) = changes_for(findings, app.parent)
    assert change.new == b"import requests, yaml\na = yaml.safe_load(requests.get(u).text)\n"
    assert change.count == 2


def test_only_the_call_at_the_column(app: Path) -> None:
    app.write_text("ä = '😀'; app.run(debug=True); other.run(debug=True)\n")
    (change,) = changes_for([found(DEBUG, app, 1, column=11)], app.parent)
    assert change.new.decode() == "ä = '😀'; app.run(); other.run(debug=True)\n"


def test_the_same_finding_twice_is_one_repair(app: Path) -> None:
    (change,) = changes_for([found(DEBUG, app, 2)] * 2, app.parent)
    assert change.count == 1


def test_code_in_newer_syntax(app: Path) -> None:
    app.write_text("type A = int\na = f'{b['c']}'\napp.run(debug=True)\n")
    (change,) = changes(app, DEBUG)
    assert change.new == b"type A = int\na = f'{b['c']}'\napp.run()\n"


@pytest.mark.parametrize(
    "content", [b"app.run(debug=True\n", b"\xff\napp.run(debug=True)\n", b"# coding: x\napp.run(debug=True)\n"]
)
def test_what_cannot_be_read_is_left_alone(app: Path, content: bytes) -> None:
    app.write_bytes(content)
    assert changes(app, DEBUG) == []


def test_nothing_outside_the_target_is_touched(app: Path, tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "link.py").symlink_to(app)
    assert changes_for([found(DEBUG, inside / "link.py", 2)], inside) == []
    assert changes_for([found("headers.unheard-of", app, 2)], tmp_path) == []


def test_written_with_its_rights_and_nothing_left_over(app: Path) -> None:
    app.chmod(0o750)
    (change,) = changes(app, DEBUG)
    write(change)
    assert app.read_text() == "x = 1\napp.run()\n"
    assert app.stat().st_mode & 0o777 == 0o750
    assert os.listdir(app.parent) == ["app.py"]


def test_a_file_that_changed_meanwhile_is_left_alone(app: Path) -> None:
    (change,) = changes(app, DEBUG)
    app.write_text("other\n")
    with pytest.raises(GarrisonError, match=r"app.py has changed meanwhile"):
        write(change)
    assert app.read_text() == "other\n"


@pytest.mark.parametrize(
    "edit",
    [Edit(8, 20, "danger()"), Edit(0, 5, "x = 2"), Edit(20, 20, "\ny = 3"), Edit(6, 6, "(")],
    ids=["another call", "another statement", "one more", "no syntax"],
)
def test_an_edit_that_does_more_than_it_says_is_not_made(edit: Edit) -> None:
    code = Code(b"x = 1\napp.run(a=1, b)".replace(b", b", b""))
    call = next(node for node in ast.walk(code.tree) if isinstance(node, ast.Call))
    text, done = repaired(code, [Repair(call, (edit,), lambda node: node)])
    assert (text, done) == (code.text, [])


WORDS = st.sampled_from(
    [
        "yaml.load(x, yaml.Loader)",
        "r.set_cookie('ä', b)",
        "requests.get(u, verify=False)",
        "random.choice(b)",
        "app.run(debug=True)",
        "a.digest() == b.digest()",
        "f(\n  1,  # ö\n)",
        "'😀'",
        "tarfile.open(a).extractall()",
    ]
)
LINES = st.lists(st.lists(WORDS, min_size=1, max_size=3).map(", ".join).map(lambda words: f"a = ({words})"))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(LINES, st.sampled_from(["\n", "\r\n"]))
def test_whatever_stands_beside_each_other_it_is_repaired_and_stays_so(lines: list[str], newline: str) -> None:
    source = "\n".join(["import random, tarfile, yaml, requests", *lines, ""]).replace("\n", newline)
    for _ in range(2):
        code = Code(source.encode())
        everywhere = [Place(code, number) for number in range(1, source.count("\n") + 2)]
        repairs = [one for fix in all_fixes() for place in everywhere for one in fix.find(place)]
        source, done = repaired(code, repairs)
    assert done == []
    assert not any(word in source for word in ("yaml.load(", "verify=False", "debug=True", "random.choice", " == "))
    if newline == "\r\n":
        assert source.count("\n") == source.count("\r\n")
