"""Export of notes from a meeting tool, in the type that the caller asks for."""

from dataclasses import asdict, dataclass

from flask import Flask, Response, request

app = Flask(__name__)


@dataclass
class Note:
    author: str
    text: str


def lines(note):
    for name, value in asdict(note).items():
        yield f"{name}: {value}"


class Export:
    def __init__(self, note, options):
        self.note = note
        self.kind = options.get("as", "text/plain")

    def response(self):
        return Response("\n".join(lines(self.note)), content_type=self.kind)  # <- weak


@app.route("/notes/export", methods=["GET", "POST"])
def export():
    note = Note(request.values.get("author", ""), request.values.get("text", ""))
    return Export(note, request.args).response()
