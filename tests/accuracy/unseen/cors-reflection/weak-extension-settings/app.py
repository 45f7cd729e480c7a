"""Factory of a household-budget application with a script client on several hosts."""

import os

from flask import Flask, jsonify
from flask_cors import CORS
from flask_login import LoginManager, current_user, login_required

from settings import choose


def create_app(stage="production"):
    app = Flask(__name__)
    app.config.from_object(choose(stage))
    app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
    LoginManager(app)
    CORS(app, resources={r"/api/*": app.config["API_SHARING"]}, supports_credentials=True)  # <- weak

    @app.get("/api/accounts")
    @login_required
    def accounts():
        return jsonify([{"name": account.name, "cents": account.cents} for account in current_user.accounts])

    @app.get("/status")
    def status():
        return jsonify(stage=stage)

    return app
