"""MD5 and SHA-1 as signatures."""

from __future__ import annotations

import pytest

from tests.audit.code.support import findings_in, marked

RULE = "access.weak-signature-hash"

FOUND = [
    """
import hashlib, os
from flask import Flask, request, session, abort
app = Flask(__name__)
@app.post("/v")
def v():
    mark = hashlib.md5((os.environ["LINK_KEY"] + request.args["f"]).encode()).hexdigest()  # found
    if mark != request.args["mark"]:
        abort(403)
    return ''
""",
]
SAFE = [
    """
import hashlib
from flask import Flask, request, session, abort
app = Flask(__name__)
@app.post("/v")
def v():
    etag = hashlib.md5(b"page").hexdigest()
    if request.headers.get("If-None-Match") == etag:
        return "", 304
    return ''
""",
    """
import hashlib
from flask import Flask, request, session, abort
app = Flask(__name__)
@app.post("/v")
def v():
    name = hashlib.sha1(request.data).hexdigest()
    open("store/" + name)
    return ''
""",
    """
import hmac, os
from flask import Flask, request, session, abort
app = Flask(__name__)
@app.post("/v")
def v():
    m = hmac.new(os.environ["LINK_KEY"].encode(), request.data, "sha256").hexdigest()
    return ''
""",
    """
import hashlib
def changed(old, text):
    return hashlib.md5(text.encode()).hexdigest() != old
from flask import Flask, request, session, abort
app = Flask(__name__)
@app.post("/v")
def v():
    changed("x", "y")
    return ''
""",
]


@pytest.mark.parametrize("code", FOUND)
def test_found(code: str) -> None:
    assert [line for line, _ in findings_in(code, RULE)] == marked(code)


@pytest.mark.parametrize("code", SAFE)
def test_safe(code: str) -> None:
    assert findings_in(code, RULE) == []
