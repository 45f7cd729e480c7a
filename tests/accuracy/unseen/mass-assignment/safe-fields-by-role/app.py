"""Editing of exhibits in a museum's inventory, with fields that depend on the editor's role."""

import os

from flask import Flask, abort, jsonify, request
from flask_login import LoginManager, current_user, login_required
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)
LoginManager(app)


class Exhibit(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    label_text: Mapped[str]
    insured_cents: Mapped[int]
    curator_id: Mapped[int]


EDITABLE = {
    "guide": {"label_text": str},
    "curator": {"label_text": str, "title": str, "insured_cents": int},
}


def accepted(role, payload):
    fields = EDITABLE.get(role, {})
    unknown = payload.keys() - fields.keys()
    if unknown:
        abort(422)
    return [(name, fields[name](value)) for name, value in payload.items()]


@app.patch("/exhibits/<int:exhibit_id>")
@login_required
def edit(exhibit_id):
    exhibit = db.get_or_404(Exhibit, exhibit_id)
    if current_user.role not in EDITABLE:
        abort(403)
    for name, value in accepted(current_user.role, request.get_json()):
        setattr(exhibit, name, value)  # <- safe
    db.session.commit()
    return jsonify(id=exhibit.id, title=exhibit.title)
