"""Ballots of a tenants' association, opened and closed by its committee."""

import os

from flask import Flask, jsonify
from flask_login import LoginManager, current_user, login_required
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect

app = Flask(__name__)
app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], SQLALCHEMY_DATABASE_URI=os.environ["DATABASE_URL"])
db = SQLAlchemy(app)
CSRFProtect(app)
login_manager = LoginManager(app)


class Member(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    committee = db.Column(db.Boolean, default=False)
    is_authenticated = is_active = True

    def get_id(self):
        return str(self.id)


class Ballot(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    title = db.Column(db.String(120))
    is_open = db.Column(db.Boolean, default=True)


@login_manager.user_loader
def load(ident):
    return db.session.get(Member, int(ident))


@app.errorhandler(AssertionError)
def refused(_exc):
    return jsonify(error="not allowed"), 403


@app.post("/ballots/<int:ballot_id>/close")
@login_required
def close(ballot_id):
    ballot = db.get_or_404(Ballot, ballot_id)
    assert current_user.committee, "only the committee closes ballots"  # <- weak
    ballot.is_open = False
    db.session.commit()
    return jsonify(id=ballot.id, open=False)
