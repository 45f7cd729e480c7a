"""Festival application form for bands."""

import os

from flask import Flask, jsonify, request
from marshmallow import Schema, ValidationError, fields

from checks import person_name

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]


class ApplicationSchema(Schema):
    band = fields.String(required=True)
    contact = fields.String(required=True, validate=person_name)
    minutes = fields.Integer(load_default=30)


schema = ApplicationSchema()


@app.post("/applications")
def apply():
    try:
        application = schema.load(request.get_json())
    except ValidationError as error:
        return jsonify(errors=error.messages), 422
    return jsonify(received=application["band"]), 201
