"""Lab reports in several layouts, the stylesheets being part of the program."""

import os
from pathlib import Path

from flask import Flask, Response, abort, request
from lxml import etree

app = Flask(__name__)
LAYOUTS = {path.stem: path for path in (Path(__file__).parent / "layouts").glob("*.xsl")}


def layout_path(name):
    path = LAYOUTS.get(name)
    if path is None:
        abort(404)
    return path


def chosen_layout():
    name = request.headers.get("X-Layout") or request.args.get("layout", "compact")
    return etree.parse(str(layout_path(name)))


@app.get("/reports/<int:report>")
def report(report):
    source = etree.parse(os.path.join(os.environ["REPORT_DIR"], f"{report}.xml"))
    transform = etree.XSLT(chosen_layout())  # <- safe
    return Response(str(transform(source)), mimetype="text/plain")
