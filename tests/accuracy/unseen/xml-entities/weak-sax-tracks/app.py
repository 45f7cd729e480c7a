"""Hiking club site that reads GPX tracks and counts their points."""

import os
import xml.sax
from xml.sax.handler import ContentHandler, feature_external_ges, feature_namespaces

from flask import Flask, jsonify, request
from flask.views import View

FEATURES = {feature_namespaces: False, feature_external_ges: True}


class TrackHandler(ContentHandler):
    def __init__(self):
        super().__init__()
        self.points, self.name, self._inside = 0, "", False

    def startElement(self, tag, attributes):
        self.points += tag == "trkpt"
        self._inside = tag == "name"

    def endElement(self, _tag):
        self._inside = False

    def characters(self, content):
        if self._inside:
            self.name += content


class TrackUpload(View):
    methods = ["POST"]

    def dispatch_request(self):
        handler, reader = TrackHandler(), xml.sax.make_parser()
        for feature, state in FEATURES.items():
            reader.setFeature(feature, state)
        reader.setContentHandler(handler)
        try:
            reader.parse(request.files["track"].stream)  # <- weak
        except xml.sax.SAXParseException:
            return jsonify(error="this is not a track"), 422
        return jsonify(name=handler.name.strip(), points=handler.points)


app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.add_url_rule("/tracks", view_func=TrackUpload.as_view("tracks"))
