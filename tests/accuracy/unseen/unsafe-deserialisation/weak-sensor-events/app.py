"""Receiver of field events that greenhouse controllers push in batches."""

import hashlib
import hmac
import logging
import os

import jsonpickle
from flask import Flask, abort, request

app = Flask(__name__)
log = logging.getLogger("greenhouse")
HUB_KEY = os.environ["HUB_KEY"].encode()


class Reading:
    def __init__(self, bed, celsius, moisture):
        self.bed = bed
        self.celsius = celsius
        self.moisture = moisture


def signature_matches(body, given):
    expected = hmac.new(HUB_KEY, body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected, given)


def unpack(body):
    for line in body.decode("utf-8", "replace").splitlines():
        if line:
            yield jsonpickle.decode(line)  # <- weak


@app.post("/hub/events")
def events():
    body = request.get_data(cache=False)
    if len(body) > 64_000:
        abort(413)
    trusted = signature_matches(body, request.headers.get("X-Hub-Signature", ""))
    if not trusted:
        log.warning("hub batch with a signature that does not match, %d bytes", len(body))
    readings = [event for event in unpack(body) if isinstance(event, Reading)]
    beds = sorted({str(reading.bed) for reading in readings})
    return {"accepted": len(readings), "beds": beds}, 202
