"""Interface of a fleet-charging service whose tokens come from an identity provider."""

import os

from flask import Flask, abort, jsonify

from tokens import Caller, bearer

app = Flask(__name__)
app.config["JWT_ISSUER"] = os.environ["JWT_ISSUER"]
sessions = {}


@app.post("/chargers/<int:charger>/sessions")
def start(charger):
    caller = Caller.verified(bearer())
    sessions[charger] = caller.subject
    return jsonify(charger=charger), 201


@app.get("/chargers/<int:charger>")
def show(charger):
    caller = Caller.verified(bearer())
    return jsonify(charger=charger, mine=sessions.get(charger) == caller.subject)


@app.delete("/chargers/<int:charger>/sessions")
def stop(charger):
    caller = Caller.peek(bearer())
    if "fleet-manager" not in caller.roles and sessions.get(charger) != caller.subject:
        abort(403)
    sessions.pop(charger, None)
    return "", 204
