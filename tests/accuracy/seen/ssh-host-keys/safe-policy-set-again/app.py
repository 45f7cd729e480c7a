"""Copy of scanned delivery notes to an archive host with a known key."""

import os
import secrets
from functools import cached_property

import paramiko
from flask import Flask, abort, jsonify, request
from flask_login import LoginManager, UserMixin, login_required

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
app.config["MAX_CONTENT_LENGTH"] = 5 * 1024 * 1024
login_manager = LoginManager(app)


class Clerk(UserMixin):
    def __init__(self, ident):
        self.id = ident


login_manager.user_loader(Clerk)


class Archive:
    policy = paramiko.AutoAddPolicy

    def __init__(self, host):
        self.host = host
        self.policy = paramiko.RejectPolicy

    @cached_property
    def client(self):
        client = paramiko.SSHClient()
        client.load_host_keys(os.environ["ARCHIVE_HOST_KEYS"])
        client.set_missing_host_key_policy(self.policy())  # <- safe
        client.connect(self.host, username="notes", key_filename=os.environ["ARCHIVE_KEY"], timeout=10)
        return client

    def keep(self, stream):
        name = f"{secrets.token_hex(12)}.pdf"
        with self.client.open_sftp() as sftp:
            sftp.putfo(stream, f"/archive/{name}")
        self.client.close()
        return name


@app.post("/notes")
@login_required
def upload():
    scan = request.files.get("scan")
    if scan is None or scan.stream.read(5) != b"%PDF-":
        abort(422)
    scan.stream.seek(0)
    return jsonify(name=Archive("archive.freight.example").keep(scan.stream)), 201
