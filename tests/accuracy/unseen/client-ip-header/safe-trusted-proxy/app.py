"""Publication server of a court that opens its drafts to the court house only."""

import logging
import os
from ipaddress import ip_address, ip_network

from flask import Flask, abort, jsonify, request
from werkzeug.middleware.proxy_fix import ProxyFix

log = logging.getLogger("drafts")
COURT_HOUSE = ip_network("192.0.2.0/24")
DRAFTS = {3: "Ruling on appeal", 4: "Order on costs"}


def visitor():
    """One proxy of our own stands in front; the server itself listens on a local socket."""
    return ip_address(request.remote_addr)


def create_app():
    app = Flask(__name__)
    app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=0)

    @app.before_request
    def note_route():
        claimed = request.headers.get("X-Forwarded-For", "")  # <- safe
        log.debug("asked by %s, route has %d stations", request.remote_addr, claimed.count(",") + 1)

    @app.get("/drafts/<int:number>")
    def draft(number):
        if visitor() not in COURT_HOUSE:
            abort(403)
        if number not in DRAFTS:
            abort(404)
        return jsonify(title=DRAFTS[number])

    return app
