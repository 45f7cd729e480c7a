"""Tokens that can be foretold."""

from __future__ import annotations

import pytest

from tests.audit.code.support import findings_in, marked

RULE = "access.weak-randomness"

FOUND = [
    """
import random, string
from flask import Flask, request, session, abort
app = Flask(__name__)
@app.post("/v")
def v():
    token = "".join(random.choices(string.ascii_letters, k=20))  # found
    return ''
""",
    """
import random
def reset_code():
    return f'{random.randint(0, 999999):06d}'  # found
from flask import Flask, request, session, abort
app = Flask(__name__)
@app.post("/v")
def v():
    session["c"] = reset_code()
    return ''
""",
    """
import uuid
from flask import Flask, request, session, abort
app = Flask(__name__)
@app.post("/v")
def v():
    api_key = uuid.uuid1().hex  # found
    return ''
""",
]
SAFE = [
    """
import secrets
from flask import Flask, request, session, abort
app = Flask(__name__)
@app.post("/v")
def v():
    token = secrets.token_urlsafe()
    return ''
""",
    """
import random, string
from flask import Flask, request, session, abort
app = Flask(__name__)
@app.post("/v")
def v():
    token = "".join(random.SystemRandom().choice(string.digits) for _ in range(9))
    return ''
""",
    """
import random
from flask import Flask, request, session, abort
app = Flask(__name__)
@app.post("/v")
def v():
    cards = list(range(9))
    random.shuffle(cards)
    delay = random.random()
    color_code = random.randint(0, 9)
    return ''
""",
]


@pytest.mark.parametrize("code", FOUND)
def test_found(code: str) -> None:
    assert [line for line, _ in findings_in(code, RULE)] == marked(code)


@pytest.mark.parametrize("code", SAFE)
def test_safe(code: str) -> None:
    assert findings_in(code, RULE) == []
