"""Loans of a costume rental, whose base view validates before a subclass is asked."""

import os

from flask import Flask, abort, g, jsonify, request, session
from flask.views import MethodView
from flask_wtf import CSRFProtect
from marshmallow import Schema, ValidationError, fields, validate

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
CSRFProtect(app)
LOANS = {}
SIZES = {}


class LoanSchema(Schema):
    costume = fields.Integer(required=True, strict=True, validate=validate.Range(1, 999))
    days = fields.Integer(required=True, strict=True, validate=validate.Range(1, 14))


class SizeSchema(Schema):
    chest = fields.Integer(required=True, validate=validate.Range(40, 180))


class Checked(MethodView):
    schema = None

    def dispatch_request(self, **kwargs):
        g.customer = session.get("customer_id")
        if g.customer is None:
            abort(401)
        try:
            self.data = self.schema().load(request.get_json())
        except ValidationError as exc:
            return jsonify(errors=exc.messages), 422
        return super().dispatch_request(**kwargs)


class Loans(Checked):
    schema = LoanSchema

    def post(self):  # <- safe
        LOANS.setdefault(g.customer, []).append((self.data["costume"], self.data["days"]))
        return jsonify(count=len(LOANS[g.customer])), 201


class Size(Checked):
    schema = SizeSchema

    def put(self):
        SIZES[g.customer] = self.data["chest"]
        return jsonify(SIZES[g.customer])


app.add_url_rule("/loans", view_func=Loans.as_view("loans"))
app.add_url_rule("/size", view_func=Size.as_view("size"))
