"""Objects that are looked up by what a client sent, and given to whoever asks."""

from __future__ import annotations

import pytest

from flask_garrison.findings import Severity
from tests.audit.code.support import found

RULE = "access.missing-owner-check"

HEAD = """
from flask import Flask, abort, g, jsonify, request, session
from flask_login import current_user, login_required
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
db = SQLAlchemy(app)


class Note(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    author_id = db.Column(db.ForeignKey("user.id"))
    text = db.Column(db.Text)


@app.get("/notes")
@login_required
def notes():
    return jsonify([note.text for note in Note.query.filter_by(author_id=current_user.id)])


@app.get("/notes/<int:number>")
@login_required
def note(number):
    found = Note.query.filter_by(id=number, author_id=current_user.id).first_or_404()
    return jsonify(found.text)

"""


def test_changed_without_its_owner() -> None:
    code = HEAD + (
        '@app.post("/notes/<int:number>")\n@login_required\ndef write(number):\n'
        "    found = db.get_or_404(Note, number)\n"
        '    found.text = request.form["text"]\n    db.session.commit()\n    return ""\n'
    )
    (finding,) = found(code, RULE)
    assert finding.title == "POST /notes/<int:number> (write) changes any Note by its number, whoever asks"
    assert finding.severity is Severity.HIGH
    assert finding.evidence[0].summary == "note looks at the owner of Note; write does not"


def test_read_without_its_owner() -> None:
    code = HEAD + (
        '@app.get("/notes/<int:number>/raw")\n@login_required\ndef raw(number):\n'
        "    return jsonify(Note.query.get_or_404(number).text)\n"
    )
    assert [(one.title, one.severity) for one in found(code, RULE)] == [
        ("GET /notes/<int:number>/raw (raw) gives out any Note by its number, whoever asks", Severity.MEDIUM)
    ]


SAFE = {
    "compared in the view": """
    found = db.get_or_404(Note, number)
    if found.author_id != current_user.id:
        abort(403)
""",
    "compared by a helper": """
    found = mine(db.get_or_404(Note, number))
""",
    "a role": """
    if not current_user.is_admin:
        abort(403)
    found = db.get_or_404(Note, number)
""",
    "looked up by a helper": """
    found = own(number)
""",
}

HELPERS = """
def mine(found):
    if found.author_id != current_user.id:
        abort(404)
    return found


def own(number):
    return db.first_or_404(db.select(Note).where(Note.id == number, Note.author_id == current_user.id))

"""


@pytest.mark.parametrize("name", SAFE)
def test_silent(name: str) -> None:
    code = HEAD + HELPERS + '@app.post("/notes/<int:number>")\n@login_required\ndef write(number):' + SAFE[name]
    code += '    found.text = request.form["text"]\n    db.session.commit()\n    return ""\n'
    assert found(code, RULE) == []


def test_a_verdict_that_nobody_reads() -> None:
    code = HEAD + (
        "def is_mine(found):\n    return found.author_id == current_user.id\n\n"
        '@app.post("/notes/<int:number>")\n@login_required\ndef write(number):\n'
        "    found = db.get_or_404(Note, number)\n"
        '    is_mine(found)\n    found.text = "x"\n    db.session.commit()\n    return ""\n'
    )
    assert len(found(code, RULE)) == 1


def test_things_without_an_owner() -> None:
    code = HEAD + (
        "class Plant(db.Model):\n    id = db.Column(db.Integer, primary_key=True)\n    latin = db.Column(db.Text)\n\n"
        '@app.get("/plants/<int:number>")\n@login_required\ndef plant(number):\n'
        "    return jsonify(db.get_or_404(Plant, number).latin)\n"
    )
    assert found(code, RULE) == []


def test_statements_of_sql() -> None:
    code = """
import sqlite3

from flask import Flask, abort, g, session

app = Flask(__name__)
con = sqlite3.connect("x")


@app.before_request
def known():
    g.user = session.get("user_id")
    if g.user is None:
        abort(401)


@app.post("/alarms/<int:number>/label")
def label(number):
    con.execute("UPDATE alarms SET label = ? WHERE id = ? AND owner_id = ?", ("x", number, g.user))
    return ""


@app.post("/alarms/<int:number>/drop")
def drop(number):
    con.execute("DELETE FROM alarms WHERE id = ?", (number,))
    return ""
"""
    assert [one.title for one in found(code, RULE)] == [
        "POST /alarms/<int:number>/drop (drop) changes any table alarms by its number, whoever asks"
    ]


def test_documents_and_a_decorator_that_hands_over_who_is_calling() -> None:
    code = """
import functools

import jwt
from bson import ObjectId
from flask import Flask, jsonify, request
from pymongo import MongoClient

app = Flask(__name__)
db = MongoClient().shop


def token_required(view):
    @functools.wraps(view)
    def inner(*args, **kwargs):
        try:
            data = jwt.decode(request.headers.get("x-access-token"), app.config["SECRET_KEY"], algorithms=["HS256"])
        except jwt.PyJWTError:
            return jsonify(error="no"), 401
        return view(db.users.find_one({"_id": data["sub"]}), *args, **kwargs)
    return inner


@app.get("/orders/<oid>")
@token_required
def order(user, oid):
    return jsonify(db.orders.find_one({"_id": ObjectId(oid), "user_id": user["_id"]}))


@app.delete("/orders/<oid>")
@token_required
def drop(user, oid):
    db.orders.delete_one({"_id": ObjectId(oid)})
    return "", 204
"""
    assert [one.title for one in found(code, RULE)] == [
        "DELETE /orders/<oid> (drop) changes any orders documents by its number, whoever asks"
    ]


def test_what_was_asked_once_holds_for_the_same_number() -> None:
    code = """
from flask import Flask, abort, g, jsonify, session

app = Flask(__name__)


class Repo:
    def __init__(self):
        self.rows = {}

    def get(self, number):
        return self.rows.get(number)

    def delete(self, number):
        del self.rows[number]


repo = Repo()


@app.before_request
def known():
    g.user = session.get("user_id")
    if not g.user:
        abort(401)


def mine(number):
    row = repo.get(number)
    if row is None or row["user"] != g.user:
        abort(404)
    return row


@app.post("/trips/<int:number>/leave")
def leave(number):
    mine(number)
    repo.delete(number)
    return ""


@app.post("/trips/<int:number>/drop")
def drop(number):
    repo.delete(number)
    return ""
"""
    assert [one.title for one in found(code, RULE)] == [
        "POST /trips/<int:number>/drop (drop) changes any rows by its number, whoever asks"
    ]
