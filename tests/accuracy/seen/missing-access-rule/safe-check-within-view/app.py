"""Press releases of a football club, where one view checks the rights by hand."""

import os

from flask import Flask, jsonify, request
from flask_login import LoginManager, current_user, login_required
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from werkzeug.exceptions import Forbidden, Unauthorized

app = Flask(__name__)
app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], SQLALCHEMY_DATABASE_URI=os.environ["DATABASE_URL"])
db = SQLAlchemy(app)
CSRFProtect(app)
login_manager = LoginManager(app)


class Staff(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    press = db.Column(db.Boolean, default=False)
    is_authenticated = is_active = True

    def get_id(self):
        return str(self.id)


class Release(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    headline = db.Column(db.String(120))
    public = db.Column(db.Boolean, default=False)


@login_manager.user_loader
def load(ident):
    return db.session.get(Staff, int(ident))


def press_officer():
    if not current_user.is_authenticated:
        raise Unauthorized()
    if not current_user.press:
        raise Forbidden()


@app.get("/drafts")
@login_required
def drafts():
    return jsonify([r.headline for r in db.session.scalars(db.select(Release).filter_by(public=False))])


@app.post("/releases")
@login_required
def draft():
    release = Release(headline=request.form.get("headline", "")[:120])
    db.session.add(release)
    db.session.commit()
    return jsonify(id=release.id), 201


@app.post("/releases/<int:number>/publish")
def publish(number):  # <- safe
    press_officer()
    release = db.get_or_404(Release, number)
    release.public = True
    db.session.commit()
    return jsonify(id=release.id)
