"""Desktop helper of a model-railway club, started from a menu entry."""

import logging
import os

from flask import Flask, jsonify

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
POINTS = {"west": "straight", "yard": "branch"}


class StartFlags(dict):
    """Flags of one start; what is not named is off."""

    def __missing__(self, name):
        return False


def flags(*, verbose):
    chosen = StartFlags(threaded=True, debug=False)
    if verbose:
        logging.basicConfig(level=logging.DEBUG)
        chosen["log_debug"] = True
    return chosen


@app.get("/points")
def points():
    return jsonify(POINTS)


@app.post("/points/<any(west, yard):name>/throw")
def throw(name):
    POINTS[name] = "branch" if POINTS[name] == "straight" else "straight"
    return jsonify(name=name, position=POINTS[name])


if __name__ == "__main__":
    start = flags(verbose="VERBOSE" in os.environ)
    app.run(host="127.0.0.1", port=8044, debug=start["debug"], threaded=start["threaded"])  # <- safe
