"""Pin board of a workshop, which gives back each pinned file as it was sent."""

import os

from flask import Flask, abort, jsonify, make_response, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)


class Pin(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    content: Mapped[bytes]

    def as_tuple(self):
        return self.content, self.kind


@app.post("/pins")
def add_pin():
    upload = request.files["pin"]
    pin = Pin(kind=upload.mimetype or "application/octet-stream", content=upload.read())
    db.session.add(pin)
    db.session.commit()
    return jsonify(id=pin.id), 201


@app.get("/pins/<int:pin_id>")
def pin(pin_id):
    found = db.session.get(Pin, pin_id)
    if found is None:
        abort(404)
    content, kind = found.as_tuple()
    response = make_response(content)
    response.headers.set("Content-Type", kind)  # <- weak
    return response
