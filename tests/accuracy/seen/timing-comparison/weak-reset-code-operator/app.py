"""Confirmation of a changed mail address by a code kept with the account."""

import operator
import os
import secrets

from flask import Flask, jsonify, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager, current_user, login_required
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)
limiter = Limiter(get_remote_address, app=app)
login_manager = LoginManager(app)


class Account(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    email = db.Column(db.String(200))
    pending_email = db.Column(db.String(200))
    confirm_token = db.Column(db.String(64))
    is_authenticated = is_active = True

    def get_id(self):
        return str(self.id)

    def start_change(self, email):
        self.pending_email, self.confirm_token = email, secrets.token_urlsafe(32)


@login_manager.user_loader
def load(ident):
    return db.session.get(Account, int(ident))


@app.post("/me/email/confirm")
@login_required
@limiter.limit("10 per hour")
def confirm_email():
    wanted, given = current_user.confirm_token, request.form.get("token", "")
    if wanted is None or not operator.eq(wanted, given):  # <- weak
        return jsonify(error="wrong code"), 403
    current_user.email, current_user.confirm_token = current_user.pending_email, None
    db.session.commit()
    return jsonify(email=current_user.email)
