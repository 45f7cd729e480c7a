"""Views that store what a client sent as it is, although those beside them have a schema look at it."""

from __future__ import annotations

import pytest

from flask_garrison.findings import Severity
from tests.audit.code.support import found

RULE = "inputs.missing-validation"

HEAD = """
from flask import Flask, abort, jsonify, request
from flask_sqlalchemy import SQLAlchemy
from marshmallow import Schema, fields

app = Flask(__name__)
db = SQLAlchemy(app)


class Loan(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    days = db.Column(db.Integer)


class LoanSchema(Schema):
    days = fields.Integer(required=True)


def keep(days):
    db.session.add(Loan(days=days))
    db.session.commit()
    return "", 201


@app.post("/loans")
def loan():
    data = LoanSchema().load(request.get_json())
    return keep(data["days"])

"""


def test_the_one_without_a_schema() -> None:
    code = HEAD + '@app.put("/loans/<int:number>")\ndef change(number):\n    return keep(request.get_json()["days"])\n'
    (finding,) = found(code, RULE)
    assert finding.title == "PUT /loans/<int:number> (change) stores what a client sent without a look at it"
    assert finding.severity is Severity.MEDIUM
    assert finding.evidence[0].summary == (
        "1 of the 1 views beside it that take a body validate it (loan); change does not"
    )


def test_errors_that_nobody_reads() -> None:
    code = HEAD + (
        '@app.put("/loans/<int:number>")\ndef change(number):\n    data = request.get_json()\n'
        "    errors = LoanSchema().validate(data)\n    if errors:\n        app.logger.warning(errors)\n"
        '    return keep(data["days"])\n'
    )
    assert len(found(code, RULE)) == 1


SAFE = {
    "a schema": '    return keep(LoanSchema().load(request.get_json())["days"])\n',
    "by hand": """
    days = request.get_json()["days"]
    if type(days) is not int or not 0 < days < 9:
        abort(422)
    return keep(days)
""",
    "a number": '    return keep(int(request.form["days"]))\n',
    "a number by type": '    return keep(request.form.get("days", type=int))\n',
    "errors that end it": "    if LoanSchema().validate(request.get_json()):\n        abort(422)\n"
    '    return keep(request.get_json()["days"])\n',
}


@pytest.mark.parametrize("name", SAFE)
def test_silent(name: str) -> None:
    assert found(HEAD + '@app.put("/loans/<int:number>")\ndef change(number):\n' + SAFE[name], RULE) == []


def test_no_schema_beside_it() -> None:
    code = """
from flask import Flask, request

app = Flask(__name__)
LIST = []


@app.post("/a")
def a():
    LIST.append(request.get_json()["x"])
    return ""


@app.post("/b")
def b():
    LIST.append(request.get_json()["y"])
    return ""
"""
    assert found(code, RULE) == []
