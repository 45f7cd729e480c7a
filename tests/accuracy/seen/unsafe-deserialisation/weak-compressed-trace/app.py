"""Collector of flight traces, which gliders send packed and compressed."""

import io
import pickle
import zlib
from functools import reduce

from flask import Flask, jsonify
from flask import request as incoming
from flask.views import MethodView

app = Flask(__name__)


class TraceUnpickler(pickle.Unpickler):
    def persistent_load(self, pid):
        raise pickle.UnpicklingError("no references")


class Trace:
    steps = [zlib.decompress, io.BytesIO, TraceUnpickler]

    @classmethod
    def reader(cls, body):
        return reduce(lambda value, step: step(value), cls.steps, body)


class Traces(MethodView):
    init_every_request = False

    def post(self):
        reader = Trace.reader(incoming.get_data())
        points = reader.load()  # <- weak
        heights = [float(point["height"]) for point in points]
        return jsonify(points=len(heights), highest=max(heights, default=0.0))


app.add_url_rule("/traces", view_func=Traces.as_view("traces"))
