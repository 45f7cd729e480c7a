"""Maintenance buttons on the status page of a weather station."""

import os
import subprocess

from flask import Flask, abort, flash, redirect, request, url_for
from flask_login import LoginManager, login_required
from flask_wtf.csrf import CSRFProtect

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
LoginManager(app)
CSRFProtect(app)

ACTIONS = {
    "rotate": "logrotate -f /etc/station/rotate.conf && sync",
    "disk": "df -h /var/station | tail -n 1",
    "clock": "chronyc makestep > /dev/null",
}


class Action:
    def __init__(self, name):
        try:
            self.command = ACTIONS[name]
        except KeyError:
            abort(404)

    def __call__(self):
        return subprocess.call(self.command, shell=True)  # <- safe


@app.post("/maintenance")
@login_required
def maintenance():
    action = Action(request.form["action"])
    flash("done" if action() == 0 else "failed")
    return redirect(url_for("maintenance_page"))


@app.get("/maintenance")
@login_required
def maintenance_page():
    return {"actions": sorted(ACTIONS)}
