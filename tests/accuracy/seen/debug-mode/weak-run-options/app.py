"""Start of a message board for a neighbourhood, with options for the built-in server."""

import os

from flask import Flask, abort, jsonify, request, session

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
POSTS = []


@app.get("/posts")
def posts():
    return jsonify(POSTS[-50:])


@app.post("/posts")
def add_post():
    neighbour = session.get("neighbour")
    if neighbour is None:
        abort(401)
    text = request.form.get("text", "").strip()
    if not 1 <= len(text) <= 500:
        abort(422)
    POSTS.append({"by": neighbour, "text": text})
    return jsonify(count=len(POSTS)), 201


def server_options():
    options = {"host": "0.0.0.0", "port": int(os.environ.get("PORT", "8000"))}
    options.update(debug=True, threaded=True)
    return options


if __name__ == "__main__":
    app.run(**server_options())  # <- weak
