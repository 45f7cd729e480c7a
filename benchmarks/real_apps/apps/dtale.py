"""D-Tale: a grid over a data frame, React bundles loaded by Jinja templates, charts and an upload."""

from __future__ import annotations

import json
import secrets
from typing import TYPE_CHECKING
from urllib.request import urlopen

from ..recipe import Guard, Place, Recipe, serve

if TYPE_CHECKING:
    from ..visit import Visit

CSV = "town,people\nUlm,7\nBonn,9\nTrier,4\n"


def start(place: Place, guard: Guard) -> None:
    """Load a data frame as ``dtale.show`` does, and serve the app that it builds."""
    import pandas
    from dtale.app import build_app, initialize_process_props
    from dtale.views import startup

    initialize_process_props(host="127.0.0.1", port=place.port)
    app = build_app(place.url, host="127.0.0.1", reaper_on=False)
    frame = pandas.DataFrame({"name": ["ant", "bee", "cat"], "legs": [6, 6, 4]})
    with app.app_context():
        startup(place.url, data=frame, name="animals")
    # D-Tale's own is its name, for everybody to read.
    app.config["SECRET_KEY"] = secrets.token_hex(32)
    guard(app)
    serve(app, place)


def visit(visit: Visit) -> None:
    """Look at the grid, its menu, a description and charts, and upload a file with the form."""
    page = visit.page
    visit.open("/dtale/main/1", "text=bee")
    page.locator("text=legs").first.click()
    visit.note("column menu", "text=Skew")
    visit.open("/dtale/popup/describe/1", "text=legs")
    visit.open("/dtale/popup/correlations/1", "text=Correlations")
    visit.open("/dtale/charts/1", "text=Line", name="charts")
    visit.open("/dtale/popup/upload/1", "text=Load File")
    page.locator("input[type=file]").first.set_input_files(
        {"name": "towns.csv", "mimeType": "text/csv", "buffer": CSV.encode()}
    )
    visit.note("upload", "text=Load")
    with page.expect_response("**/dtale/upload"):
        page.get_by_role("button", name="Load").last.click()
    visit.settle()
    visit.open("/dtale/main/2", "text=Trier")


def stored(place: Place) -> object:
    """Return the data frames that the app's own list names, with their size."""
    with urlopen(f"{place.url}/dtale/processes") as answer:  # noqa: S310
        processes = json.load(answer)["data"]
    return [(one["rows"], one["columns"]) for one in processes]


RECIPE = Recipe(
    title="D-Tale",
    distribution="dtale",
    start=start,
    visit=visit,
    stored=stored,
    change="a CSV file is uploaded with the form",
    lines={"allow_insecure_inline_scripts": ("/dtale/charts/<path:path>",)},
)
