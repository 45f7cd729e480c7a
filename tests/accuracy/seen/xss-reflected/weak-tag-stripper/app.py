"""Preview of the label that a shipping desk prints for a parcel."""

import re
from dataclasses import dataclass

from flask import Flask, Response, request
from flask.views import MethodView

app = Flask(__name__)

SCRIPT_TAG = re.compile(r"</?script[^>]*>", re.IGNORECASE)


@dataclass
class Label:
    recipient: str
    street: str
    weight: int

    @property
    def lines(self):
        yield self.recipient
        yield self.street
        yield f"{self.weight} g"


def tidy(text):
    return SCRIPT_TAG.sub("", text).strip()


class LabelPreview(MethodView):
    def post(self):
        form = {key: tidy(value) for key, value in request.form.items()}
        label = Label(form.get("recipient", ""), form.get("street", ""), request.form.get("weight", 0, type=int))
        body = "<address>" + "<br>".join(label.lines) + "</address>"
        return Response(body, mimetype="text/html")  # <- weak


app.add_url_rule("/labels/preview", view_func=LabelPreview.as_view("label_preview"))
