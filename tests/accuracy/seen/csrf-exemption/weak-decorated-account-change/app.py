"""Bank details of freelancers on a job board, changed by a signed-in browser."""

import os

from flask import Flask, jsonify, request
from flask_login import LoginManager, current_user, login_required
from flask_sqlalchemy import SQLAlchemy
from flask_wtf.csrf import CSRFProtect

app = Flask(__name__)
app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], SQLALCHEMY_DATABASE_URI=os.environ["DATABASE_URL"])
db = SQLAlchemy(app)
csrf = CSRFProtect(app)
login_manager = LoginManager(app)


class Freelancer(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String(80))
    iban = db.Column(db.String(34))
    is_authenticated = is_active = True

    def get_id(self):
        return str(self.id)


@login_manager.user_loader
def load(ident):
    return db.session.get(Freelancer, int(ident))


@app.post("/me/name")
@login_required
def set_name():
    current_user.name = request.form.get("name", "")[:80]
    db.session.commit()
    return jsonify(name=current_user.name)


@app.post("/me/iban")
@csrf.exempt  # <- weak
@login_required
def set_iban():
    iban = request.form.get("iban", "").replace(" ", "").upper()
    if not 15 <= len(iban) <= 34 or not iban.isalnum():
        return jsonify(error="not an IBAN"), 422
    current_user.iban = iban
    db.session.commit()
    return jsonify(iban=current_user.iban)
