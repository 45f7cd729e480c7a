"""What everybody may read, and the comments that everybody may leave."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for

from . import database

blueprint = Blueprint("pages", __name__)


@blueprint.get("/")
def index() -> str:
    """Show the posts, the newest first."""
    return render_template("index.html", posts=database.rows("SELECT * FROM posts ORDER BY id DESC"))


@blueprint.get("/post/<int:number>")
def post(number: int) -> str:
    """Show one post with its comments."""
    found = database.row("SELECT * FROM posts WHERE id = ?", number) or abort(404)
    comments = database.rows("SELECT * FROM comments WHERE post = ? ORDER BY id", number)
    return render_template("post.html", post=found, comments=comments)


@blueprint.post("/post/<int:number>/comment")
def comment(number: int) -> Any:
    """Add a comment."""
    form = request.form
    database.change("INSERT INTO comments VALUES (NULL, ?, ?, ?)", number, form["name"], form["body"])
    return redirect(url_for("pages.post", number=number))


@blueprint.get("/search")
def search() -> str:
    """Find posts by a word."""
    word = request.args.get("q", "")
    found = database.rows("SELECT * FROM posts WHERE title LIKE ? OR body LIKE ?", f"%{word}%", f"%{word}%")
    return render_template("index.html", posts=found, word=word)


@blueprint.get("/feed.xml")
def feed() -> Response:
    """Return the posts for feed readers."""
    text = render_template("feed.xml", posts=database.rows("SELECT * FROM posts ORDER BY id DESC"))
    return Response(text, mimetype="application/atom+xml")


def broken(error: Exception) -> tuple[str, int]:
    """Say that something went wrong."""
    return f"<h1>Sorry</h1><p>{getattr(error, 'original_exception', error)!r}</p>", 500
