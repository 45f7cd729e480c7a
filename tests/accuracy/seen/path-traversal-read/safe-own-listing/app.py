"""Old photographs of a village, picked from what lies in the folder."""

import os

from flask import Flask, abort, render_template, request

app = Flask(__name__)

PHOTOS = "/srv/village/captions"


def captions():
    return {entry.name: entry.path for entry in os.scandir(PHOTOS) if entry.is_file()}


def read_caption(choice):
    known = captions()
    path = known.get(choice)
    if path is None:
        abort(404)
    with open(path, encoding="utf-8") as caption:  # <- safe
        return caption.read()


@app.route("/photos", methods=["GET", "POST"])
def photos():
    choice = request.values.get("photo", "")
    text = read_caption(choice) if choice else ""
    return render_template("photos.html", names=sorted(captions()), text=text)
