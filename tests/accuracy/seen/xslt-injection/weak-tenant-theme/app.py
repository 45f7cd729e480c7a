"""Product data sheets whose XSLT theme is stored per tenant."""

import os

from flask import Flask, Response, jsonify, request

from themes import Theme, db

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db.init_app(app)


@app.put("/tenants/<int:tenant>/theme")
def store_theme(tenant):
    theme = db.session.get(Theme, tenant) or Theme(tenant=tenant)
    theme.xslt = request.get_json()["xslt"]
    db.session.add(theme)
    db.session.commit()
    return jsonify(tenant=tenant)


@app.get("/tenants/<int:tenant>/sheets/<int:product>")
def sheet(tenant, product):
    theme = db.get_or_404(Theme, tenant)
    return Response(theme.apply(os.path.join(os.environ["SHEET_DIR"], f"{product}.xml")), mimetype="text/plain")
