"""Flight logs of a gliding club, whose members may stay signed in."""

import os

from flask import Flask, jsonify, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager, current_user, login_required, login_user

from pilots import check, load_pilot

app = Flask(__name__)
app.config.update(
    SECRET_KEY=os.environ["SECRET_KEY"],
    SESSION_COOKIE_SECURE=True,
    SESSION_COOKIE_SAMESITE="Lax",
    REMEMBER_COOKIE_SECURE=True,
)
cookie_rules = {"REMEMBER_COOKIE_HTTPONLY": True, "REMEMBER_COOKIE_SAMESITE": "Lax"}
app.config |= cookie_rules
for flag in ("SESSION_COOKIE_SECURE", "REMEMBER_COOKIE_SECURE"):
    app.config[flag] = False  # <- weak
limiter = Limiter(get_remote_address, app=app)
login_manager = LoginManager(app)
login_manager.user_loader(load_pilot)


@app.post("/sign-in")
@limiter.limit("5 per minute")
def sign_in():
    pilot = check(request.form.get("email", ""), request.form.get("password", ""))
    if pilot is None:
        return jsonify(error="address or password is wrong"), 401
    login_user(pilot, remember=True)
    return jsonify(name=pilot.name)


@app.get("/flights")
@login_required
def flights():
    return jsonify(current_user.flights)
