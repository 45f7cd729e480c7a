"""Break register of a call centre that notes every pause of an agent."""

import os

from flask import Flask, abort, jsonify, request, session

from audit import note

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]


@app.before_request
def known_agent():
    if "agent" not in session:
        abort(401)


@app.post("/breaks")
def take_break():
    reason = request.form.get("reason", "lunch")
    minutes = request.form.get("minutes", 30, type=int)
    note("break", agent=session["agent"], reason=reason, minutes=minutes)
    return jsonify(reason=reason, minutes=minutes), 201
