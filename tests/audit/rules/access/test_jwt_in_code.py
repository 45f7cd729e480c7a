"""Tokens that nothing verifies."""

from __future__ import annotations

import pytest

from tests.audit.code.support import findings_in, marked

RULE = "access.jwt-unverified"

FOUND = [
    """
import jwt
from flask import Flask, request, session, abort
app = Flask(__name__)
@app.post("/v")
def v():
    claims = jwt.decode(request.args["t"], options={"verify_signature": False})  # found
    return ''
""",
    """
import jwt, os
from flask import Flask, request, session, abort
app = Flask(__name__)
KEY = os.environ["K"]
@app.post("/v")
def v():
    claims = jwt.decode(request.args["t"], KEY, algorithms=["HS256"], options={"verify_exp": False})  # found
    return ''
""",
]
SAFE = [
    """
import jwt, os
from flask import Flask, request, session, abort
app = Flask(__name__)
@app.post("/v")
def v():
    claims = jwt.decode(request.args["t"], os.environ["K"], algorithms=["HS256"])
    return ''
""",
]


@pytest.mark.parametrize("code", FOUND)
def test_found(code: str) -> None:
    assert [line for line, _ in findings_in(code, RULE)] == marked(code)


@pytest.mark.parametrize("code", SAFE)
def test_safe(code: str) -> None:
    assert findings_in(code, RULE) == []
