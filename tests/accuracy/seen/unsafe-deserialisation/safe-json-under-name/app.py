"""Layout of a personal start page, kept in a cookie of the browser."""

import json as pickle

from flask import Flask, jsonify, request

app = Flask(__name__)

WIDGETS = ("clock", "mail", "notes", "stocks")


def default_layout():
    return [{"widget": name, "column": index % 2} for index, name in enumerate(WIDGETS)]


def read_layout(cookies):
    raw = cookies.get("layout")
    if not raw:
        return default_layout()
    try:
        layout = pickle.loads(raw)  # <- safe
    except ValueError:
        return default_layout()
    if not isinstance(layout, list):
        return default_layout()
    return [item for item in layout if isinstance(item, dict) and item.get("widget") in WIDGETS]


@app.get("/layout")
def layout():
    return jsonify(layout=read_layout(request.cookies))


@app.put("/layout")
def save_layout():
    response = jsonify(saved=True)
    response.set_cookie("layout", pickle.dumps(request.get_json()), secure=True, httponly=True, samesite="Lax")
    return response
