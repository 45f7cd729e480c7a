"""Parcel look-up by depot and minimum weight for the shipping desk."""

import os

import psycopg
from flask import Flask, jsonify, request
from flask.views import MethodView

app = Flask(__name__)


def sql_quote(value):
    return str(value).replace("'", "''")


class ParcelSearch(MethodView):
    template = "SELECT tracking_no, weight_g FROM parcel WHERE depot = '%(depot)s' AND weight_g >= %(weight)s"

    def cleaned(self, body):
        fields = {key: sql_quote(item) for key, item in body.items()}
        fields["depot"] = "NORTH" if fields.get("depot") != "SOUTH" else "SOUTH"
        fields.setdefault("weight", "0")
        return fields

    def post(self):
        body = request.get_json()
        sql = self.template % self.cleaned(body)
        with psycopg.connect(os.environ["PARCEL_DSN"]) as conn, conn.cursor() as cur:
            cur.execute(sql)  # <- weak
            rows = cur.fetchall()
        return jsonify(parcels=[{"no": number, "grams": grams} for number, grams in rows])


app.add_url_rule("/parcels/search", view_func=ParcelSearch.as_view("parcel_search"))
