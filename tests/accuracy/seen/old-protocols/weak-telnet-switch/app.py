"""Port status of office switches for the help desk."""

import os
import telnetlib
from contextlib import contextmanager

from flask import Flask, abort, jsonify
from flask_login import LoginManager, UserMixin, login_required

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
login_manager = LoginManager(app)
SWITCHES = {"hall": "10.4.0.2", "lab": "10.4.0.3"}


class Technician(UserMixin):
    def __init__(self, ident):
        self.id = ident


login_manager.user_loader(Technician)


@contextmanager
def console(host):
    line = telnetlib.Telnet(host, timeout=6)  # <- weak
    try:
        for prompt, name in ((b"Username:", "SWITCH_USER"), (b"Password:", "SWITCH_PASSWORD")):
            line.read_until(prompt, 4)
            line.write(os.environ[name].encode() + b"\n")
        yield line
    finally:
        line.close()


@app.get("/switches/<name>/ports/<int:port>")
@login_required
def port_state(name, port):
    if name not in SWITCHES:
        abort(404)
    with console(SWITCHES[name]) as line:
        line.write(b"show port %d\n" % port)
        text = line.read_until(b"#", 4).decode("ascii", "replace")
    return jsonify(port=port, up="link up" in text.lower())
