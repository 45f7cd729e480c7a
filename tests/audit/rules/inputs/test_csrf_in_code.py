"""What the code takes out of CSRF protection, and whether the views behind it rely on a cookie."""

from __future__ import annotations

import pytest

from flask_garrison.findings import Severity
from tests.audit.code.support import findings_in, found

RULE = "inputs.csrf-exempt-in-code"
HEAD = """\
import hmac
import os
from flask import Blueprint, Flask, abort, g, jsonify, request, session
from flask.views import MethodView
from flask_login import current_user, login_required
from flask_wtf import CSRFProtect, FlaskForm
from wtforms import StringField

app = Flask(__name__)
csrf = CSRFProtect(app)
IBANS = {}
"""
LINES = HEAD.count("\n")


def lines(code: str) -> list[int | None]:
    return [line - LINES if line is not None else None for line, _ in findings_in(HEAD + code, RULE)]


# --- views ---------------------------------------------------------------------------------------------------------


def test_a_view_that_knows_its_caller_by_the_session() -> None:
    code = """\
@app.post("/iban")
@csrf.exempt
@login_required
def iban():
    IBANS[current_user.id] = request.form["iban"]
    return "ok"
"""
    assert findings_in(HEAD + code, RULE) == [(LINES + 2, "POST /iban (iban) is exempt from CSRF protection")]


def test_a_finding_leads_from_the_exemption_to_the_change() -> None:
    code = """\
@app.post("/iban")
@csrf.exempt
def iban():
    if "user" not in session:
        abort(401)
    IBANS[session["user"]] = request.form["iban"]
    return "ok"
"""
    (finding,) = found(HEAD + code, RULE)
    assert finding.severity is Severity.HIGH
    assert [step["code"] for step in finding.evidence[0].data["steps"]] == [
        "csrf.exempt",
        "def iban",
        "IBANS[session['user']]",
    ]


def test_a_cookie_that_stays_at_home_makes_it_less_severe() -> None:
    code = """\
app.config["SESSION_COOKIE_SAMESITE"] = "Lax"
@app.post("/iban")
@csrf.exempt
@login_required
def iban():
    IBANS[current_user.id] = request.form["iban"]
    return "ok"
"""
    (finding,) = found(HEAD + code, RULE)
    assert finding.severity is Severity.MEDIUM


@pytest.mark.parametrize(
    "proof",
    [
        'if not hmac.compare_digest(KEY, request.headers["X-Signature"]):\n        abort(403)',
        'if request.headers.get("X-Api-Key") not in KEYS:\n        abort(403)',
        "if request.authorization is None:\n        abort(401)",
        "verify_signature(request)",
        "csrf.protect()",
    ],
)
def test_a_view_that_checks_what_only_its_caller_has(proof: str) -> None:
    code = f"""\
@app.post("/hook")
@csrf.exempt
def hook():
    {proof}
    IBANS[session.get("user")] = request.form["iban"]
    return "ok"
"""
    assert lines(code) == []


def test_a_view_that_asks_nobody_is_no_matter_of_csrf() -> None:
    code = """\
@app.post("/count")
@csrf.exempt
def count():
    IBANS[session.get("theme")] = 1
    return "ok"
@app.post("/contact")
@csrf.exempt
def contact():
    IBANS["last"] = request.form["text"]
    return "ok"
"""
    assert lines(code) == []


def test_a_view_that_only_shows() -> None:
    code = """\
@app.get("/iban")
@csrf.exempt
@login_required
def iban():
    return IBANS[current_user.id]
"""
    assert lines(code) == []


def test_a_view_that_is_named_in_a_call() -> None:
    code = """\
@app.post("/iban")
@login_required
def iban():
    IBANS[current_user.id] = request.form["iban"]
    return "ok"
csrf.exempt(iban)
csrf.exempt("app.iban")
"""
    assert lines(code) == [6, 7]


