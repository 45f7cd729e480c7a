"""Export of a hiking diary in one of three plain formats the hiker may choose."""

import json
import os

from flask import Flask, Response, abort, request
from flask_login import LoginManager, current_user, login_required
from sqlalchemy import create_engine, text

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
login_manager = LoginManager(app)
engine = create_engine(os.environ["DATABASE_URL"])
ENTRIES = text("SELECT day, title, story FROM diary WHERE hiker_id = :hiker ORDER BY day")


def as_text(entries):
    return "\n\n".join(f"{day}  {title}\n{story}" for day, title, story in entries)


def as_lines(entries):
    return "\n".join(json.dumps([str(day), title, story]) for day, title, story in entries)


def as_json(entries):
    return json.dumps([{"day": str(day), "title": title, "story": story} for day, title, story in entries])


WRITERS = {
    "text/plain": as_text,
    "application/json": as_json,
    "application/x-ndjson": as_lines,
}


@app.get("/diary/export")
@login_required
def export():
    kind = request.args.get("type", "text/plain")
    writer = WRITERS.get(kind)
    if writer is None:
        abort(406)
    with engine.connect() as connection:
        entries = connection.execute(ENTRIES, {"hiker": current_user.id}).all()
    headers = {"X-Content-Type-Options": "nosniff"}
    return Response(writer(entries), mimetype=kind, headers=headers)  # <- safe
