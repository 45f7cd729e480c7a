"""Network diagnosis page for the technicians of an internet provider."""

import os
import re

from flask import Flask, abort, render_template, request
from flask_login import LoginManager, login_required

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
LoginManager(app)
HOST = re.compile(r"[a-z0-9][a-z0-9.-]+")


def valid_host(host):
    return HOST.match(host) is not None


def ping(host, count=3):
    with os.popen("ping -c %d %s" % (count, host)) as pipe:  # <- weak
        return pipe.read().splitlines()


@app.route("/diagnosis", methods=["GET", "POST"])
@login_required
def diagnosis():
    lines = []
    if request.method == "POST":
        host = request.form["host"].strip().lower()
        if not valid_host(host):
            abort(400)
        lines = ping(host)
    return render_template("diagnosis.html", lines=lines)
