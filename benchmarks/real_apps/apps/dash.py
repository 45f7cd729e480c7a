"""Dash: pages made of scripts; a layout with a graph, a table, tabs and a callback that writes into a database."""

from __future__ import annotations

import base64
import secrets
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..files import noise
from ..recipe import Guard, Place, Recipe, serve

if TYPE_CHECKING:
    from ..visit import Visit

DATABASE = "notes.db"
NOTE = "written by a callback"
KEPT = "kept"
SMALL, LARGE = 300_000, 3_000_000
LIMIT = 8_388_608


def start(place: Place, guard: Guard) -> None:
    """Build the dashboard and serve its Flask server."""
    app = _dashboard(place)
    # Dash sets none. Whoever deploys it does, or says sessions=False.
    app.server.config["SECRET_KEY"] = secrets.token_hex(32)
    guard(app.server)
    serve(app.server, place)


def _dashboard(place: Place) -> Any:
    from dash import Dash, Input, Output, State, clientside_callback, dcc, html

    with sqlite3.connect(place.folder / DATABASE) as database:
        database.execute("CREATE TABLE notes (text TEXT)")
    app = Dash("dashboard", suppress_callback_exceptions=True)
    app.layout = html.Div(
        [
            html.H1("Notes", style={"color": "rgb(20, 60, 120)"}),
            dcc.Input(id="text", value=""),
            html.Button("Save", id="save"),
            html.Div(id="saved"),
            html.Div(id="shown"),
            dcc.Tabs([dcc.Tab(_figure(), label="Chart"), dcc.Tab(_table(), label="Rows")]),
            dcc.Markdown("A *formula* and a [link](/elsewhere)."),
            dcc.DatePickerSingle(date="2026-01-02"),
            dcc.Dropdown(["one", "two"], "one"),
            dcc.Upload(html.Button("Choose"), id="upload"),
            html.Div(id="received"),
            html.Button("Give back", id="give"),
            dcc.Download(id="download"),
        ]
    )
    _with_files(app, place.folder / KEPT)

    @app.callback(Output("saved", "children"), Input("save", "n_clicks"), State("text", "value"))
    def save(clicks: int | None, text: str) -> str:
        if not clicks:
            return "nothing saved"
        with sqlite3.connect(place.folder / DATABASE) as database:
            database.execute("INSERT INTO notes VALUES (?)", (text,))
        return f"saved: {text}"

    # Its source travels inline in the page, as every client-side callback's does.
    clientside_callback(
        "function(text) { return 'typed: ' + text; }", Output("shown", "children"), Input("text", "value")
    )
    return app


def _with_files(app: Any, kept: Path) -> None:
    """Keep what is uploaded, and give it back: Dash sends both in the JSON of a callback, in base64."""
    from dash import Input, Output, State, dcc, no_update

    kept.mkdir()

    @app.callback(Output("received", "children"), Input("upload", "contents"), State("upload", "filename"))
    def receive(contents: str | None, name: str) -> str:
        if not contents:
            return "nothing received"
        (kept / Path(name).name).write_bytes(base64.b64decode(contents.partition(",")[2]))
        return f"received: {name}"

    @app.callback(Output("download", "data"), Input("give", "n_clicks"), State("upload", "filename"))
    def give(clicks: int | None, name: str) -> Any:
        return dcc.send_file(kept / Path(name).name) if clicks else no_update


def _figure() -> Any:
    from dash import dcc

    return dcc.Graph(figure={"data": [{"x": [1, 2, 3], "y": [4, 1, 2], "type": "bar"}], "layout": {"title": "Bars"}})


def _table() -> Any:
    from dash import dash_table

    columns = [{"name": name, "id": name} for name in ("town", "people")]
    return dash_table.DataTable([{"town": "Ulm", "people": 7}], columns, editable=True, sort_action="native")


def visit(visit: Visit) -> None:
    """Open the dashboard, save a note with its callback, and change to the other tab."""
    page = visit.page
    visit.open("/", ".js-plotly-plot .bars")
    page.locator("#text").fill(NOTE)
    visit.note("typed", f"text=typed: {NOTE}")
    page.get_by_role("button", name="Save").click()
    visit.note("saved", f"text=saved: {NOTE}")
    page.get_by_text("Rows").click()
    visit.note("rows", "text=Ulm")
    for name, size in (("small façade.bin", SMALL), ("large façade.bin", LARGE)):
        _there_and_back(visit, name, noise(size))


def _there_and_back(visit: Visit, name: str, content: bytes) -> None:
    page = visit.page
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    page.locator("input[type=file]").set_input_files(file)
    visit.note(f"received {name}", f"text=received: {name}")
    visit.uploaded(f"{name}, dcc.Upload", content, (visit.place.folder / KEPT / name).read_bytes())
    visit.download(f"{name}, dcc.Download", page.get_by_role("button", name="Give back").click, content)


def stored(place: Place) -> object:
    """Return the notes in the database."""
    with sqlite3.connect(place.folder / DATABASE) as database:
        return database.execute("SELECT text FROM notes").fetchall()


RECIPE = Recipe(
    title="Dash",
    distribution="dash",
    start=start,
    visit=visit,
    stored=stored,
    views={"/_dash-update-component": {"max_body_bytes": LIMIT}},
    change="a callback writes a note into a database",
)
