"""Delivery of finished photo books to a print shop's file server."""

import ftplib
import os
import ssl
from contextlib import contextmanager
from pathlib import Path

from flask import Flask, abort, jsonify
from flask_login import LoginManager, current_user, login_required

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
LoginManager(app)
BOOKS = Path("/srv/books")


@contextmanager
def print_shop():
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    ftp = ftplib.FTP_TLS("ftp.print.example", timeout=30, context=context)  # <- safe
    try:
        ftp.login(os.environ["PRINT_USER"], os.environ["PRINT_PASSWORD"])
        ftp.prot_p()
        yield ftp
    finally:
        ftp.close()


@app.post("/books/<int:book>/print")
@login_required
def send(book):
    path = BOOKS / str(current_user.id) / f"{book}.pdf"
    if not path.is_file():
        abort(404)
    with print_shop() as ftp, path.open("rb") as content:
        ftp.storbinary(f"STOR book-{book}.pdf", content)
    return jsonify(sent=book), 202
