"""Decorators that stand above the route, as the code shows it."""

from __future__ import annotations

from flask_garrison.findings import Severity
from tests.audit.code.support import found

RULE = "access.decorator-order"

HEAD = """
from flask import Flask, abort, jsonify, session
from flask_login import login_required

app = Flask(__name__)


def role(name):
    def outer(view):
        def inner(**kwargs):
            if session.get("role") != name:
                abort(403)
            return view(**kwargs)
        return inner
    return outer

"""


def test_a_login_above_the_route() -> None:
    code = HEAD + '@login_required\n@app.get("/orders")\ndef orders():\n    return jsonify(1)\n'
    (finding,) = found(code, RULE)
    assert finding.title == "@login_required stands above the route of GET /orders (orders) and is never called"
    assert finding.severity is Severity.HIGH
    assert finding.route == "/orders"
    assert finding.evidence[0].summary == (
        "@login_required stands above the route of orders: GET /orders runs the function without it"
    )


def test_an_own_rule_above_the_route() -> None:
    code = HEAD + '@role("boss")\n@app.post("/orders")\ndef order():\n    return jsonify(1)\n'
    assert [one.title for one in found(code, RULE)] == [
        "@role stands above the route of POST /orders (order) and is never called"
    ]


def test_below_the_route_it_is_called() -> None:
    code = HEAD + '@app.get("/orders")\n@login_required\n@role("boss")\ndef orders():\n    return jsonify(1)\n'
    assert found(code, RULE) == []


def test_a_mark_is_no_rule() -> None:
    code = """
from flask import Flask

app = Flask(__name__)


def requires(role):
    def mark(view):
        view.role = role
        return view
    return mark


@requires("boss")
@app.get("/orders")
def orders():
    return "1"
"""
    assert found(code, RULE) == []


def test_what_a_hook_asks_anyway_is_not_missed() -> None:
    hook = '@app.before_request\ndef known():\n    if "user_id" not in session:\n        abort(401)\n\n'
    login = '@login_required\n@app.get("/orders")\ndef orders():\n    return jsonify(1)\n'
    assert found(HEAD + hook + login, RULE) == []


def test_a_role_that_is_dropped_behind_a_hook_is_less() -> None:
    hook = '@app.before_request\ndef known():\n    if "user_id" not in session:\n        abort(401)\n\n'
    code = HEAD + hook + '@role("boss")\n@app.post("/orders")\ndef order():\n    return jsonify(1)\n'
    assert [one.severity for one in found(code, RULE)] == [Severity.MEDIUM]
