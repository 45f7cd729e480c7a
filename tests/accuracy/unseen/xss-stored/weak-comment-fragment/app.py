"""Neighbourhood notice board with comments that are loaded as an HTML fragment."""

import os

from flask import Flask, jsonify, make_response, request
from flask_login import LoginManager, current_user, login_required

from board import Board

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
login_manager = LoginManager(app)
board = Board("/var/lib/board/board.db")


@app.post("/notices/<int:notice>/comments")
@login_required
def comment(notice):
    text = request.form.get("text", "").strip()
    if not 0 < len(text) <= 1000:
        return jsonify(error="please write a comment"), 422
    board.add(notice, current_user.id, text)
    return jsonify(saved=True), 201


@app.get("/notices/<int:notice>/comments")
def comments(notice):
    html = "".join(entry.as_html() for entry in board.comments(notice))
    return make_response(f'<section class="comments">{html}</section>')  # <- weak
