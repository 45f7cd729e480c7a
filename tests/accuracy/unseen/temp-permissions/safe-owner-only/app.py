"""Hand-over of a one-time key file from the web process to the signing daemon of a notary's office."""

import os
import stat
import tempfile

from flask import Flask, abort, jsonify, request
from flask_login import LoginManager, current_user, login_required

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
LoginManager(app)
SPOOL = "/var/spool/signing"
MODES = {"owner": stat.S_IRUSR | stat.S_IWUSR, "everyone": stat.S_IRWXU | stat.S_IRWXG | stat.S_IRWXO}


class SpoolFile:
    def __init__(self, audience="owner"):
        self.mode = MODES[audience]

    def put(self, content):
        handle, path = tempfile.mkstemp(dir=SPOOL, suffix=".part")
        try:
            os.fchmod(handle, self.mode)  # <- safe
            with os.fdopen(handle, "wb") as target:
                target.write(content)
            final = path.removesuffix(".part") + ".key"
            os.rename(path, final)
        except OSError:
            os.unlink(path)
            raise
        return os.path.basename(final)


@app.post("/signing/keys")
@login_required
def hand_over():
    if not current_user.is_notary:
        abort(403)
    content = request.get_data()
    if len(content) != 32:
        abort(422)
    return jsonify(job=SpoolFile().put(content)), 202
