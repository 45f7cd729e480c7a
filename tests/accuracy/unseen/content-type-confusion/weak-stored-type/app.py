"""Document exchange of a law firm that hands files out with the type they came with."""

import os

from flask import Flask, Response, jsonify, request
from flask_login import LoginManager, current_user, login_required
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
app.config["MAX_CONTENT_LENGTH"] = 10 * 1024 * 1024
db = SQLAlchemy(app)
login_manager = LoginManager(app)


class Document(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int]
    data: Mapped[bytes]
    kind: Mapped[str]

    def as_response(self):
        headers = {"Cache-Control": "private", "Content-Length": str(len(self.data))}
        return Response(self.data, content_type=self.kind, headers=headers)  # <- weak


@app.post("/documents")
@login_required
def hand_over():
    upload = request.files["document"]
    document = Document(case_id=current_user.case_id, data=upload.read(), kind=upload.content_type or "text/plain")
    db.session.add(document)
    db.session.commit()
    return jsonify(id=document.id), 201


@app.get("/documents/<int:number>")
@login_required
def document(number):
    query = db.select(Document).filter_by(id=number, case_id=current_user.case_id)
    return db.one_or_404(query).as_response()
