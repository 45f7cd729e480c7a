"""Label printing of a warehouse, with a footer line chosen by the client."""

from pathlib import Path

from flask import Flask, Response, request
from mako.template import Template

app = Flask(__name__)
LABELS = Path(__file__).parent / "labels"


class LabelBuilder:
    def __init__(self, size):
        name = {"small": "small.txt", "large": "large.txt"}.get(size, "small.txt")
        self._text = (LABELS / name).read_text()

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self._text = ""

    def footer(self, text):
        self._text = self._text.replace("@FOOTER@", text[:60])

    def render(self, **values):
        return Template(self._text).render(**values)  # <- weak


@app.get("/articles/<int:article>/label")
def label(article):
    with LabelBuilder(request.args.get("size")) as builder:
        builder.footer(request.args.get("footer", ""))
        output = builder.render(article=article)
    return Response(output, mimetype="text/plain")
