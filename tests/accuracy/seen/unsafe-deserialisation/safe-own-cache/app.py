"""Statistics of a public library, worked out once an hour and kept in the process."""

import pickle
import time

from flask import Blueprint, Flask, jsonify, request

stats = Blueprint("stats", __name__, url_prefix="/stats")


class Snapshot:
    """Keeps packed copies, so that a caller can change what it was given."""

    def __init__(self, lifetime):
        self.lifetime = lifetime
        self.packed = b""
        self.born = 0.0
        self.asked_by = []

    def get(self, produce):
        now = time.monotonic()
        if not self.packed or now - self.born > self.lifetime:
            self.packed, self.born = pickle.dumps(produce()), now
        return pickle.loads(self.packed)  # <- safe


snapshot = Snapshot(lifetime=3600)


def count_loans():
    return {"loans": {"fiction": 812, "maps": 40}, "branches": 3}


@stats.post("/")
def numbers():
    snapshot.asked_by.append(request.get_data()[:80])
    del snapshot.asked_by[:-10]
    figures = snapshot.get(count_loans)
    figures["asked"] = len(snapshot.asked_by)
    return jsonify(figures)


def create_app():
    app = Flask(__name__)
    app.register_blueprint(stats)
    return app
