"""Election map that passes the reader's choice of districts on to the page's script."""

from dataclasses import asdict, dataclass, field

from flask import Flask, render_template, request

app = Flask(__name__)
PARTIES = ("red", "green", "blue")


@dataclass
class MapView:
    title: str
    districts: list[str] = field(default_factory=list)
    party: str = "red"
    zoom: int = 6

    @classmethod
    def from_args(cls, args):
        party = args.get("party", "red")
        return cls(
            title=args.get("title", "Results"),
            districts=args.getlist("district"),
            party=party if party in PARTIES else "red",
            zoom=args.get("zoom", 6, type=int),
        )


@app.get("/results/map")
def results_map():
    view = MapView.from_args(request.args)
    return render_template("map.html", title=view.title, state=asdict(view))
