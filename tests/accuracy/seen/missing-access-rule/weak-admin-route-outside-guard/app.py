"""Office pages of a dance school, guarded by their blueprint, and one more route on the application."""

import os

from flask import Blueprint, Flask, abort, g, jsonify, request, session
from flask_wtf import CSRFProtect

office = Blueprint("office", __name__, url_prefix="/office")
CSRF = CSRFProtect()
PEOPLE = {1: {"name": "Ina", "active": True, "office": True}, 2: {"name": "Lev", "active": True, "office": False}}
FEES = {"ballet": 4200, "tango": 3900}


@office.before_request
def office_only():
    g.person = PEOPLE.get(session.get("person_id"))
    if g.person is None or not g.person["office"]:
        abort(403)


@office.get("/people")
def people():
    return jsonify(PEOPLE)


@office.post("/fees/<course>")
def set_fee(course):
    cents = request.form.get("cents", type=int)
    if course not in FEES or cents is None or cents < 0:
        abort(422)
    FEES[course] = cents
    return jsonify(FEES)


def create_app():
    app = Flask(__name__)
    app.secret_key = os.environ["SECRET_KEY"]
    CSRF.init_app(app)
    app.register_blueprint(office)

    @app.get("/courses")
    def courses():
        return jsonify(sorted(FEES))

    @app.post("/office/people/<int:number>/disable")
    def disable(number):  # <- weak
        if number not in PEOPLE:
            abort(404)
        PEOPLE[number]["active"] = False
        return jsonify(PEOPLE[number])

    return app
