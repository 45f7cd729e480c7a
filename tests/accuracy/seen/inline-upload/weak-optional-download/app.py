"""Attachments of the letters in a customer service inbox."""

import os

from flask import Flask, jsonify, request, send_file
from flask_login import login_required
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)


class Attachment(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int]
    name: Mapped[str]

    @property
    def path(self):
        return os.path.join(app.instance_path, "uploads", f"{self.id}.bin")


def delivery(attachment, args):
    wanted = {"download_name": attachment.name}
    if args.get("mode", "view") == "save":
        wanted["as_attachment"] = True
    return wanted


@app.post("/letters/<int:letter_id>/attachments")
@login_required
def attach(letter_id):
    upload = request.files["attachment"]
    attachment = Attachment(letter_id=letter_id, name=upload.filename or "attachment")
    db.session.add(attachment)
    db.session.flush()
    upload.save(attachment.path)
    db.session.commit()
    return jsonify(attachment=attachment.id), 201


@app.get("/attachments/<int:attachment_id>")
@login_required
def attachment(attachment_id):
    found = db.get_or_404(Attachment, attachment_id)
    return send_file(found.path, **delivery(found, request.args))  # <- weak
