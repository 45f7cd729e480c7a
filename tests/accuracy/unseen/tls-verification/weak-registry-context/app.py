"""Check of a practitioner's licence number against the registry of a professional body."""

import os

from flask import Flask, jsonify
from flask_login import LoginManager, login_required

from registry import Registry, RegistryDown

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config.setdefault("REGISTRY_HOST", "registry.vets.example")
LoginManager(app)
registry = Registry(app.config["REGISTRY_HOST"], os.environ["REGISTRY_USER"], os.environ["REGISTRY_PASSWORD"])


@app.get("/licences/<int:number>")
@login_required
def licence(number):
    try:
        return jsonify(number=number, **registry.licence(number))
    except RegistryDown:
        return jsonify(error="The registry does not answer."), 502
