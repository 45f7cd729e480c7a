"""Secrets in logs."""

from __future__ import annotations

import pytest

from tests.audit.code.support import findings_in

RULE = "monitoring.secret-logged"
HEAD = """\
import hashlib, logging, os
from flask import Flask, request
app = Flask(__name__)
log = logging.getLogger(__name__)
def shown(value):
    return f"<{value}>"
@app.post("/in")
def enter():
"""


@pytest.mark.parametrize(
    ("statement", "title"),
    [
        ('log.debug("key %s", os.environ["API_KEY"])', "debug() logs a secret"),
        (
            'app.logger.info(f"login of {request.form["name"]} with {shown(request.form["password"])}")'.replace(
                '["', "['"
            ).replace('"]', "']"),
            "info() logs a password",
        ),
        ('log.warning("started with %s", os.environ)', "warning() logs the whole environment, the secrets in it too"),
        ("log.warning(dict(os.environ))", "warning() logs the whole environment, the secrets in it too"),
    ],
)
def test_logged(statement: str, title: str) -> None:
    assert findings_in(f"{HEAD}    {statement}\n    return ''\n", RULE) == [(9, title)]


@pytest.mark.parametrize(
    "statement",
    [
        'log.debug("user %s", os.environ["USER"])',
        'log.info("login of %r", request.form["name"])',
        'log.info("key ends with %s", os.environ["API_KEY"][-4:])',
        'log.info("key %s", hashlib.sha256(os.environ["API_KEY"].encode()).hexdigest())',
        'log.info("the password of %r was changed", request.form["name"])',
        'log.info("signs: %d", len(request.form["password"]))',
    ],
)
def test_not_logged(statement: str) -> None:
    assert findings_in(f"{HEAD}    {statement}\n    return ''\n", RULE) == []
