"""Swimming pool with public opening hours and a diary for its attendants."""

import os

from flask import Flask, abort, jsonify, request
from flask_login import LoginManager, UserMixin, current_user, login_required
from flask_wtf import CSRFProtect

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
CSRFProtect(app)
login_manager = LoginManager(app)
HOURS = {"monday": ("06:30", "21:00"), "tuesday": ("06:30", "21:00"), "sunday": ("08:00", "18:00")}
DIARY = []


class Attendant(UserMixin):
    def __init__(self, ident):
        self.id = ident


login_manager.user_loader(Attendant)


@app.get("/opening-hours/<day>")
def opening_hours(day):  # <- safe
    if day not in HOURS:
        abort(404)
    opens, closes = HOURS[day]
    return jsonify(day=day, opens=opens, closes=closes)


@app.get("/diary")
@login_required
def diary():
    return jsonify(DIARY[-20:])


@app.post("/diary")
@login_required
def write():
    DIARY.append({"by": current_user.get_id(), "text": request.form.get("text", "")[:500]})
    return jsonify(count=len(DIARY)), 201


@app.put("/opening-hours/<day>")
@login_required
def set_hours(day):
    body = request.get_json()
    if day not in HOURS or not all(isinstance(body.get(k), str) and len(body[k]) == 5 for k in ("opens", "closes")):
        abort(422)
    HOURS[day] = (body["opens"], body["closes"])
    return jsonify(HOURS)
