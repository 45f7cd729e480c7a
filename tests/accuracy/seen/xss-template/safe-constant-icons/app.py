"""Weather page of a sailing school, with an icon for the strength of the wind."""

from flask import Flask, render_template, request

app = Flask(__name__)

ICONS = {
    "calm": "<svg width='16' height='16'><circle r='4'/></svg>",
    "breeze": "<svg width='16' height='16'><path d='M0 8h9'/></svg>",
    "gale": "<svg width='16' height='16'><path d='M0 8h16'/></svg>",
}


def icon(wind):
    for name, drawing in ICONS.items():
        if name == wind:
            return drawing
    return ICONS["calm"]


@app.route("/weather/<wind>")
def weather(wind):
    colour = request.args.get("colour", "navy")
    report = {"wind": wind, "icon": icon(wind), "colour": colour if colour in ("navy", "black") else "navy"}
    return render_template("weather.html", **report)
