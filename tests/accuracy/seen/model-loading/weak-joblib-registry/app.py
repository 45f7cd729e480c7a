"""Registry of the regression models of an energy supplier, tried out over HTTP."""

import os

import joblib
from flask import Blueprint, Flask, current_app, jsonify, request
from werkzeug.utils import secure_filename

models = Blueprint("models", __name__, url_prefix="/models")


class Registry:
    def __init__(self, folder):
        self.folder = folder

    def path(self, name):
        return os.path.join(self.folder, secure_filename(name))

    def add(self, name, upload):
        upload.save(self.path(name))
        return self.get(name)

    def get(self, name):
        return joblib.load(self.path(name))  # <- weak


def registry():
    return Registry(current_app.config["MODEL_DIR"])


@models.put("/<name>")
def add_model(name):
    model = registry().add(name, request.files["model"])
    return jsonify(kind=type(model).__name__), 201


@models.post("/<name>/predictions")
def predict(name):
    rows = [[float(value) for value in row] for row in request.get_json()["rows"]]
    return jsonify(values=[float(value) for value in registry().get(name).predict(rows)])


def create_app():
    app = Flask(__name__)
    app.config["MODEL_DIR"] = os.environ["MODEL_DIR"]
    app.register_blueprint(models)
    return app
