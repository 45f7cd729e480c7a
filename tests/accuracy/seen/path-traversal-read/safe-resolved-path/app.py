"""Minutes of a parish council, read from a folder with one sub-folder per year."""

from pathlib import Path

from flask import Flask, Response, abort, request

app = Flask(__name__)

MINUTES = Path("/srv/parish/minutes").resolve()


class OutsideFolder(ValueError):
    pass


def minutes_path(relative):
    target = (MINUTES / relative).resolve()
    if not target.is_relative_to(MINUTES):
        raise OutsideFolder(relative)
    return target


@app.get("/minutes")
def minutes():
    try:
        target = minutes_path(request.args.get("file", "index.txt"))
    except (OutsideFolder, ValueError):
        abort(404)
    if not target.is_file():
        abort(404)
    with open(target, encoding="utf-8") as text:  # <- safe
        return Response(text.read(), mimetype="text/plain")
