"""Preview service of a print shop that renders a customer's page."""

import ipaddress
import logging

import requests
from flask import Blueprint, Flask, jsonify, request
from werkzeug.datastructures import MultiDict

previews = Blueprint("previews", __name__)
log = logging.getLogger(__name__)


def forbidden(host):
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return False


def page_address(values):
    port = values.get("port", 443, type=int)
    parts = [values.get("host", "www.print.example"), ":", str(port), "/", values.get("page", "").lstrip("/")]
    return "https://" + "".join(parts)


@previews.post("/previews")
def preview():
    values = MultiDict(request.form)
    if forbidden(values.get("host", "")):
        log.warning("preview of an internal address was requested")
    session = requests.Session()
    session.headers["User-Agent"] = "preview/1.0"
    page = session.request("GET", page_address(values), timeout=10)  # <- weak
    return jsonify(status=page.status_code, bytes=len(page.content))


def create_app():
    app = Flask(__name__)
    app.register_blueprint(previews)
    return app
