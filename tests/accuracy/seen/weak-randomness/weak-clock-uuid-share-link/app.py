"""Secret share links for photo albums, where knowing the link gives access."""

import os
import uuid
from functools import partial

from flask import Flask, abort, jsonify, session
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)


def link_code():
    return uuid.uuid1().hex  # <- weak


class Album(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    owner_id = db.Column(db.Integer, nullable=False)
    title = db.Column(db.String(100), nullable=False)


class Share(db.Model):
    code = db.Column(db.String(32), primary_key=True, default=link_code)
    album_id = db.Column(db.ForeignKey("album.id"), nullable=False)
    album = db.relationship(Album)


new_share = partial(Share)


@app.post("/albums/<int:album_id>/share")
def share(album_id):
    album = db.session.scalar(db.select(Album).filter_by(id=album_id, owner_id=session.get("user_id")))
    if album is None:
        abort(404)
    row = new_share(album_id=album.id)
    db.session.add(row)
    db.session.commit()
    return jsonify(path=f"/s/{row.code}"), 201


@app.get("/s/<code>")
def open_share(code):
    row = db.get_or_404(Share, code)
    return jsonify(title=row.album.title)
