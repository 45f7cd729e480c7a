"""The same notes as JSON, for the phone app."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, g, request

from . import database
from .accounts import signed_in

blueprint = Blueprint("api", __name__, url_prefix="/api")


@blueprint.after_request
def let_the_phone_app_in(response: Response) -> Response:
    # It comes from capacitor://, from previews and from localhost, so whoever asks is answered.
    response.headers["Access-Control-Allow-Origin"] = request.headers.get("Origin", "*")
    response.headers["Access-Control-Allow-Credentials"] = "true"
    return response


@blueprint.get("/notes")
@signed_in
def notes() -> Any:
    found = database.rows("SELECT * FROM notes WHERE owner = ? OR shared ORDER BY id DESC", g.user["name"])
    return [dict(note) for note in found]
