"""Full-text search over a folder of recipes with grep."""

import subprocess
from pathlib import Path

from flask import Flask, abort, jsonify, request

app = Flask(__name__)
RECIPES = Path("/srv/recipes")


def grep_command(terms, ignore_case):
    words = ["grep", "--fixed-strings", "--files-with-matches", "--recursive"]
    if ignore_case:
        words.append("--ignore-case")
    for term in terms:
        words += ["-e", term]
    return words + ["--", str(RECIPES)]


@app.get("/recipes/search")
def search():
    terms = [term for term in request.args.getlist("term") if term.strip()]
    if not terms:
        abort(400)
    command = grep_command(terms, "case" not in request.args)
    done = subprocess.run(command, capture_output=True, text=True, timeout=10)  # <- safe
    return jsonify([Path(line).stem for line in done.stdout.splitlines()])
