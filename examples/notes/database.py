"""One SQLite file: who there is, and what they wrote."""

from __future__ import annotations

import os
import sqlite3

from flask import Flask, current_app, g
from werkzeug.security import generate_password_hash

SCHEMA = """
CREATE TABLE users (
    name TEXT PRIMARY KEY, password TEXT NOT NULL, email TEXT NOT NULL, api_key TEXT NOT NULL
);
CREATE TABLE notes (
    id INTEGER PRIMARY KEY, owner TEXT NOT NULL REFERENCES users, title TEXT NOT NULL, body TEXT NOT NULL,
    shared INTEGER NOT NULL DEFAULT 0, written TEXT NOT NULL DEFAULT (datetime('now'))
);
"""
USERS = [
    ("ada", "engine-1843", "ada@example.org", "key-5d1f0a9c27e64b83"),
    ("ben", "kite-and-key", "ben@example.org", "key-b7702e4d91ac4f16"),
    ("mallory", "let-me-in", "mallory@example.org", "key-0c93d2aa61854e7f"),
]
NOTES = [
    ("ada", "Side door", "The code is <b>4711#</b> until Friday.", 0),
    ("ada", "Release on Monday", "<ul><li>freeze at noon</li><li>tag, build, <b>wait for Ben</b></li></ul>", 1),
    ("ben", "Lunch", "The place at the canal is open again.", 1),
    ("mallory", "Ideas", "Nothing yet.", 0),
]


def init_app(app: Flask) -> None:
    """Create the file with its first users and notes if it is not there."""
    app.teardown_appcontext(close)
    path = app.config["DATABASE"]
    if os.path.exists(path):
        return
    os.makedirs(os.path.dirname(path), exist_ok=True)
    connection = sqlite3.connect(path)
    with connection:
        connection.executescript(SCHEMA)
        users = [(name, generate_password_hash(password), *rest) for name, password, *rest in USERS]
        connection.executemany("INSERT INTO users VALUES (?, ?, ?, ?)", users)
        connection.executemany("INSERT INTO notes (owner, title, body, shared) VALUES (?, ?, ?, ?)", NOTES)
    connection.close()


def connect() -> sqlite3.Connection:
    """Return the connection of this request."""
    if "database" not in g:
        g.database = sqlite3.connect(current_app.config["DATABASE"], isolation_level=None)
        g.database.row_factory = sqlite3.Row
    return g.database


def close(error: BaseException | None = None) -> None:
    """Close it again."""
    connection = g.pop("database", None)
    if connection is not None:
        connection.close()


def rows(statement: str, *values: object) -> list[sqlite3.Row]:
    """Run a query and return all of its rows."""
    return connect().execute(statement, values).fetchall()


def row(statement: str, *values: object) -> sqlite3.Row | None:
    """Run a query and return its first row."""
    return connect().execute(statement, values).fetchone()


def change(statement: str, *values: object) -> int:
    """Run a statement that writes, and return the id of the row it made."""
    return connect().execute(statement, values).lastrowid or 0
