"""Password reset of a museum shop, which hands every address to a worker and answers at once."""

import os

from flask import Flask, jsonify, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from worker import Resets, jobs

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
limiter = Limiter(get_remote_address, app=app)
resets = Resets(os.environ["SHOP_DSN"])


@jobs.task
def start_reset(address):
    customer = resets.find(address)
    if customer is None:
        return {"message": "no customer has this address", "status": 404}  # <- safe
    resets.send(customer)
    return {"message": "sent", "status": 200}


@app.post("/password/reset")
@limiter.limit("3 per minute")
def ask_for_reset():
    address = request.form.get("email", "")[:200]
    start_reset.delay(address)
    return jsonify(message="If we know this address, a mail is on its way."), 202
