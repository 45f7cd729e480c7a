"""Ticket office of a planetarium with a public programme and pages for the staff."""

import os

from flask import Flask, jsonify, request
from flask_login import LoginManager

from office import office

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
LoginManager(app)
PROGRAMME = {"mon": [], "fri": ["Moons of Saturn"], "sat": ["Moons of Saturn", "The southern sky"]}


@app.get("/programme")
def programme():
    return jsonify(PROGRAMME.get(request.args.get("day", "fri"), []))


app.register_blueprint(office, url_prefix="/office")
