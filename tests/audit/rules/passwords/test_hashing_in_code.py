"""How the code hashes passwords."""

from __future__ import annotations

import pytest

from tests.audit.code.support import findings_in, marked

RULE = "passwords.weak-hash"

FOUND = [
    """
import hashlib
from flask import Flask, request, session, abort
app = Flask(__name__)
@app.post("/v")
def v():
    pw = request.form["password"]
    h = hashlib.md5(pw.encode()).hexdigest()  # found
    return ''
""",
    """
import hashlib
from flask import Flask, request, session, abort
app = Flask(__name__)
@app.post("/v")
def v():
    h = hashlib.sha256()
    h.update(request.json["password"].encode())  # found
    return ''
""",
    """
from werkzeug.security import generate_password_hash
from flask import Flask, request, session, abort
app = Flask(__name__)
@app.post("/v")
def v():
    h = generate_password_hash(request.form["password"], method="pbkdf2:sha1:1000")  # found
    return ''
""",
    """
import bcrypt
from flask import Flask, request, session, abort
app = Flask(__name__)
@app.post("/v")
def v():
    h = bcrypt.hashpw(request.form["password"].encode(), bcrypt.gensalt(rounds=5))  # found
    return ''
""",
    """
import hashlib
from flask import Flask, request, session, abort
app = Flask(__name__)
@app.post("/v")
def v():
    h = hashlib.pbkdf2_hmac("sha256", request.form["password"].encode(), b"s", 1000)  # found
    return ''
""",
    """
import hashlib
from flask import Flask, request, session, abort
app = Flask(__name__)
@app.post("/v")
def v():
    h = hashlib.scrypt(request.form["password"].encode(), salt=b"s", n=16, r=8, p=1)  # found
    return ''
""",
]
SAFE = [
    """
import bcrypt, hashlib
from flask import Flask, request, session, abort
app = Flask(__name__)
@app.post("/v")
def v():
    d = hashlib.sha256(request.form["password"].encode()).digest()
    h = bcrypt.hashpw(d, bcrypt.gensalt())
    return ''
""",
    """
from werkzeug.security import generate_password_hash
from flask import Flask, request, session, abort
app = Flask(__name__)
@app.post("/v")
def v():
    h = generate_password_hash(request.form["password"])
    return ''
""",
    """
import hashlib
from flask import Flask, request, session, abort
app = Flask(__name__)
@app.post("/v")
def v():
    h = hashlib.md5(request.form["email"].encode()).hexdigest()
    return ''
""",
    """
import hashlib, requests
from flask import Flask, request, session, abort
app = Flask(__name__)
@app.post("/v")
def v():
    d = hashlib.sha1(request.form["password"].encode()).hexdigest()
    requests.get("https://api.pwnedpasswords.com/range/" + d[:5])
    return ''
""",
]


@pytest.mark.parametrize("code", FOUND)
def test_found(code: str) -> None:
    assert [line for line, _ in findings_in(code, RULE)] == marked(code)


@pytest.mark.parametrize("code", SAFE)
def test_safe(code: str) -> None:
    assert findings_in(code, RULE) == []
