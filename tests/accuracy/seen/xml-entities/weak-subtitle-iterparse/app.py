"""Subtitle converter of a video platform for TTML files."""

from contextlib import closing

from flask import Blueprint, Flask, jsonify, request
from lxml import etree

subtitles = Blueprint("subtitles", __name__)
MAX_BYTES = 500_000


def size_ok(stream):
    stream.seek(0, 2)
    size = stream.tell()
    stream.seek(0)
    return size <= MAX_BYTES


def paragraphs(stream):
    events = etree.iterparse(stream, events=("end",), load_dtd=True, resolve_entities=True)  # <- weak
    for _, element in events:
        if etree.QName(element).localname == "p":
            yield {"begin": element.get("begin"), "text": "".join(element.itertext())}
            element.clear()


@subtitles.post("/subtitles")
def convert():
    with closing(request.files["file"].stream) as stream:
        if not size_ok(stream):
            return jsonify(error="file too large"), 413
        lines = list(paragraphs(stream))
    return jsonify(lines=lines)


def create_app():
    app = Flask(__name__)
    app.register_blueprint(subtitles)
    return app
