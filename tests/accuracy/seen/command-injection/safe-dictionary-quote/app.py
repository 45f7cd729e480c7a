"""Word look-up for a language school, using a command-line dictionary."""

import shlex
import subprocess

from flask import Flask, abort, jsonify, request

app = Flask(__name__)
LISTS = {"en": "/usr/share/dict/words", "de": "/usr/share/dict/ngerman"}


@app.errorhandler(subprocess.TimeoutExpired)
def too_slow(error):
    return jsonify(error="the dictionary did not answer in time"), 504


def pipeline(*stages):
    return " | ".join(" ".join(shlex.quote(word) for word in stage) for stage in stages)


def look_up(prefix, path):
    command = pipeline(["look", "--", prefix, path], ["head", "-n", "20"])
    result = subprocess.run(command, shell=True, capture_output=True, text=True, timeout=5)  # <- safe
    return result.stdout.split()


@app.get("/words/<language>")
def words(language):
    prefix = request.args.get("prefix", "")
    if language not in LISTS or not 2 <= len(prefix) <= 30:
        abort(400)
    return jsonify(prefix=prefix, words=look_up(prefix, LISTS[language]))
