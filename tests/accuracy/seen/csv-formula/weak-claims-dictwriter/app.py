"""Converts expense claims that an app submits as JSON into a CSV file for accounting."""

import csv
import tempfile

from flask import Flask, request, send_file
from flask.views import MethodView
from marshmallow import EXCLUDE, Schema, fields

app = Flask(__name__)


class ClaimSchema(Schema):
    class Meta:
        unknown = EXCLUDE

    employee = fields.String(required=True)
    purpose = fields.String(load_default="")
    amount = fields.Decimal(required=True)


def neutral(value):
    return "'" + value if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


class Claims(MethodView):
    schema = ClaimSchema(many=True)

    def rows(self):
        for claim in self.schema.load(request.get_json()):
            claim["employee"] = neutral(claim["employee"])
            yield claim

    def post(self):
        out = tempfile.TemporaryFile("w+", newline="")
        writer = csv.DictWriter(out, fieldnames=["employee", "purpose", "amount"])
        writer.writeheader()
        for row in self.rows():
            writer.writerow(row)  # <- weak
        out.seek(0)
        return send_file(out.buffer, mimetype="text/csv", as_attachment=True, download_name="claims.csv")


app.add_url_rule("/claims.csv", view_func=Claims.as_view("claims"))
