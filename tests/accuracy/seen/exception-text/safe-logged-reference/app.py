"""Booking of rehearsal rooms, where a failure is answered with a reference number."""

import logging
import os
import traceback
import uuid

import httpx
from flask import Flask, jsonify, request

app = Flask(__name__)
log = logging.getLogger("rooms")


def note_failure(error):
    reference = uuid.uuid4().hex[:10]
    details = "".join(traceback.format_exception(error))
    log.error("%s %s", reference, details)
    return {"reference": reference, "message": "The room could not be booked."}


@app.post("/bookings")
def book():
    wish = request.get_json()
    try:
        room, day = int(wish["room"]), str(wish["day"])
        answer = httpx.post(f"{os.environ['ROOMS_API']}/rooms/{room}", json={"day": day}, timeout=5)
        answer.raise_for_status()
    except (KeyError, ValueError, httpx.HTTPError) as error:
        failure = note_failure(error)
        return jsonify(failure), 502  # <- safe
    return jsonify(room=room, day=day), 201
