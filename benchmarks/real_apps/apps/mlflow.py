"""MLflow: a React front end in a static HTML file, GraphQL and REST behind it, flask-cors and headers of its own."""

from __future__ import annotations

import os
import secrets
import sqlite3
from typing import TYPE_CHECKING

from ..recipe import Guard, Place, Recipe, serve

if TYPE_CHECKING:
    from ..visit import Visit

DATABASE = "mlflow.db"
NAME = "garrison-experiment"


def start(place: Place, guard: Guard) -> None:
    """Serve ``mlflow.server:app`` on a database of its own, as the tracking server's own command sets it up."""
    store = f"sqlite:///{place.folder / DATABASE}"
    artifacts = str(place.folder / "artifacts")
    os.environ |= {
        "_MLFLOW_SERVER_FILE_STORE": store,
        "_MLFLOW_SERVER_REGISTRY_STORE": store,
        "_MLFLOW_SERVER_ARTIFACT_ROOT": artifacts,
        "_MLFLOW_SERVER_ARTIFACT_DESTINATION": artifacts,
        "_MLFLOW_SERVER_SERVE_ARTIFACTS": "true",
        "MLFLOW_DISABLE_TELEMETRY": "true",
    }
    from mlflow.server import app
    from mlflow.server.handlers import initialize_backend_stores

    initialize_backend_stores(store, store, artifacts)
    # MLflow sets none without its login. Whoever deploys it does, or says sessions=False.
    app.config["SECRET_KEY"] = secrets.token_hex(32)
    guard(app)
    serve(app, place)


def visit(visit: Visit) -> None:
    """Look at the experiments, create one with the form, and look at models and at the new experiment's runs."""
    page = visit.page
    visit.open("/#/experiments", "text=Default")
    page.get_by_role("button", name="Create").first.click()
    page.get_by_placeholder("experiment name").fill(NAME)
    page.get_by_role("dialog").get_by_role("button", name="Create").click()
    visit.note("created", f"text={NAME}")
    visit.open("/#/models", "text=Registered Models", name="models")


def stored(place: Place) -> object:
    """Return the experiments in the database."""
    with sqlite3.connect(place.folder / DATABASE) as database:
        return database.execute("SELECT name FROM experiments ORDER BY name").fetchall()


RECIPE = Recipe(
    title="MLflow",
    distribution="mlflow",
    start=start,
    visit=visit,
    stored=stored,
    change="an experiment is created with the form of the front end",
)
