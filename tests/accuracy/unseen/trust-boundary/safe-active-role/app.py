"""School office where one person may act as teacher, parent or head, one at a time."""

import os

from flask import Flask, abort, jsonify, request, session
from flask_login import LoginManager, current_user, login_required
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)
LoginManager(app)


class Appointment(db.Model):
    person_id: Mapped[int] = mapped_column(primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    revoked: Mapped[bool] = mapped_column(default=False)


def roles_of(person_id):
    query = db.select(Appointment.role).filter_by(person_id=person_id, revoked=False)
    return frozenset(db.session.scalars(query))


@app.post("/act-as")
@login_required
def act_as():
    wanted = request.form.get("role", "").lower()
    session.pop("active_role", None)
    if wanted not in roles_of(current_user.id):
        abort(403)
    session["active_role"] = wanted  # <- safe
    return jsonify(role=wanted)


@app.get("/whoami")
@login_required
def whoami():
    return jsonify(person=current_user.id, role=session.get("active_role"))
