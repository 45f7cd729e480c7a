"""Sheet music of a choir, kept by its librarians."""

import os

from flask import Flask, jsonify, request
from flask_login import LoginManager, UserMixin, login_required
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect

app = Flask(__name__)
app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], SQLALCHEMY_DATABASE_URI=os.environ["DATABASE_URL"])
db = SQLAlchemy(app)
CSRFProtect(app)
login_manager = LoginManager(app)


class Librarian(UserMixin):
    def __init__(self, ident):
        self.id = ident


login_manager.user_loader(Librarian)


class Score(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    title = db.Column(db.String(120), nullable=False)
    copies = db.Column(db.Integer, default=1)


@app.get("/scores")
@login_required
def scores():
    return jsonify([{"id": s.id, "title": s.title} for s in db.session.scalars(db.select(Score))])


@app.post("/scores")
@login_required
def add_score():
    score = Score(title=request.form["title"][:120])
    db.session.add(score)
    db.session.commit()
    return jsonify(id=score.id), 201


@app.post("/scores/<int:score_id>/copies")
@login_required
def set_copies(score_id):
    score = db.get_or_404(Score, score_id)
    score.copies = max(0, request.form.get("copies", 0, type=int))
    db.session.commit()
    return jsonify(copies=score.copies)


@app.post("/scores/<int:score_id>/delete")
def delete_score(score_id):  # <- weak
    db.session.delete(db.get_or_404(Score, score_id))
    db.session.commit()
    return "", 204
