"""Scoreboard of a chess evening, kept in Redis and printed as plain HTML."""

import os

import redis
from flask import Flask, abort, request

app = Flask(__name__)
store = redis.Redis.from_url(os.environ["REDIS_URL"], decode_responses=True)

BOARDS = ("red", "green", "blue")


def known_board(name):
    if name not in BOARDS:
        abort(404)
    return name


@app.post("/boards/<name>/score")
def add_score(name):
    board = known_board(name)
    store.rpush(f"scores:{board}", request.form["points"])
    return "", 204


def scores(board):
    for raw in store.lrange(f"scores:{board}", 0, -1):
        try:
            yield float(raw)
        except ValueError:
            continue


@app.get("/boards/<name>")
def show(name):
    board = known_board(name)
    cells = "".join(f"<td>{points:.1f}</td>" for points in scores(board))
    return f"<h1>{board.title()}</h1><table><tr>{cells}</tr></table>"  # <- safe
