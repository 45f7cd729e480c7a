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
ROWS = 80_000
LARGE = "town,people\n" + "".join(f"Zürich {number},{number}\n" for number in range(ROWS))


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
    _upload(visit, "towns.csv", CSV)
    visit.open("/dtale/main/2", "text=Trier")
    _export(visit, 2, "towns.csv", CSV)
    _upload(visit, "großstädte.csv", LARGE)
    visit.open("/dtale/main/3", "text=Zürich 1")
    _export(visit, 3, "großstädte.csv", LARGE)
    # A page as an attachment: what makes pages work under a policy must stay out of it.
    visit.download("the grid as HTML, its export", visit.follow("/dtale/data/2?export=true"))


def _upload(visit: Visit, name: str, text: str) -> None:
    page = visit.page
    visit.open("/dtale/popup/upload/1", "text=Load File", name=f"upload of {name}")
    page.locator("input[type=file]").first.set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": text.encode()}
    )
    visit.note(f"{name} chosen", "text=Load")
    with page.expect_response("**/dtale/upload"):
        page.get_by_role("button", name="Load").last.click()
    visit.settle()


def _export(visit: Visit, number: int, name: str, text: str) -> None:
    """Save a grid as CSV, as the menu's button does. What was uploaded is kept as a data frame, not as a file."""
    content = visit.download(
        f"{name}, its export", visit.follow(f"/dtale/data-export/{number}?type=csv"), text.encode()
    )
    visit.uploaded(f"{name}, the form", text.encode(), content)


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
