"""Unit converter for bakers that streams its table row by row."""

from html import escape

from flask import Flask, Response, request, stream_with_context

app = Flask(__name__)
FACTORS = {"cup": 240.0, "spoon": 15.0, "pinch": 0.4}


class Table:
    def __init__(self, *titles):
        self.titles = titles
        self.rows = []

    def row(self, *cells):
        self.rows.append([escape(cell) if isinstance(cell, str) else cell for cell in cells])

    def __iter__(self):
        yield "<table><tr>" + "".join(f"<th>{escape(title)}</th>" for title in self.titles) + "</tr>"
        for row in self.rows:
            yield "<tr>" + "".join(f"<td>{self.flat(cell)}</td>" for cell in row) + "</tr>"
        yield "</table>"

    @staticmethod
    def flat(cell):
        return ", ".join(cell) if isinstance(cell, list) else f"{cell}"


@app.get("/convert")
def convert():
    amount = request.args.get("amount", 1.0, type=float)
    labels = request.args.getlist("label")
    table = Table("unit", "millilitres", "labels")
    for unit, factor in FACTORS.items():
        table.row(unit, round(amount * factor, 2), labels)
    return Response(stream_with_context(table), mimetype="text/html")  # <- weak
