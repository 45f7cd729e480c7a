"""Entry point of a ship-spotting diary behind gunicorn."""

import os

from flask import Flask, jsonify, request
from werkzeug.middleware.proxy_fix import ProxyFix

from layers import wrap_all

sightings = []


def create_app():
    app = Flask(__name__)
    app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]

    @app.post("/sightings")
    def add():
        entry = request.get_json()
        sighting = {"ship": str(entry["ship"])[:60], "knots": float(entry["knots"])}
        sightings.append(sighting)
        return jsonify(sighting), 201

    @app.get("/sightings")
    def latest():
        return jsonify(sightings[-20:])

    app.wsgi_app = wrap_all(ProxyFix(app.wsgi_app, x_for=1, x_proto=1))
    return app


application = create_app()
