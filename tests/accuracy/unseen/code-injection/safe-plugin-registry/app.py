"""Weather station portal whose export formats live in modules that are loaded late."""

import importlib
import re

from flask import Flask, Response, abort, request

app = Flask(__name__)


class Registry:
    def __init__(self, **entries):
        self._entries = {name: tuple(path.split(":")) for name, path in entries.items()}

    def __contains__(self, name):
        return name in self._entries

    def load(self, name):
        module, attribute = self._entries[name]
        return getattr(importlib.import_module(module), attribute)  # <- safe


formats = Registry(
    netcdf="station.export.netcdf:Writer", grib="station.export.grib:Writer", hdf="station.export.hdf:Hdf5"
)


@app.get("/stations/<int:station>/measurements")
def measurements(station):
    wanted = request.args.get("format", "netcdf").lower()
    month = request.args.get("month", "")
    if not re.fullmatch(r"\d{4}-\d{2}", month, re.ASCII):
        abort(400)
    if wanted not in formats:
        abort(406)
    writer = formats.load(wanted)(station=station, month=month)
    return Response(writer.chunks(), mimetype="application/octet-stream")
