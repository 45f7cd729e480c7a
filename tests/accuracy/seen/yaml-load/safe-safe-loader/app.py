"""Descriptions of sensors in a greenhouse, sent in YAML by the installers."""

import yaml
from flask import Flask, jsonify, request

app = Flask(__name__)

try:
    from yaml import CSafeLoader as Reader
except ImportError:
    from yaml import SafeLoader as Reader

sensors = {}


class Description:
    def __init__(self, body):
        self._body = body

    @property
    def values(self):
        loaded = yaml.load(self._body, Loader=Reader)  # <- safe
        if not isinstance(loaded, dict) or "id" not in loaded:
            raise ValueError("no description of a sensor")
        return loaded


@app.post("/sensors")
def add_sensor():
    try:
        values = Description(request.get_data(as_text=True)).values
        sensors[int(values["id"])] = str(values.get("place", ""))
    except (yaml.YAMLError, ValueError, TypeError):
        return jsonify(error="unreadable description"), 422
    return jsonify(sensors=len(sensors)), 201
