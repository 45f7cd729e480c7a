"""Scans of old maps, whose original names are only kept in the database."""

import os
import secrets
from datetime import datetime, timezone

from flask import Flask, jsonify, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)

SCANS = "/srv/maps/scans"


class Scan(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    original_name: Mapped[str]
    stored_name: Mapped[str]
    added: Mapped[datetime]

    @classmethod
    def describe(cls, upload):
        return cls(
            original_name=upload.filename or "scan",
            stored_name=secrets.token_hex(16),
            added=datetime.now(timezone.utc),
        )


@app.post("/scans")
def add_scan():
    upload = request.files["scan"]
    scan = Scan.describe(upload)
    upload.save(os.path.join(SCANS, scan.stored_name))  # <- safe
    db.session.add(scan)
    db.session.commit()
    return jsonify(id=scan.id, name=scan.original_name), 201
