"""Where posts, comments and authors are kept."""

from __future__ import annotations

import os
import sqlite3
from typing import Any

from flask import Flask, current_app, g
from werkzeug.security import generate_password_hash

_TABLES = """
CREATE TABLE IF NOT EXISTS authors (name TEXT PRIMARY KEY, password TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS posts (id INTEGER PRIMARY KEY, author TEXT, title TEXT, body TEXT, image TEXT);
CREATE TABLE IF NOT EXISTS comments (id INTEGER PRIMARY KEY, post INTEGER, name TEXT, body TEXT);
"""


def init_app(app: Flask) -> None:
    """Make the tables, and a first post for an empty blog."""
    os.makedirs(os.path.dirname(app.config["DATABASE"]), exist_ok=True)
    with sqlite3.connect(app.config["DATABASE"]) as connection:
        connection.executescript(_TABLES)
        if not connection.execute("SELECT 1 FROM authors").fetchone():
            password = generate_password_hash(os.environ.get("BLOG_PASSWORD") or os.urandom(16).hex())
            connection.execute("INSERT INTO authors VALUES ('ada', ?)", (password,))
            connection.execute("INSERT INTO posts VALUES (1, 'ada', 'Hello', 'The first post of this blog.', NULL)")
    connection.close()
    app.teardown_appcontext(_close)


def rows(statement: str, *values: Any) -> list[sqlite3.Row]:
    """Return what a query finds."""
    found: list[sqlite3.Row] = _connection().execute(statement, values).fetchall()
    return found


def row(statement: str, *values: Any) -> sqlite3.Row | None:
    """Return the first row of a query, or ``None``."""
    return next(iter(rows(statement, *values)), None)


def change(statement: str, *values: Any) -> int:
    """Run a statement that changes something, and return the id of a new row."""
    connection = _connection()
    with connection:
        return connection.execute(statement, values).lastrowid or 0


def _connection() -> sqlite3.Connection:
    if "connection" not in g:
        g.connection = sqlite3.connect(current_app.config["DATABASE"])
        g.connection.row_factory = sqlite3.Row
    connection: sqlite3.Connection = g.connection
    return connection


def _close(error: BaseException | None) -> None:
    connection = g.pop("connection", None)
    if connection is not None:
        connection.close()
