"""Map tile service that repeats a client's trace label in its answers."""

import uuid

from flask import Flask, g, jsonify, make_response, request

app = Flask(__name__)


@app.before_request
def begin():
    g.labels = {"trace": request.args.get("trace") or uuid.uuid4().hex, "style": request.args.get("style", "day")}


class Labelled:
    def __init__(self, response):
        self.response = response

    def label(self, **labels):
        for name, value in labels.items():
            self.response.headers[f"X-Map-{name.title()}"] = value  # <- safe
        return self.response


@app.after_request
def label(response):
    try:
        return Labelled(response).label(**g.labels)
    except ValueError:
        return make_response(jsonify(error="bad label"), 400)


@app.get("/tiles/<int:zoom>/<int:x>/<int:y>")
def tile(zoom, x, y):
    if zoom > 19 or x >= 2**zoom or y >= 2**zoom:
        return jsonify(error="no such tile"), 404
    return jsonify(url=f"/static/tiles/{zoom}/{x}/{y}.png")
