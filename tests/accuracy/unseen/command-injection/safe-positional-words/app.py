"""Parish register transcriptions with a search that also counts the hits."""

import os
import subprocess
from pathlib import Path

from flask import Flask, abort, jsonify, request

app = Flask(__name__)
REGISTERS = Path(os.environ.get("REGISTERS", "/srv/registers"))
SCRIPT = 'grep -F -i -c -e "$1" -- "$2"; grep -F -i -n -m 20 -e "$1" -- "$2" | cut -c 1-200'


def run_script(*words):
    argv = ["/bin/sh", "-c", SCRIPT, "register-search"]
    argv.extend(words)
    return subprocess.run(argv, capture_output=True, text=True, timeout=10)  # <- safe


def search_register(year, surname):
    register = REGISTERS / f"{year}.txt"
    if not register.is_file():
        return None
    lines = run_script(surname, str(register)).stdout.splitlines()
    return {"count": int(lines[0]) if lines else 0, "lines": lines[1:]}


@app.get("/registers/<int:year>")
def register(year):
    surname = request.args.get("surname", "").replace("\0", "").strip()
    if not surname or "\n" in surname:
        abort(400)
    found = search_register(year, surname)
    if found is None:
        abort(404)
    return jsonify(found)
