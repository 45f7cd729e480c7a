"""MLflow: a React front end in a static HTML file, GraphQL and REST behind it, flask-cors and headers of its own."""

from __future__ import annotations

import os
import secrets
import sqlite3
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from ..environments import PYTHON, child_env, folder_of
from ..files import noise
from ..recipe import Guard, Place, Recipe, serve

if TYPE_CHECKING:
    from ..visit import Visit

DATABASE = "mlflow.db"
NAME = "garrison-experiment"
GIVEN, BACK, RUN = "given", "back", "run.txt"
FILES = {"plot façade.png": 300_000, "model.bin": 20_000_000}
LIMIT = 1_073_741_824
_CLIENT = """
import sys, pathlib, mlflow
url, name, given, back, ran = sys.argv[1:]
mlflow.set_tracking_uri(url)
mlflow.set_experiment(name)
with mlflow.start_run() as run:
    pathlib.Path(ran).write_text(f"{run.info.experiment_id}/runs/{run.info.run_id}")
    for file in sorted(pathlib.Path(given).iterdir(), key=lambda file: file.stat().st_size):
        mlflow.log_artifact(str(file))
        mlflow.artifacts.download_artifacts(run_id=run.info.run_id, artifact_path=file.name, dst_path=back)
"""


def start(place: Place, guard: Guard) -> None:
    """Serve ``mlflow.server:app`` on a database of its own, as the tracking server's own command sets it up."""
    store = f"sqlite:///{place.folder / DATABASE}"
    # What clients are told, so that they send files to the server; and where the server puts them.
    root, artifacts = "mlflow-artifacts:/", str(place.folder / "artifacts")
    os.environ |= {
        "_MLFLOW_SERVER_FILE_STORE": store,
        "_MLFLOW_SERVER_REGISTRY_STORE": store,
        "_MLFLOW_SERVER_ARTIFACT_ROOT": root,
        "_MLFLOW_SERVER_ARTIFACT_DESTINATION": artifacts,
        "_MLFLOW_SERVER_SERVE_ARTIFACTS": "true",
        "MLFLOW_DISABLE_TELEMETRY": "true",
    }
    from mlflow.server import app
    from mlflow.server.handlers import initialize_backend_stores

    initialize_backend_stores(store, store, root)
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
    _log_artifacts(visit)


def _log_artifacts(visit: Visit) -> None:
    """Send files with MLflow's own client and get them back with it, and save one from the run's page."""
    folder = visit.place.folder
    for part in (GIVEN, BACK):
        (folder / part).mkdir()
    for name, size in FILES.items():
        (folder / GIVEN / name).write_bytes(noise(size))
    _client(visit)
    for name, size in FILES.items():
        kept = next((folder / "artifacts").rglob(name), None)
        visit.uploaded(f"{name}, put by MLflow's client", noise(size), kept and kept.read_bytes())
        visit.received(f"{name}, got by MLflow's client", _read(folder / BACK / name), noise(size))
    small = next(iter(FILES))
    visit.open(f"/#/experiments/{(folder / RUN).read_text()}/artifacts", f"text={small}", name="artifacts", text=False)
    visit.page.get_by_text(small).first.click()
    # The button bears a picture only.
    button = visit.page.locator("[data-component-id$='artifactview.tsx_337']")
    visit.download(f"{small}, the page's button", button.click, noise(FILES[small]))


def _client(visit: Visit) -> None:
    folder = visit.place.folder
    arguments = (visit.place.url, NAME, *(str(folder / part) for part in (GIVEN, BACK, RUN)))
    settings = {"MLFLOW_DISABLE_TELEMETRY": "true", "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "1"}
    env = {**child_env(), "HOME": str(folder), **settings}
    with (folder / "client.log").open("wb") as log:
        argv = (str(folder_of("mlflow").joinpath(*PYTHON)), "-c", _CLIENT, *arguments)
        subprocess.run(argv, cwd=folder, env=env, stdout=log, stderr=subprocess.STDOUT, timeout=120, check=False)


def _read(file: Path) -> bytes:
    return file.read_bytes() if file.exists() else b""


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
    views={"_upload_artifact": {"max_body_bytes": LIMIT}},
    change="an experiment is created with the form of the front end",
)