def test_a_class_whose_decorators_say_so() -> None:
    code = """\
class Iban(MethodView):
    decorators = [csrf.exempt]
    def post(self):
        IBANS[session["user"]] = request.form["iban"]
        return "ok"
app.add_url_rule("/iban", view_func=Iban.as_view("iban"))
"""
    assert lines(code) == [2]


# --- blueprints ----------------------------------------------------------------------------------------------------

API = """\
api = Blueprint("api", __name__, url_prefix="/api")
@api.before_request
def who():
    {check}
@api.post("/iban")
def iban():
    IBANS[g.user] = request.form["iban"]
    return "ok"
csrf.exempt(api)
app.register_blueprint(api)
"""


def test_a_blueprint_that_goes_by_the_session() -> None:
    assert lines(API.format(check='g.user = session["user"]')) == [9]


def test_a_blueprint_that_goes_by_tokens() -> None:
    assert lines(API.format(check='g.user = TOKENS[request.headers["Authorization"]]')) == []


# --- settings ------------------------------------------------------------------------------------------------------


def test_the_switch_is_off() -> None:
    assert findings_in(HEAD + 'app.config["WTF_CSRF_ENABLED"] = False\n', RULE) == [
        (LINES + 1, "WTF_CSRF_ENABLED is off: no form and no request is checked")
    ]


def test_nothing_is_checked_by_itself() -> None:
    (finding,) = found(HEAD + "app.config.update(WTF_CSRF_CHECK_DEFAULT=False)\n", RULE)
    assert finding.severity is Severity.MEDIUM


def test_a_view_that_asks_for_the_check_by_itself() -> None:
    code = """\
app.config["WTF_CSRF_CHECK_DEFAULT"] = False
@app.post("/iban")
def iban():
    csrf.protect()
    IBANS[session["user"]] = request.form["iban"]
    return "ok"
"""
    assert lines(code) == []


def test_the_last_word_counts() -> None:
    code = 'app.config["WTF_CSRF_ENABLED"] = False\napp.config["WTF_CSRF_ENABLED"] = True\n'
    assert lines(code) == []


def test_a_guarded_project_is_not_told() -> None:
    code = """\
from flask_garrison import Garrison
Garrison(app)
app.config["WTF_CSRF_ENABLED"] = False
@app.post("/iban")
@csrf.exempt
@login_required
def iban():
    IBANS[current_user.id] = request.form["iban"]
    return "ok"
"""
    assert lines(code) == []


# --- forms ---------------------------------------------------------------------------------------------------------

FORM = """\
class Base(FlaskForm):
    {meta}
class IbanForm(Base):
    iban = StringField("IBAN")
@app.route("/iban", methods=["GET", "POST"])
def iban():
    user = session["user"]
    form = IbanForm({arguments})
    if form.validate_on_submit():
        IBANS[user] = form.iban.data
    return "ok"
"""
WITHOUT = HEAD.replace("csrf = CSRFProtect(app)\n", "\n")


@pytest.mark.parametrize(
    ("meta", "arguments", "line"),
    [
        ("class Meta:\n        csrf = False", "", 3),
        ("pass", 'meta={"csrf": False}', 8),
        ("pass", "csrf_enabled=False", 8),
    ],
)
def test_a_form_without_a_token(meta: str, arguments: str, line: int) -> None:
    code = WITHOUT + FORM.format(meta=meta, arguments=arguments)
    title = "POST /iban (iban) takes a form whose CSRF token is switched off"
    assert findings_in(code, RULE) == [(LINES + line, title)]


def test_a_form_with_a_token() -> None:
    assert findings_in(WITHOUT + FORM.format(meta="pass", arguments=""), RULE) == []


def test_a_form_where_every_request_is_checked() -> None:
    assert lines(FORM.format(meta="class Meta:\n        csrf = False", arguments="")) == []


def test_a_form_that_is_filled_from_the_query() -> None:
    code = WITHOUT + FORM.format(meta="class Meta:\n        csrf = False", arguments="request.args")
    assert findings_in(code, RULE) == []
