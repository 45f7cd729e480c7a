"""Tuning appointments of a piano workshop, where one body is checked by hand instead of a schema."""

import os

from flask import Flask, abort, g, jsonify, request, session
from flask_wtf import CSRFProtect
from marshmallow import Schema, ValidationError, fields, validate

from bodies import Bad, pitch_and_note
from workshop import save_appointment, save_pitch

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
CSRFProtect(app)


class AppointmentSchema(Schema):
    day = fields.Date(required=True)
    maker = fields.String(required=True, validate=validate.Length(1, 40))


@app.before_request
def customer():
    g.customer = session.get("customer_id")
    if g.customer is None:
        abort(401)


@app.errorhandler(Bad)
def bad(exc):
    return jsonify(field=exc.field), 422


@app.post("/appointments")
def appointment():
    try:
        data = AppointmentSchema().load(request.get_json())
    except ValidationError as exc:
        return jsonify(errors=exc.messages), 422
    return jsonify(id=save_appointment(g.customer, data["day"], data["maker"])), 201


@app.put("/pitch")
def set_pitch():  # <- safe
    pitch, note = pitch_and_note(request.get_json())
    save_pitch(g.customer, pitch, note)
    return jsonify(pitch=pitch, note=note)
