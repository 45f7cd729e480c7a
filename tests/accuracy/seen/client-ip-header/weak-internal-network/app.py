"""Control room of a wind farm, whose switches are for the internal network only."""

from flask import Blueprint, Flask, abort, jsonify, request

from fence import Fence

control = Blueprint("control", __name__, url_prefix="/control")
fence = Fence("10.20.0.0/16", "fd00:20::/48")

turbines = {1: "running", 2: "running", 3: "stopped"}


@control.before_request
def only_inside():
    if not fence.lets_in(request.headers):
        abort(404)


@control.get("/turbines")
def states():
    return jsonify(turbines)


@control.post("/turbines/<int:number>/<any(running, stopped):state>")
def switch(number, state):
    if number not in turbines:
        abort(404)
    turbines[number] = state
    return jsonify(turbine=number, state=state)


def create_app():
    app = Flask(__name__)
    app.register_blueprint(control)
    return app
