"""Map of bicycle stations, whose first position comes from the address."""

from flask import Flask, render_template, request

app = Flask(__name__)

STATIONS = [
    {"name": "Station Square", "bikes": 12},
    {"name": "Old Mill", "bikes": 3},
]


def view_settings(args):
    settings = {"district": args.get("district", "centre"), "zoom": args.get("zoom", 12, type=int)}
    settings["labels"] = args.getlist("label")
    return settings


@app.get("/map")
def bike_map():
    settings = view_settings(request.args)
    return render_template("map.html", settings=settings, stations=STATIONS)
