"""Order import for the retailers of a garden centre wholesaler."""

import os

from flask import Flask, jsonify, request
from flask_login import LoginManager, current_user, login_required
from lxml import etree

from reader import OrderReader

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["MAX_CONTENT_LENGTH"] = 1024 * 1024
login_manager = LoginManager(app)


@app.post("/orders/import")
@login_required
def import_order():
    upload = request.files["order"]
    try:
        order = OrderReader(upload.stream.read()).order()
    except etree.XMLSyntaxError:
        return jsonify(error="this is not an order file"), 422
    return jsonify(retailer=current_user.get_id(), **order), 201
