"""Password reset for readers of a local paper."""

import os
from datetime import timedelta

from flask import Flask, jsonify, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from readers import Readers
from tasks import queue_mail

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
limiter = Limiter(get_remote_address, app=app, default_limits=["100 per hour"])
readers = Readers(os.environ["PAPER_DSN"])


def look_up():
    address = (request.get_json(silent=True) or {}).get("email")
    return readers.find(address) if isinstance(address, str) else None


@app.post("/password/reset")
@limiter.limit("3 per minute")
def reset():
    reader = look_up()
    if not reader:
        return jsonify(message="no subscription under this address"), 404  # <- weak
    token = readers.new_reset(reader, valid=timedelta(minutes=30))
    queue_mail(reader["email"], "reset", token=token)
    return jsonify(message="a mail is on its way"), 202
