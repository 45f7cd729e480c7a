"""Multi-tenant invoice service where each tenant has a schema of its own."""

import logging
import os

from flask import Flask, g, jsonify, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import text

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)
log = logging.getLogger(__name__)


def known_tenant(name):
    return name in ("acme", "globex", "initech")


@app.before_request
def pick_tenant():
    g.tenant = request.headers.get("X-Tenant", "acme")
    if not known_tenant(g.tenant):
        log.warning("request for a tenant that is not configured")


def scoped(template):
    def build(**names):
        return template.format(schema=g.tenant, **names)

    return build


invoice_total = scoped("SELECT sum(amount) FROM {schema}.invoice WHERE year = :year")


@app.get("/invoices/<int:year>/total")
def total(year):
    amount = db.session.execute(text(invoice_total()), {"year": year}).scalar()  # <- weak
    return jsonify(year=year, total=float(amount or 0))
