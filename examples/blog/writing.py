"""Signing in, and what authors do."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, session, url_for
from werkzeug.security import check_password_hash
from werkzeug.utils import secure_filename

from . import database

blueprint = Blueprint("writing", __name__)


@blueprint.before_app_request
def load_author() -> None:
    """Find out who sends the request."""
    name = session.get("user_id")
    g.author = database.row("SELECT * FROM authors WHERE name = ?", name) if name else None


def for_authors(view: Callable[..., Any]) -> Callable[..., Any]:
    """Send whoever is not signed in to the form."""

    @wraps(view)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        return view(*args, **kwargs) if g.author else redirect(url_for("writing.login"))

    return wrapped


@blueprint.route("/login", methods=["GET", "POST"])
def login() -> Any:
    """Sign in."""
    if request.method == "POST":
        author = database.row("SELECT * FROM authors WHERE name = ?", request.form["name"])
        if author and check_password_hash(author["password"], request.form["password"]):
            session.clear()
            session["user_id"] = author["name"]
            session.permanent = True
            return redirect(url_for("pages.index"))
        flash("That name and password do not go together.")
    return render_template("login.html")


@blueprint.get("/logout")
def logout() -> Any:
    """Sign out."""
    session.clear()
    return redirect(url_for("pages.index"))


@blueprint.route("/write", methods=["GET", "POST"])
@for_authors
def write() -> Any:
    """Write a post, with a picture or without."""
    if request.method == "POST":
        form = request.form
        number = database.change(
            "INSERT INTO posts VALUES (NULL, ?, ?, ?, ?)", g.author["name"], form["title"], form["body"], _picture()
        )
        return redirect(url_for("pages.post", number=number))
    return render_template("write.html")


def _picture() -> str | None:
    """Store the picture that was sent, and return its name."""
    file = request.files.get("picture")
    if file is None or not file.filename:
        return None
    name = secure_filename(file.filename)
    os.makedirs(current_app.config["UPLOAD_FOLDER"], exist_ok=True)
    file.save(os.path.join(current_app.config["UPLOAD_FOLDER"], name))
    return name
