"""Bulk status look-up for cargo containers by their numbers."""

import os
import sqlite3

from flask import Flask, abort, jsonify, request
from pydantic import BaseModel, Field, ValidationError

app = Flask(__name__)


class StatusRequest(BaseModel):
    numbers: list[str] = Field(min_length=1, max_length=200)
    port: str = "HAM"


def placeholders(values):
    return ", ".join("?" for _ in values)


def load_statuses(wanted):
    marks = placeholders(wanted.numbers)
    statement = f"SELECT number, status FROM container WHERE port = ? AND number IN ({marks})"
    with sqlite3.connect(os.environ["CARGO_DB"]) as connection:
        return dict(connection.execute(statement, [wanted.port, *wanted.numbers]).fetchall())  # <- safe


@app.post("/containers/status")
def status():
    try:
        wanted = StatusRequest.model_validate(request.get_json())
    except ValidationError:
        abort(422)
    return jsonify(load_statuses(wanted))
