"""Route planner for a courier firm whose clients send typed parameters."""

from flask import Flask, jsonify, request

app = Flask(__name__)

PLAIN = {"int": int, "float": float, "text": str}


def converter_for(kind):
    if kind in PLAIN:
        return PLAIN[kind]
    return lambda raw: eval(f"{kind}({raw!r})")  # <- weak


def typed(items):
    parameters = {}
    for item in items:
        convert = converter_for(item.get("type", "text"))
        parameters[item["name"]] = convert(item["value"])
    return parameters


@app.post("/plans")
def plan():
    parameters = typed(request.get_json()["parameters"])
    stops = int(parameters.get("stops", 1))
    speed = float(parameters.get("speed", 30.0))
    return jsonify(stops=stops, minutes=round(stops * 60 / max(speed, 1.0), 1))
