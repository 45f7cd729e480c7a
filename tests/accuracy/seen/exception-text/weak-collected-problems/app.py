"""Nightly clean-up of a ticket office, started by an operator over HTTP."""

import sqlite3
from pathlib import Path

from flask import Blueprint, Flask, Response, current_app
from flask_login import login_required

cleanup = Blueprint("cleanup", __name__)


def old_tickets():
    with sqlite3.connect(current_app.config["TICKETS"]) as db:
        db.execute("DELETE FROM ticket WHERE used_at < date('now', '-1 year')")


def old_scans():
    for scan in Path(current_app.config["SCANS"]).glob("*.tmp"):
        scan.unlink()


def run(*steps):
    problems = []
    for step in steps:
        try:
            step()
        except (sqlite3.Error, OSError) as problem:
            problems.append(f"{step.__name__}: {problem!r}")
    return problems


@cleanup.post("/cleanup")
@login_required
def start():
    report = "\n".join(run(old_tickets, old_scans)) or "done"
    return Response(report, mimetype="text/plain")  # <- weak


def create_app():
    app = Flask(__name__)
    app.config.from_prefixed_env()
    app.register_blueprint(cleanup)
    return app
