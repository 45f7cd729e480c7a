"""Wiki of a robotics club that keeps its pages as text files in folders."""

from pathlib import Path

from flask import Flask, abort, jsonify, request

app = Flask(__name__)
PAGES = Path("/srv/wiki/pages").resolve()


class OutsideWiki(Exception):
    pass


def page_path(name, folder=None):
    start = PAGES / folder if folder else PAGES
    path = (start / name).with_suffix(".txt").resolve()
    if not path.is_relative_to(PAGES):
        raise OutsideWiki(name)
    return path


@app.errorhandler(OutsideWiki)
@app.errorhandler(FileNotFoundError)
def no_page(_error):
    return jsonify(error="there is no such page"), 404


@app.get("/wiki/<path:name>")
def page(name):
    if name.endswith("/") or "\0" in name:
        abort(404)
    path = page_path(name, request.args.get("space"))
    with open(path, encoding="utf-8") as source:  # <- safe
        return jsonify(name=name, text=source.read())
