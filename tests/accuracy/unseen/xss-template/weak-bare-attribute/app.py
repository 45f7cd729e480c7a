"""Search form of a map library that is prefilled with what was asked before."""

from flask import Flask, render_template, request

app = Flask(__name__)
MAPS = [
    {"sheet": "A4", "region": "coast", "year": 1921},
    {"sheet": "B2", "region": "moor", "year": 1933},
    {"sheet": "B3", "region": "moor", "year": 1951},
]


class SearchState:
    fields = ("region", "sheet", "year")

    def __init__(self, args):
        self.values = {field: args.get(field, "") for field in self.fields}

    def __iter__(self):
        return iter(self.values.items())

    def matches(self, sheet):
        return all(not value or str(sheet[field]) == value for field, value in self)


@app.get("/maps")
def maps():
    state = SearchState(request.args)
    return render_template("maps/list.html", state=state, maps=[sheet for sheet in MAPS if state.matches(sheet)])
