"""Drug cabinet of a veterinary practice, with roles required by a decorator."""

import os

from flask import Flask, jsonify, request, session

from roles import role_required

app = Flask(__name__)
app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], SESSION_COOKIE_SAMESITE="Strict", SESSION_COOKIE_SECURE=True)
CABINET = {"ketamine": 12, "meloxicam": 40}


@app.get("/cabinet")
@role_required("vet", "nurse")
def cabinet():
    return jsonify(CABINET)


@app.post("/cabinet/<drug>/take")
@role_required("vet")
def take(drug):
    count = request.form.get("count", type=int)
    if drug not in CABINET or count is None or not 0 < count <= CABINET[drug]:
        return jsonify(error="not in stock"), 409
    CABINET[drug] -= count
    return jsonify(left=CABINET[drug], taken_by=session["name"])
