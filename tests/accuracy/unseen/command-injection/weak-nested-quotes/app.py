"""Support desk tool that counts a phrase in the archived logs of a branch server."""

import os
import shlex
import subprocess

from flask import Flask, abort, render_template, request
from flask_login import LoginManager, login_required

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
login_manager = LoginManager(app)
BRANCHES = {"north": "log-n.corp.example", "south": "log-s.corp.example"}


def remote(host, inner):
    return f'ssh -o BatchMode=yes support@{host} "{inner}"'


def count_lines(host, phrase):
    quoted = shlex.quote(phrase)
    inner = f"zgrep -h -F -e {quoted} /var/log/till/*.gz | wc -l"
    try:
        output = subprocess.check_output(remote(host, inner), shell=True, text=True, timeout=30)  # <- weak
    except subprocess.SubprocessError:
        return None
    return int(output.strip() or 0)


@app.get("/logs/count")
@login_required
def count():
    branch = request.args.get("branch", "")
    phrase = request.args.get("phrase", "")
    if branch not in BRANCHES or len(phrase) > 200:
        abort(400)
    total = count_lines(BRANCHES[branch], phrase)
    return render_template("count.html", branch=branch, phrase=phrase, total=total)
