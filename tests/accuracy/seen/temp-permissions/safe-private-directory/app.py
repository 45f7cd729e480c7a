"""Sheet of address labels, put together in a folder of its own and handed out."""

import tempfile
from pathlib import Path

from flask import Flask, Response, jsonify, request
from flask.views import MethodView

app = Flask(__name__)


class LabelSheet:
    name = "labels.txt"

    def __init__(self, folder):
        self.path = Path(folder) / self.name

    def write(self, addresses):
        with open(self.path, "w", encoding="utf-8") as sheet:  # <- safe
            for number, address in enumerate(addresses, start=1):
                sheet.write(f"{number}. {address}\f\n")
        return self.path.read_text(encoding="utf-8")


class Labels(MethodView):
    def post(self):
        addresses = [str(item) for item in request.get_json().get("addresses", [])][:200]
        if not addresses:
            return jsonify(error="no addresses"), 422
        with tempfile.TemporaryDirectory(prefix="labels-") as folder:
            text = LabelSheet(folder).write(addresses)
        return Response(text, mimetype="text/plain")


app.add_url_rule("/labels", view_func=Labels.as_view("labels"))
