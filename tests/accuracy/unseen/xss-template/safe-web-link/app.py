"""Reference manager for students: every source may have a link to the publisher."""

import os

from flask import Flask, jsonify, render_template, request
from flask_login import LoginManager, current_user, login_required
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)
login_manager = LoginManager(app)


class Source(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int]
    title: Mapped[str]
    link: Mapped[str]

    @property
    def web_link(self):
        return self.link if self.link.startswith(("https://", "http://")) else None


@app.post("/sources")
@login_required
def add_source():
    body = request.get_json()
    source = Source(owner_id=current_user.id, title=str(body["title"])[:200], link=str(body.get("link", "")))
    db.session.add(source)
    db.session.commit()
    return jsonify(id=source.id), 201


@app.get("/sources")
@login_required
def sources():
    rows = db.session.scalars(db.select(Source).filter_by(owner_id=current_user.id))
    return render_template("sources.html", sources=rows)
