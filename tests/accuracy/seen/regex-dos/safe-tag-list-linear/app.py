"""Tags of a photo club: comma-separated words, checked before they are stored."""

import os
import re

from flask import Flask, abort, jsonify, request
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)
TAGS = re.compile(r"(?:[a-z]{1,20},)*[a-z]{1,20}")


class Photo(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    tags = db.Column(db.String(500), default="")


def checked_tags(text):
    if not TAGS.fullmatch(text):  # <- safe
        abort(400)
    return text


@app.put("/photos/<int:photo_id>/tags")
def set_tags(photo_id):
    photo = db.get_or_404(Photo, photo_id)
    photo.tags = checked_tags(request.get_json().get("tags", "").lower()[:500])
    db.session.commit()
    return jsonify(id=photo.id, tags=photo.tags.split(","))
