"""Letters to the editor of a local paper, with the line breaks of the writer kept."""

from flask import Flask, render_template, request
from markupsafe import Markup, escape

app = Flask(__name__)


def with_breaks(text):
    lines = [str(escape(line)) for line in text.splitlines()]
    return Markup("<br>\n".join(lines))  # <- safe


class Letter:
    def __init__(self, writer, text):
        self.writer = writer
        self._text = text

    @property
    def shown(self):
        return with_breaks(self._text)


@app.post("/letters/preview")
def preview():
    letter = Letter(request.form.get("writer", "Anonymous"), request.form.get("text", ""))
    return render_template("letter.html", letter=letter)
