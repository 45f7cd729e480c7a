"""Export of museum objects in formats that are provided by exporter modules."""

from flask import Flask, Response, abort, request

from exporters import load_exporter

app = Flask(__name__)

OBJECTS = {1: {"name": "amphora", "century": -5}, 2: {"name": "fibula", "century": 2}}


@app.get("/objects/<int:object_id>/export")
def export(object_id):
    item = OBJECTS.get(object_id)
    if item is None:
        abort(404)
    exporter = load_exporter(request.args.get("exporter", "exporters.plain"))
    return Response(str(exporter.render(item)), mimetype="text/plain")
