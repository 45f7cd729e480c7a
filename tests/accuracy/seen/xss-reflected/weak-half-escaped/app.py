"""Public timetable of a ferry line, filtered by harbour and day."""

from flask import Blueprint, Flask, g, request
from markupsafe import escape

board = Blueprint("board", __name__, url_prefix="/board")

SAILINGS = {
    "monday": [("07:10", "Norrvik"), ("12:40", "Sandholm")],
    "sunday": [("09:00", "Norrvik")],
}


@board.before_request
def read_filters():
    g.day = request.args.get("day", "monday").lower()
    g.harbour = request.args.get("harbour")


def heading(day, harbour):
    if harbour:
        return f"Sailings to {escape(harbour)}"
    return "Sailings on {}".format(day)


@board.get("/")
def show():
    rows = SAILINGS.get(g.day, [])
    if g.harbour:
        rows = [row for row in rows if row[1] == g.harbour]
    table = "".join(f"<tr><td>{time}</td><td>{place}</td></tr>" for time, place in rows)
    return f"<h2>{heading(g.day, g.harbour)}</h2><table>{table}</table>"  # <- weak


def create_app():
    app = Flask(__name__)
    app.register_blueprint(board)
    return app
