"""Keys of smart locks, written to files that only the service may read."""

import os
import secrets
import stat

from flask import Flask, abort, jsonify
from flask_login import current_user, login_required

app = Flask(__name__)

KEYS = os.environ.get("LOCK_KEYS", "/var/lib/locks")
MODES = {"private": stat.S_IRUSR | stat.S_IWUSR, "folder": stat.S_IRWXU}


class KeyFile:
    def __init__(self, lock):
        self.path = os.path.join(KEYS, f"lock-{lock}.key")

    def write(self, key):
        descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, MODES["private"])
        with os.fdopen(descriptor, "wb") as target:
            os.chmod(self.path, MODES["private"])  # <- safe
            target.write(key)


@app.post("/locks/<int:lock>/key")
@login_required
def renew(lock):
    if not current_user.is_caretaker:
        abort(403)
    os.makedirs(KEYS, mode=MODES["folder"], exist_ok=True)
    KeyFile(lock).write(secrets.token_bytes(32))
    return jsonify(lock=lock, renewed=True)
