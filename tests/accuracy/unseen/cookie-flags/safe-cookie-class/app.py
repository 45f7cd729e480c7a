"""Device binding of a pharmacy's ordering terminal by a long-lived cookie."""

import os
import secrets
from dataclasses import asdict, dataclass, replace

from flask import Flask, abort, jsonify, request
from redis import Redis

app = Flask(__name__)
store = Redis.from_url(os.environ["REDIS_URL"], decode_responses=True)


@dataclass(frozen=True)
class CookieRules:
    secure: bool = False
    httponly: bool = False
    samesite: str | None = None
    path: str = "/"

    def tightened(self):
        return replace(self, secure=True, httponly=True, samesite="Strict")


class Terminal:
    cookie = "__Host-terminal"
    rules = CookieRules().tightened()

    def bind(self, response, branch):
        key = secrets.token_urlsafe(32)
        store.set(f"terminal:{key}", branch, ex=90 * 86400)
        response.set_cookie(self.cookie, key, max_age=90 * 86400, **asdict(self.rules))  # <- safe
        return response

    def branch(self):
        key = request.cookies.get(self.cookie, "")
        return store.get(f"terminal:{key}") if key else None


terminal = Terminal()


@app.post("/terminals/bind")
def bind():
    branch = store.getdel(f"binding:{request.form.get('code', '')}")
    if branch is None:
        abort(403)
    return terminal.bind(jsonify(branch=branch), branch)


@app.get("/orders")
def orders():
    branch = terminal.branch() or abort(401)
    return jsonify(branch=branch, orders=store.lrange(f"orders:{branch}", 0, 50))
