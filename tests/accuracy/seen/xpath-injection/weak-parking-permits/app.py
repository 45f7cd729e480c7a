"""Parking permit check of a campus whose permits are exported as XML."""

from flask import Flask, abort, jsonify, request

from permits import PermitFile

app = Flask(__name__)


@app.post("/permits/check")
def check():
    body = request.get_json()
    plate, code = body.get("plate"), body.get("code")
    if not isinstance(plate, str) or not isinstance(code, str):
        abort(400)
    permit = PermitFile().matching(plate, code)
    if permit is None:
        abort(404)
    return jsonify(zone=permit.get("zone"), until=permit.get("until"))
