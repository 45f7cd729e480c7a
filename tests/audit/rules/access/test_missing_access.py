"""Views that ask nobody who is calling, although those beside them do."""

from __future__ import annotations

import pytest

from flask_garrison.findings import Confidence, Severity
from tests.audit.code.support import found

RULE = "access.missing-access-rule"

HEAD = """
from flask import Blueprint, Flask, abort, g, jsonify, redirect, request, session
from flask_login import current_user, login_required
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
db = SQLAlchemy(app)


class Order(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    paid = db.Column(db.Boolean)


@app.get("/orders")
@login_required
def orders():
    return jsonify([one.id for one in db.session.scalars(db.select(Order))])


@app.post("/orders")
@login_required
def order():
    db.session.add(Order(paid=False))
    db.session.commit()
    return "", 201


@app.post("/orders/<int:number>/pay")
@login_required
def pay(number):
    db.get_or_404(Order, number).paid = True
    db.session.commit()
    return ""

"""

CANCEL = """
    db.session.delete(db.get_or_404(Order, number))
    db.session.commit()
    return "", 204
"""


def test_the_odd_one_out_is_named_with_what_the_others_have() -> None:
    code = HEAD + '@app.post("/orders/<int:number>/cancel")\ndef cancel(number):' + CANCEL
    (finding,) = found(code, RULE)
    assert finding.title == "POST /orders/<int:number>/cancel (cancel) asks nobody who is calling"
    assert finding.severity is Severity.HIGH
    assert finding.confidence is Confidence.HIGH
    assert (finding.route, finding.method) == ("/orders/<int:number>/cancel", "POST")
    assert finding.evidence[0].summary == (
        "3 of the 3 other views in app ask who is calling (@login_required: orders, order, pay); cancel does not"
    )
    assert finding.line == code[: code.index("def cancel")].count("\n") + 1


SAFE = {
    "a check in the body": """
@app.post("/orders/<int:number>/cancel")
def cancel(number):
    if not current_user.is_authenticated:
        abort(401)
"""
    + CANCEL,
    "a helper that raises": """
def staff():
    if session.get("role") != "staff":
        abort(403)

@app.post("/orders/<int:number>/cancel")
def cancel(number):
    staff()
"""
    + CANCEL,
    "an own decorator": """
import functools

def staff_only(view):
    @functools.wraps(view)
    def inner(*args, **kwargs):
        if "staff_id" not in session:
            return redirect("/")
        return view(*args, **kwargs)
    return inner

@app.post("/orders/<int:number>/cancel")
@staff_only
def cancel(number):
"""
    + CANCEL,
    "a key in a header": """
import hmac

@app.post("/orders/<int:number>/cancel")
def cancel(number):
    if not hmac.compare_digest(request.headers.get("X-Api-Key", ""), app.config["KEY"]):
        abort(401)
"""
    + CANCEL,
    "a login is for strangers": """
@app.post("/login")
def login():
    session["user_id"] = 1
    return ""
""",
    "a public form": """
@app.post("/contact")
def contact():
    return ""
""",
    "a page that reads, where one other does": """
@app.get("/prices/<int:number>")
def prices(number):
    return jsonify(db.get_or_404(Order, number).id)
""",
}


@pytest.mark.parametrize("name", SAFE)
def test_silent(name: str) -> None:
    assert found(HEAD + SAFE[name], RULE) == []


def test_a_hook_of_the_application_guards_every_view() -> None:
    hook = """
@app.before_request
def known():
    g.user = session.get("user_id")
    if g.user is None:
        abort(401)

@app.post("/orders/<int:number>/cancel")
def cancel(number):
"""
    assert found(HEAD + hook + CANCEL, RULE) == []


def test_a_hook_that_only_loads_guards_nothing() -> None:
    hook = """
@app.before_request
def known():
    g.user = session.get("user_id")

@app.post("/orders/<int:number>/cancel")
def cancel(number):
"""
    assert [one.title for one in found(HEAD + hook + CANCEL, RULE)] == [
        "POST /orders/<int:number>/cancel (cancel) asks nobody who is calling"
    ]


def test_the_hook_of_a_blueprint_guards_those_registered_on_it_alone() -> None:
    code = """
from flask import Blueprint, Flask, abort, jsonify, session

office = Blueprint("office", __name__, url_prefix="/office")
inner = Blueprint("inner", __name__, url_prefix="/inner")
LIST = {}


@office.before_request
def staff():
    if not session.get("staff"):
        abort(403)


@office.post("/a")
def a():
    LIST["a"] = 1
    return ""


@office.post("/b")
def b():
    LIST["b"] = 1
    return ""


@inner.post("/c")
def c():
    LIST["c"] = 1
    return ""


office.register_blueprint(inner)


def create_app():
    app = Flask(__name__)
    app.register_blueprint(office)

    @app.post("/office/d")
    def d():
        LIST["d"] = 1
        return ""

    return app
"""
    assert [one.title for one in found(code, RULE)] == ["POST /office/d (create_app.d) asks nobody who is calling"]


def test_no_norm_no_finding() -> None:
    code = """
from flask import Flask

app = Flask(__name__)
LIST = []


@app.post("/a")
def a():
    LIST.append(1)
    return ""


@app.post("/b")
def b():
    LIST.clear()
    return ""
"""
    assert found(code, RULE) == []


def test_reading_is_compared_with_reading() -> None:
    reads = "".join(
        f'@app.get("/{name}")\n@login_required\ndef {name}():\n'
        "    return jsonify(db.session.scalars(db.select(Order)).all())\n\n"
        for name in ("alpha", "beta", "gamma")
    )
    code = (
        HEAD
        + reads
        + '@app.get("/delta")\ndef delta():\n    return jsonify(db.session.scalars(db.select(Order)).all())\n'
    )
    assert [(one.title, one.severity) for one in found(code, RULE)] == [
        ("GET /delta (delta) asks nobody who is calling", Severity.MEDIUM)
    ]


RESOURCE = """
from flask import Flask
from flask_jwt_extended import jwt_required
from flask_restful import Api, Resource

app = Flask(__name__)
api = Api(app)
STORE = {}


class Box(Resource):
    method_decorators = [jwt_required()]

    def put(self, name):
        STORE[name] = 1
        return {}

    def delete(self, name):
        STORE.pop(name, None)
        return {}


class Lid(Resource):
    def put(self, name):
        STORE[name] = 2
        return {}


api.add_resource(Box, "/boxes/<name>")
api.add_resource(Lid, "/lids/<name>")
"""


def test_resources_are_views() -> None:
    assert [one.title for one in found(RESOURCE, RULE)] == ["PUT /lids/<name> (Lid.put) asks nobody who is calling"]
