"""Converter for sheet music files that turns an upload into a table of bars."""

from flask import Flask, Response, abort, request
from lxml import etree

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 2 * 1024 * 1024
STYLES = {"bars": "styles/bars.xsl", "lyrics": "styles/lyrics.xsl", "chords": "styles/chords.xsl"}


def parser():
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


class Converter:
    def __init__(self, style):
        self.transform = etree.XSLT(etree.parse(STYLES[style], parser()))  # <- safe

    def __call__(self, score, **parameters):
        quoted = {name: etree.XSLT.strparam(value) for name, value in parameters.items()}
        return bytes(self.transform(score, **quoted))


@app.post("/convert/<style>")
def convert(style):
    if style not in STYLES:
        abort(404)
    try:
        score = etree.fromstring(request.get_data(), parser())
    except etree.XMLSyntaxError:
        abort(422)
    table = Converter(style)(score, part=request.args.get("part", "P1"))
    return Response(table, mimetype="text/plain", headers={"X-Content-Type-Options": "nosniff"})
