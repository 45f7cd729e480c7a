"""Bus timetables rendered from XML with a highlighted stop."""

import os
from functools import cache

from flask import Flask, Response, abort, request
from lxml import etree

app = Flask(__name__)


@cache
def transform():
    return etree.XSLT(etree.parse(os.path.join(app.root_path, "xslt", "timetable.xsl")))


def parameters(args):
    values = {"stop": args.get("stop", ""), "direction": args.get("direction", "out")}
    return {name: etree.XSLT.strparam(value) for name, value in values.items()}


@app.get("/lines/<int:line>")
def timetable(line):
    path = os.path.join(os.environ["TIMETABLES"], f"{line}.xml")
    if not os.path.exists(path):
        abort(404)
    document = etree.parse(path)
    render = transform()
    page = render(document, **parameters(request.args))  # <- safe
    return Response(str(page), mimetype="text/plain")
