"""Accounts of a ski lift firm with a default limit for everything and a sign-in as a class."""

import os

from flask import Flask, abort, jsonify, session
from flask.views import MethodView
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired

from accounts import PASSES, verify

app = Flask(__name__)
app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], SESSION_COOKIE_SECURE=True, SESSION_COOKIE_SAMESITE="Lax")
limiter = Limiter(get_remote_address, app=app, default_limits=["60 per minute", "500 per hour"])


class SignInForm(FlaskForm):
    card = StringField(validators=[InputRequired()])
    password = PasswordField(validators=[InputRequired()])


class SignIn(MethodView):
    decorators = [limiter.exempt]

    def post(self):  # <- weak
        form = SignInForm()
        if not form.validate_on_submit() or not verify(form.card.data, form.password.data):
            return jsonify(error="card or password is wrong"), 401
        session["card"] = form.card.data
        return jsonify(ok=True)


@app.get("/passes")
def passes():
    if "card" not in session:
        abort(401)
    return jsonify(PASSES.get(session["card"], []))


app.add_url_rule("/sign-in", view_func=SignIn.as_view("sign_in"))
