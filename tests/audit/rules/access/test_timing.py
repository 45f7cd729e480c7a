"""Secrets that are compared with ==."""

from __future__ import annotations

import pytest

from tests.audit.code.support import findings_in, marked

RULE = "access.timing-comparison"

FOUND = [
    """
import os
KEY = os.environ['API_KEY']
from flask import Flask, request, session, abort
app = Flask(__name__)
@app.post("/v")
def v():
    if request.headers.get("X-Api-Key") != KEY:  # found
        abort(403)
    return ''
""",
    """
import hmac, os
from flask import Flask, request, session, abort
app = Flask(__name__)
@app.post("/v")
def v():
    code = hmac.new(os.environ["HOOK_KEY"].encode(), request.data, "sha256").hexdigest()
    if code == request.headers["X-Signature"]:  # found
        return "ok"
    return ''
""",
]
SAFE = [
    """
import hmac, os
KEY = os.environ['API_KEY']
from flask import Flask, request, session, abort
app = Flask(__name__)
@app.post("/v")
def v():
    if not hmac.compare_digest(request.headers.get("X-Api-Key", ""), KEY):
        abort(403)
    return ''
""",
    """
from flask import Flask, request, session, abort
app = Flask(__name__)
@app.post("/v")
def v():
    if request.form["password"] != request.form["confirm"]:
        abort(400)
    return ''
""",
    """
from flask import Flask, request, session, abort
app = Flask(__name__)
@app.post("/v")
def v():
    if request.args.get("token_type") == "bearer":
        return "b"
    return ''
""",
    """
from models import User
from flask import Flask, request, session, abort
app = Flask(__name__)
@app.post("/v")
def v():
    row = User.query.filter(User.reset_token == request.args["token"]).first()
    return ''
""",
]


@pytest.mark.parametrize("code", FOUND)
def test_found(code: str) -> None:
    assert [line for line, _ in findings_in(code, RULE)] == marked(code)


@pytest.mark.parametrize("code", SAFE)
def test_safe(code: str) -> None:
    assert findings_in(code, RULE) == []
