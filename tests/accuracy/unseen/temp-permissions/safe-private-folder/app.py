"""Conversion of sheet music to a printable page by an engraving program."""

import os
import subprocess
import tempfile
from contextlib import contextmanager
from io import BytesIO

from flask import Flask, abort, request, send_file
from flask_login import LoginManager, login_required

app = Flask(__name__)
app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], MAX_CONTENT_LENGTH=256 * 1024)
LoginManager(app)


@contextmanager
def desk():
    with tempfile.TemporaryDirectory(prefix="engrave-") as folder:
        yield {name: os.path.join(folder, name) for name in ("score.xml", "score.pdf")}


def engrave(score):
    with desk() as place:
        with open(place["score.xml"], "wb") as target:  # <- safe
            target.write(score)
        command = ["/usr/bin/mscore", "--export-to", place["score.pdf"], place["score.xml"]]
        subprocess.run(command, check=True, timeout=60, stdin=subprocess.DEVNULL)
        with open(place["score.pdf"], "rb") as result:
            return BytesIO(result.read())


@app.post("/scores/print")
@login_required
def print_score():
    score = request.get_data()
    if not score.startswith(b"<?xml"):
        abort(415)
    try:
        page = engrave(score)
    except (subprocess.SubprocessError, OSError):
        abort(422)
    return send_file(page, mimetype="application/pdf", as_attachment=True, download_name="score.pdf")
