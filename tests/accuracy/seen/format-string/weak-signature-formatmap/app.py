"""Signatures in a discussion forum, built from a pattern in the user's profile."""

import os

from flask import Flask, jsonify, request, session

from profiles import profile_of

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]


@app.put("/signature")
def set_signature():
    profile = profile_of(session.get("user_id", 0))
    profile.preferences["signature"] = request.form.get("pattern", "{name}")[:200]
    return jsonify(saved=True)


@app.get("/signature")
def signature():
    profile = profile_of(session.get("user_id", 0))
    return jsonify(signature=profile.signature())
