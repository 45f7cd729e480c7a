"""Machine interface of a seed bank next to its web pages, entered with bearer tokens alone."""

import os

from flask import Flask, abort, jsonify, request, session
from flask_wtf.csrf import CSRFProtect

from machines import api

pages_session = {"SESSION_COOKIE_SECURE": True, "SESSION_COOKIE_SAMESITE": "Lax"}
csrf = CSRFProtect()
WISHES = {}


def create_app():
    app = Flask(__name__)
    app.config.update(pages_session, SECRET_KEY=os.environ["SECRET_KEY"])
    csrf.init_app(app)
    csrf.exempt(api)  # <- safe
    app.register_blueprint(api)

    @app.post("/wishes")
    def wish():
        gardener = session.get("gardener_id")
        if gardener is None:
            abort(401)
        WISHES[gardener] = request.form.get("variety", "")[:60]
        return jsonify(wish=WISHES[gardener]), 201

    return app
