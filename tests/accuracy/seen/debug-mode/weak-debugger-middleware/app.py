"""WSGI entry point of an exam planner, wrapped in the middleware of its hosting."""

import os

from flask import Flask, abort, jsonify
from werkzeug.debug import DebuggedApplication
from werkzeug.middleware.proxy_fix import ProxyFix

EXAMS = {"bio-1": {"room": "B12", "seats": 40}, "chem-2": {"room": "C03", "seats": 25}}


def build():
    app = Flask(__name__)
    app.secret_key = os.environ["SECRET_KEY"]

    @app.get("/exams")
    def exams():
        return jsonify(sorted(EXAMS))

    @app.get("/exams/<code>")
    def exam(code):
        if code not in EXAMS:
            abort(404)
        return jsonify(EXAMS[code])

    return app


def wrap(app, layers):
    for layer in layers:
        app.wsgi_app = layer(app.wsgi_app)
    return app


LAYERS = [
    lambda inner: ProxyFix(inner, x_for=1, x_proto=1),
    lambda inner: DebuggedApplication(inner, evalex=True, pin_security=False),  # <- weak
]

application = wrap(build(), LAYERS)
