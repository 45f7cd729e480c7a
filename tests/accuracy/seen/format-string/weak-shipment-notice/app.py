"""Shipment notices of a wholesaler whose customers word the text themselves."""

import os

from flask import Flask, jsonify, request
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)


class Shipment(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    carrier = db.Column(db.String(40))
    parcels = db.Column(db.Integer)

    def notice(self, wording):
        try:
            return wording.format(shipment=self)  # <- weak
        except (KeyError, IndexError, AttributeError, ValueError):
            return f"Shipment {self.id}"


@app.post("/shipments/<int:shipment_id>/notice")
def notice(shipment_id):
    shipment = db.get_or_404(Shipment, shipment_id)
    body = request.get_json(silent=True) or {}
    wording = "\n".join(str(line) for line in body.get("lines", ["Shipment {shipment.id}"]))
    return jsonify(text=shipment.notice(wording))
