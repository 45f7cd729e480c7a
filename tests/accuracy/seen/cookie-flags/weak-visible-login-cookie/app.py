"""Sign-in of a market hall for stall holders, with a token cookie of its own."""

import secrets

from flask import Flask, abort, jsonify, make_response, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from werkzeug.security import check_password_hash

from holders import DUMMY, HOLDERS

app = Flask(__name__)
limiter = Limiter(get_remote_address, app=app)
TOKENS = {}
COOKIE = {"max_age": 8 * 3600, "samesite": "Lax", "path": "/"}


def remember(answer, holder):
    token = secrets.token_urlsafe(32)
    TOKENS[token] = holder
    answer.set_cookie("stall_login", token, **COOKIE)  # <- weak
    return answer


@app.post("/sign-in")
@limiter.limit("5 per minute")
def sign_in():
    name = request.form.get("name", "")
    stored = HOLDERS.get(name, DUMMY)
    if not check_password_hash(stored, request.form.get("password", "")) or name not in HOLDERS:
        return jsonify(error="name or password is wrong"), 401
    return remember(make_response(jsonify(ok=True)), name)


@app.get("/me")
def me():
    holder = TOKENS.get(request.cookies.get("stall_login", ""))
    if holder is None:
        abort(401)
    return jsonify(name=holder)
