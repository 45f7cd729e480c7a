"""Import of partner catalogues: every partner sends XML which is brought into our own form."""

import os
from pathlib import Path

from flask import Flask, abort, g, jsonify, request
from lxml import etree
from sqlalchemy import create_engine, text

app = Flask(__name__)
engine = create_engine(os.environ["DATABASE_URL"])
SHEETS = Path(__file__).parent / "sheets"
HARDENED = etree.XMLParser(resolve_entities=False, no_network=True)
DENY = etree.XSLTAccessControl.DENY_ALL


@app.before_request
def load_job():
    query = text("SELECT id FROM partners WHERE api_key_digest = encode(sha256(:key), 'hex')")
    with engine.connect() as connection:
        partner = connection.execute(query, {"key": request.headers.get("X-Key", "").encode()}).scalar()
    if partner is None:
        abort(401)
    g.job = {"partner": partner, "document": request.get_data(), "sheet": SHEETS / "generic.xsl"}
    if "onix" in request.headers.get("Content-Type", ""):
        g.job["sheet"] = SHEETS / "onix.xsl"


def transformed(job):
    sheet = etree.parse(str(job["sheet"]), HARDENED)
    document = etree.fromstring(job["document"], HARDENED)
    return etree.XSLT(sheet, access_control=DENY)(document)  # <- safe


@app.post("/feed")
def feed():
    result = transformed(g.job).getroot()
    return jsonify(partner=g.job["partner"], products=len(result.findall("product")))
