"""Statistics about the repositories of a student project server."""

import re
import subprocess

from flask import Flask, jsonify, request

app = Flask(__name__)


class BadName(ValueError):
    pass


@app.errorhandler(BadName)
def bad_name(error):
    return jsonify(error="bad repository name"), 400


def checked(name):
    if not re.fullmatch(r"[a-z][a-z0-9]{0,20}(?:-[a-z0-9]{1,20}){0,3}", name, re.ASCII):
        raise BadName(name)
    return name


@app.get("/stats")
def stats():
    names = [checked(name) for name in request.args.getlist("repo")]
    counts = {}
    for name in names:
        command = f"git -C /srv/git/{name}.git log --oneline | wc -l"
        counts[name] = int(subprocess.check_output(command, shell=True, text=True))  # <- safe
    return jsonify(counts)
