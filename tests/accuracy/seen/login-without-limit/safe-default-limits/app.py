"""Till of a canteen, whose limiter holds every route by default and leaves out one."""

import os

from flask import Flask, abort, jsonify, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager, UserMixin, current_user, login_required, login_user
from werkzeug.security import check_password_hash

app = Flask(__name__)
app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], SESSION_COOKIE_SECURE=True, SESSION_COOKIE_SAMESITE="Strict")
login_manager = LoginManager(app)
limiter = Limiter(
    key_func=get_remote_address,
    app=app,
    storage_uri=os.environ["REDIS_URL"],
    default_limits=["10 per minute", "100 per hour"],
    default_limits_per_method=True,
)
HASHES = {"till-1": os.environ["TILL1_HASH"], "till-2": os.environ["TILL2_HASH"]}


class Till(UserMixin):
    def __init__(self, ident):
        self.id = ident


@login_manager.user_loader
def load(ident):
    return Till(ident) if ident in HASHES else None


@app.get("/alive")
@limiter.exempt
def alive():
    return jsonify(ok=True)


@app.post("/login")
def login():  # <- safe
    name = request.form.get("till", "")
    till = load(name)
    stored = HASHES.get(name, HASHES["till-1"])
    if not check_password_hash(stored, request.form.get("password", "")) or till is None:
        abort(401)
    login_user(till)
    return jsonify(till=till.id)


@app.get("/me")
@login_required
def me():
    return jsonify(till=current_user.get_id())
