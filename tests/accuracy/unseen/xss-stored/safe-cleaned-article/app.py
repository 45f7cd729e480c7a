"""Club magazine whose authors write their articles in a rich text editor."""

import os

import nh3
from flask import Flask, jsonify, render_template, request
from flask_login import LoginManager, current_user, login_required
from flask_sqlalchemy import SQLAlchemy
from markupsafe import Markup
from sqlalchemy.orm import Mapped, mapped_column

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)
login_manager = LoginManager(app)
TAGS = {"p", "h2", "h3", "em", "strong", "ul", "ol", "li", "a", "blockquote"}


class Article(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int]
    title: Mapped[str]
    raw: Mapped[str]

    @property
    def body(self):
        cleaned = nh3.clean(self.raw, tags=TAGS, attributes={"a": {"href"}}, url_schemes={"https", "mailto"})
        return Markup(cleaned)  # <- safe


@app.post("/articles")
@login_required
def write():
    fields = {name: request.form[name] for name in ("title", "raw")}
    article = Article(author_id=current_user.id, **fields)
    db.session.add(article)
    db.session.commit()
    return jsonify(id=article.id), 201


@app.get("/articles/<int:number>")
def read(number):
    return render_template("article.html", article=db.get_or_404(Article, number))
