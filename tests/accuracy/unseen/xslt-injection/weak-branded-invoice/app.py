"""Invoice portal that lets business customers bring their own print layout."""

import os

from flask import Flask, Response, abort, request
from flask_login import LoginManager, current_user, login_required

from layouts import Layout

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["MAX_CONTENT_LENGTH"] = 512 * 1024
login_manager = LoginManager(app)


@app.post("/invoices/<int:number>/print")
@login_required
def print_invoice(number):
    upload = request.files.get("layout")
    layout = Layout.from_upload(upload) if upload else Layout.default()
    try:
        text = layout.apply(f"/srv/invoices/{current_user.customer_number}/{number}.xml")
    except OSError:
        abort(404)
    return Response(text, mimetype="text/plain", headers={"X-Content-Type-Options": "nosniff"})
