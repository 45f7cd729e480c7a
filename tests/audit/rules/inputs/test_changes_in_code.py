"""Views that change something when they are opened by GET."""

from __future__ import annotations

import pytest

from flask_garrison.findings import Confidence, Severity
from tests.audit.code.support import found

RULE = "inputs.state-change-on-get"

HEAD = """
from flask import Flask, redirect, render_template, request, session
from flask_login import current_user, login_required
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import FlaskForm
from wtforms import StringField

app = Flask(__name__)
db = SQLAlchemy(app)


class Room(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.Text)
    views = db.Column(db.Integer)


class RoomForm(FlaskForm):
    name = StringField()


def remove(number, only_show=False):
    room = db.get_or_404(Room, number)
    if only_show:
        return room.name
    db.session.delete(room)
    db.session.commit()
    return room.name

"""


def test_a_link_that_removes() -> None:
    (finding,) = found(
        HEAD + '@app.get("/rooms/<int:number>/remove")\ndef gone(number):\n    return remove(number)\n', RULE
    )
    assert finding.title == "GET /rooms/<int:number>/remove (gone) changes what is stored when it is opened by GET"
    assert (finding.severity, finding.confidence) == (Severity.MEDIUM, Confidence.HIGH)
    assert finding.method == "GET"
    assert finding.evidence[0].summary == "with GET, gone reaches db.session.delete(room) in remove"


def test_both_methods_one_way() -> None:
    code = HEAD + (
        '@app.route("/rooms/<int:number>", methods=["GET", "POST"])\ndef room(number):\n'
        '    db.get_or_404(Room, number).name = request.values["name"]\n    db.session.commit()\n    return ""\n'
    )
    assert [one.title for one in found(code, RULE)] == [
        "POST /rooms/<int:number> (room) changes what is stored when it is opened by GET"
    ]


SAFE = {
    "POST alone": '@app.post("/rooms/<int:number>/remove")\ndef gone(number):\n    return remove(number)\n',
    "a preview": """
@app.get("/rooms/<int:number>/remove")
def gone(number):
    return remove(number, only_show=True)
""",
    "a form that asks": """
@app.route("/rooms/<int:number>/remove", methods=["GET", "POST"])
def gone(number):
    if request.method == "POST":
        return remove(number)
    return render_template("sure.html")
""",
    "a form of WTForms": """
@app.route("/rooms/<int:number>/name", methods=["GET", "POST"])
def rename(number):
    form = RoomForm()
    room = db.get_or_404(Room, number)
    if form.validate_on_submit():
        room.name = form.name.data
        db.session.commit()
    return render_template("room.html")
""",
    "a button of the form": """
@app.route("/rooms/<int:number>", methods=["GET", "POST"])
def room(number):
    if "remove" in request.form:
        return remove(number)
    return render_template("room.html")
""",
    "match": """
@app.route("/rooms/<int:number>", methods=["GET", "DELETE"])
def room(number):
    match request.method:
        case "DELETE":
            return remove(number)
        case _:
            return ""
""",
    "a counter": """
@app.get("/rooms/<int:number>")
def room(number):
    room = db.get_or_404(Room, number)
    room.views = room.views + 1
    db.session.commit()
    return room.name
""",
    "a link with a token": '@app.get("/rooms/remove/<token>")\ndef gone(token):\n    return remove(token)\n',
}


@pytest.mark.parametrize("name", SAFE)
def test_silent(name: str) -> None:
    assert found(HEAD + SAFE[name], RULE) == []
