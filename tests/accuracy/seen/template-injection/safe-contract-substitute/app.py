"""Contract texts of a letting agency with placeholders for tenants' details."""

from string import Template

from flask import Flask, jsonify, request
from marshmallow import Schema, ValidationError, fields, validate

app = Flask(__name__)


class ContractSchema(Schema):
    wording = fields.String(required=True, validate=validate.Length(max=5000))
    tenant = fields.String(required=True)
    rent = fields.Decimal(required=True, as_string=True)


class Wording:
    def __init__(self, source):
        self.template = Template(source)

    def render(self, **values):
        return self.template.safe_substitute(values)  # <- safe


@app.post("/contracts/preview")
def preview():
    try:
        data = ContractSchema().load(request.get_json())
    except ValidationError as error:
        return jsonify(error.messages), 422
    wording = Wording(data["wording"])
    return jsonify(text=wording.render(tenant=data["tenant"], rent=str(data["rent"])))
