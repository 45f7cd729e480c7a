"""Keys and algorithms of tokens."""

from __future__ import annotations

import pytest

from tests.audit.code.support import findings_in, found, marked

FOUND = [
    (
        "access.jwt-weak-key",
        """
import os
import jwt
from flask import Flask, request
app = Flask(__name__)
@app.get('/')
def v():
    token = request.args['t']
    return jwt.encode({'sub': 1}, 's3cr3t-k3y', algorithm='HS256')  # found
""",
    ),
    (
        "access.jwt-algorithms-in-code",
        """
import os
import jwt
from flask import Flask, request
app = Flask(__name__)
@app.get('/')
def v():
    token = request.args['t']
    return jwt.decode(token, os.environ['K'], algorithms=['HS256', 'none'])  # found
""",
    ),
    (
        "access.jwt-algorithms-in-code",
        """
import os
import jwt
from flask import Flask, request
app = Flask(__name__)
@app.get('/')
def v():
    token = request.args['t']
    return jwt.decode(token, os.environ['K'], algorithms=['RS256', 'HS256'])  # found
""",
    ),
    (
        "access.jwt-algorithms-in-code",
        """
import os
import jwt
from flask import Flask, request
app = Flask(__name__)
@app.get('/')
def v():
    token = request.args['t']
    return jwt.decode(token, os.environ['K'], algorithms=[jwt.get_unverified_header(token)['alg']])  # found
""",
    ),
]
SAFE = [
    (
        "access.jwt-weak-key",
        """
import os
import jwt
from flask import Flask, request
app = Flask(__name__)
@app.get('/')
def v():
    token = request.args['t']
    return jwt.encode({'sub': 1}, os.environ['TOKEN_KEY'], algorithm='HS256')
""",
    ),
    (
        "access.jwt-algorithms-in-code",
        """
import os
import jwt
from flask import Flask, request
app = Flask(__name__)
@app.get('/')
def v():
    token = request.args['t']
    return jwt.decode(token, os.environ['K'], algorithms=['ES256'])
""",
    ),
]


@pytest.mark.parametrize(("rule", "code"), FOUND)
def test_found(rule: str, code: str) -> None:
    assert [line for line, _ in findings_in(code, rule)] == marked(code)


@pytest.mark.parametrize(("rule", "code"), SAFE)
def test_safe(rule: str, code: str) -> None:
    assert findings_in(code, rule) == []


def test_no_finding_holds_the_key() -> None:
    for finding in found(FOUND[0][1], "access.jwt-weak-key"):
        assert "s3cr3t" not in repr(finding)
