"""Signed unsubscribe links of a newsletter for allotment gardeners."""

import os

from flask import Flask, abort, jsonify, url_for
from flask_sqlalchemy import SQLAlchemy
from itsdangerous import BadSignature, URLSafeSerializer

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)
LINK_KEY = os.getenv("LINK_KEY", "pumpkin-Trellis-4471-loam")  # <- weak
links = URLSafeSerializer(LINK_KEY, salt="unsubscribe")


class Reader(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    email = db.Column(db.String(200), unique=True)
    active = db.Column(db.Boolean, default=True)


def link_for(reader):
    return url_for("unsubscribe", token=links.dumps(reader.id), _external=True)


@app.post("/unsubscribe/<token>")
def unsubscribe(token):
    try:
        reader_id = links.loads(token)
    except BadSignature:
        abort(404)
    reader = db.get_or_404(Reader, reader_id)
    reader.active = False
    db.session.commit()
    return jsonify(unsubscribed=True)
