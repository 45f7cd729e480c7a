"""Reads XSPF playlists that listeners hand in to a radio show."""

from defusedxml import DefusedXmlException
from defusedxml import ElementTree as etree
from flask import Flask, jsonify, request

app = Flask(__name__)
TRACK = "{http://xspf.org/ns/0/}track"
FIELDS = ("title", "creator", "album")


def local(name):
    return "{http://xspf.org/ns/0/}" + name


class Playlist:
    def __init__(self, data):
        self.root = etree.fromstring(data)  # <- safe

    def __iter__(self):
        for track in self.root.iter(TRACK):
            yield {field: track.findtext(local(field), "") for field in FIELDS}


@app.post("/playlists")
def hand_in():
    try:
        playlist = Playlist(request.get_data())
    except (etree.ParseError, DefusedXmlException):
        return jsonify(error="not a playlist"), 400
    return jsonify(tracks=list(playlist))
