"""Attachments of complaints that customers of a water company hand in."""

import os
import uuid
from pathlib import Path

from flask import Flask, abort, jsonify, request, send_from_directory
from flask_login import LoginManager, current_user, login_required
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column

app = Flask(__name__)
app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], MAX_CONTENT_LENGTH=6 * 1024 * 1024)
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)
LoginManager(app)


class Attachment(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int]
    shown_name: Mapped[str]
    stored_name: Mapped[str]

    folder = Path("/srv/complaints")

    @classmethod
    def keep(cls, upload):
        suffix = Path(upload.filename).suffix.lower()[:8]
        stored = f"{uuid.uuid4().hex}{suffix}"
        upload.save(cls.folder / stored)
        return cls(customer_id=current_user.id, shown_name=upload.filename[:80], stored_name=stored)

    def deliver(self, **options):
        return send_from_directory(self.folder, self.stored_name, max_age=0, **options)  # <- weak


@app.post("/attachments")
@login_required
def add():
    attachment = Attachment.keep(request.files["file"])
    db.session.add(attachment)
    db.session.commit()
    return jsonify(id=attachment.id), 201


@app.get("/attachments/<int:number>")
@login_required
def show(number):
    attachment = db.get_or_404(Attachment, number)
    if not (current_user.is_agent or attachment.customer_id == current_user.id):
        abort(404)
    return attachment.deliver(conditional=True)
