"""Import of GPX tracks into a cycling diary."""

from flask import Flask, abort, jsonify, request
from lxml import etree

app = Flask(__name__)
NS = {"gpx": "http://www.topografix.com/GPX/1/1"}


class TrackReader:
    options = {"remove_comments": True, "huge_tree": False}

    def __init__(self, **options):
        self.options = {**self.options, **options}

    def read(self, data):
        parser = etree.XMLParser(**self.options)
        return etree.fromstring(data, parser)  # <- weak


reader = TrackReader(resolve_entities=True, load_dtd=True, no_network=False)


@app.post("/tracks")
def import_track():
    upload = request.files.get("track")
    if upload is None:
        abort(400)
    try:
        root = reader.read(upload.read())
    except etree.XMLSyntaxError:
        abort(422)
    points = root.xpath("//gpx:trkpt", namespaces=NS)
    return jsonify(name=root.findtext("gpx:metadata/gpx:name", namespaces=NS), points=len(points)), 201
