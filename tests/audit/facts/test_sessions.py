"""Whether an application has sessions is decided by what it uses, in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
from pathlib import Path
{imports}
import flask
from flask_garrison.audit.inspected import Inspected
from flask_garrison.audit.facts.sessions import has_sessions

app = flask.Flask("shop")
app.secret_key = "a key for tests only, long enough to sign with"
{body}
print(has_sessions(Inspected(app, Path.cwd(), {{}})))
"""


@pytest.mark.parametrize(
    ("imports", "body", "expected"),
    [
        ("", "", "False"),
        ("from flask import session", "", "True"),
        ("from flask import session as kept", "", "True"),
        ("from flask import flash", "", "True"),
        ("import flask_login", "", "True"),
        ("", "app.add_url_rule('/', 'home', lambda: flask.session.get('user'))", "True"),
        ("", "app.before_request(lambda: flask.session.clear())", "True"),
        ("from flask import session", "app.secret_key = None", "False"),
        ("", "app.add_url_rule('/', 'home', lambda: flask.request.path)", "False"),
        ("import flask_garrison as g", "g.Garrison(app)", "False"),
        ("import flask_garrison as g\nfrom flask import session", "g.Garrison(app, sessions=False)", "False"),
        ("from flask.sessions import SessionInterface", "app.session_interface = SessionInterface()", "True"),
    ],
)
def test_sessions_are_used_or_not(tmp_path: Path, imports: str, body: str, expected: str) -> None:
    program = PROGRAM.format(imports=imports, body=body)
    run = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (run.stdout.strip(), run.stderr) == (expected, "")
