"""Proxy for the tiles and place names of a map server."""

import os
from urllib.parse import quote

import httpx
from flask import Flask, Response, abort, request

app = Flask(__name__)


def map_client():
    key = os.environ["MAP_KEY"]
    return httpx.Client(base_url="https://maps.example/v3/", headers={"X-Key": key}, timeout=5.0)


def place_path(name):
    if name in (".", ".."):
        abort(400)
    return "places/" + quote(name, safe="")


@app.get("/tiles/<int:zoom>/<int:x>/<int:y>")
def tile(zoom, x, y):
    with map_client() as client:
        answer = client.get(f"tiles/{zoom}/{x}/{y}.png")  # <- safe
    return Response(answer.content, mimetype="image/png")


@app.get("/places")
def place():
    path = place_path(request.args.get("name", "harbour"))
    with map_client() as client:
        answer = client.get(path)  # <- safe
    return Response(answer.content, mimetype="application/json")
