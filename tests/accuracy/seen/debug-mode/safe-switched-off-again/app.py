"""Check-in of a youth hostel, started with settings from a base table."""

import os

from flask import Flask, abort, jsonify, request, session

BASE = {"DEBUG": False, "TESTING": False, "SESSION_COOKIE_SECURE": True}
BEDS = {n: None for n in range(1, 25)}

app = Flask(__name__)
app.config.update(BASE, SECRET_KEY=os.environ["SECRET_KEY"])


@app.get("/beds")
def free_beds():
    return jsonify([bed for bed, guest in BEDS.items() if guest is None])


@app.post("/beds/<int:bed>")
def check_in(bed):
    if session.get("role") != "reception":
        abort(403)
    if BEDS.get(bed, "") is not None:
        abort(409)
    BEDS[bed] = request.form.get("guest", "")[:60]
    return jsonify(bed=bed), 201


def main():
    debug = True
    port = int(os.environ.get("PORT", "8080"))
    debug = app.config["TESTING"] and debug
    app.run(host="0.0.0.0", port=port, debug=debug)  # <- safe


if __name__ == "__main__":
    main()
