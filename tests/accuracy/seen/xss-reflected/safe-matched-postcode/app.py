"""Collection days of a waste company, looked up by postcode."""

import re

from flask import Flask, abort, request

app = Flask(__name__)

POSTCODE = re.compile(r"[0-9]{3} ?[0-9]{2}")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


class Postcode:
    def __init__(self, raw):
        if POSTCODE.fullmatch(raw) is None:
            raise ValueError("not a postcode")
        self.text = raw

    @property
    def day(self):
        return DAYS[int(self.text[-1]) % len(DAYS)]


def asked_postcode():
    try:
        return Postcode(request.cookies.get("postcode") or request.args.get("postcode", ""))
    except ValueError:
        abort(400)


@app.get("/collection")
def collection():
    code = asked_postcode()
    answer = "<p>Bins in " + code.text + " are emptied on " + code.day + ".</p>"
    return answer, 200, {"Content-Type": "text/html; charset=utf-8"}  # <- safe
