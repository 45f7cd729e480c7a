"""The notes themselves."""

from __future__ import annotations

import sqlite3
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for

from . import database
from .accounts import signed_in

blueprint = Blueprint("pages", __name__)


@blueprint.get("/")
@signed_in
def index() -> Any:
    notes = database.rows("SELECT * FROM notes WHERE owner = ? OR shared ORDER BY id DESC", g.user["name"])
    return render_template("index.html", notes=notes)


@blueprint.post("/notes")
@signed_in
def create() -> Any:
    note = database.change(
        "INSERT INTO notes (owner, title, body, shared) VALUES (?, ?, ?, ?)",
        g.user["name"],
        request.form["title"],
        request.form["body"],
        "shared" in request.form,
    )
    return redirect(url_for("pages.show", note_id=note))


@blueprint.get("/notes/<int:note_id>")
@signed_in
def show(note_id: int) -> Any:
    return render_template("note.html", note=readable(note_id))


@blueprint.post("/notes/<int:note_id>/share")
@signed_in
def share(note_id: int) -> Any:
    database.change("UPDATE notes SET shared = NOT shared WHERE id = ?", own(note_id)["id"])
    return redirect(url_for("pages.show", note_id=note_id))


@blueprint.post("/notes/<int:note_id>/delete")
@signed_in
def delete(note_id: int) -> Any:
    database.change("DELETE FROM notes WHERE id = ?", own(note_id)["id"])
    flash("The note is gone.")
    return redirect(url_for("pages.index"))


@blueprint.get("/search")
@signed_in
def search() -> Any:
    words = request.args.get("q", "")
    found = database.rows(
        "SELECT * FROM notes WHERE (owner = ? OR shared) AND title || body LIKE ?", g.user["name"], f"%{words}%"
    )
    return render_template("search.html", words=words, notes=found)


def readable(note_id: int) -> sqlite3.Row:
    """Return a note that the user may read, else 404."""
    note = database.row("SELECT * FROM notes WHERE id = ? AND (owner = ? OR shared)", note_id, g.user["name"])
    return note or abort(404)


def own(note_id: int) -> sqlite3.Row:
    """Return a note of the user's own, else 403."""
    note = readable(note_id)
    return note if note["owner"] == g.user["name"] else abort(403)
