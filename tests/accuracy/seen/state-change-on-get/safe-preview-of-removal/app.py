"""Clean-up of a photo archive, with a preview by GET and the removal by POST."""

import os

from flask import Flask, abort, jsonify, session
from flask_wtf import CSRFProtect

from photos import Shelf

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
CSRFProtect(app)
shelf = Shelf(os.environ["PHOTOS_DB"])


@app.before_request
def archivist():
    if not session.get("archivist"):
        abort(403)


@app.get("/albums/<int:album>/delete")
def delete_album(album):  # <- safe
    doomed = shelf.delete(album, dry_run=True)
    if not doomed:
        abort(404)
    return jsonify(would_delete=doomed)


@app.post("/albums/<int:album>/delete")
def delete_album_now(album):
    return jsonify(deleted=shelf.delete(album))
