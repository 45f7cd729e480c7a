"""The application that every side guards: a small shop, written as Flask's own tutorial would."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

from flask import Flask, current_app, g, jsonify, redirect, render_template, request, session, url_for
from jinja2 import DictLoader
from werkzeug.wrappers import Response

HERE = Path(__file__).parent
TOKEN_MARK = "<!-- token -->"
USERS = {"7": "Ada"}
PRODUCTS = tuple({"name": f"Product <{number}>", "price": number * 1.25} for number in range(1, 11))
ORDERS = 20
View = Callable[..., Any]


class Users(Protocol):
    """How a side remembers who is logged in."""

    def log_in(self, user_id: str) -> None:
        """Start the session of a user."""

    def current_id(self) -> str | None:
        """Return the id of the current user, or ``None``."""

    def required(self, view: View) -> View:
        """Wrap a view that only a logged-in user may see."""


def build_site(database: Path, users: Users, token: str = "") -> Flask:
    """Return the shop, not guarded by anything yet.

    Args:
        database: Where ``fill_database`` wrote the orders.
        users: Remembers who is logged in.
        token: The markup that a side wants in each form; empty if it wants none or adds its own.
    """
    app = Flask(__name__, static_folder=str(HERE / "static"))
    app.config.update(SECRET_KEY="6f1d0c9b4f7e4a2b8d53a7c0e1b94f26", DATABASE=str(database))
    app.jinja_loader = DictLoader(_templates(token))
    for rule, view in (
        ("/page", page),
        ("/api", api),
        ("/orders", orders),
        ("/account", users.required(_account(users))),
    ):
        app.add_url_rule(rule, rule.strip("/"), view)
    for rule, view in (("/profile", profile), ("/items", items), ("/login", _login(users))):
        app.add_url_rule(rule, rule.strip("/"), view, methods=["POST"])
    app.teardown_appcontext(_close_database)
    return app


def fill_database(database: Path) -> None:
    """Write the table of orders."""
    rows = [(number, f"Customer {number % 7}", number * 9.99) for number in range(1, 501)]
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("CREATE TABLE orders (id INTEGER PRIMARY KEY, customer TEXT, total REAL)")
        connection.executemany("INSERT INTO orders VALUES (?, ?, ?)", rows)


def _templates(token: str) -> dict[str, str]:
    return {file.name: file.read_text().replace(TOKEN_MARK, token) for file in (HERE / "templates").iterdir()}


def page() -> str:
    """Render a template with a script and a form."""
    return render_template("page.html", products=PRODUCTS)


def api() -> Response:
    """Answer JSON."""
    return jsonify(products=PRODUCTS, total=len(PRODUCTS))


def orders() -> str:
    """Query SQLite and render the rows."""
    query = "SELECT id, customer, total FROM orders WHERE customer = ? ORDER BY total DESC LIMIT ?"
    return render_template("orders.html", orders=_database().execute(query, ("Customer 3", ORDERS)).fetchall())


def profile() -> Response:
    """Take a form and redirect, as after every post."""
    g.saved = {name: value.strip() for name, value in request.form.items()}
    return redirect(url_for("page"), 303)


def items() -> tuple[Response, int]:
    """Take JSON and answer JSON."""
    given = request.get_json()["items"]
    return jsonify(stored=len(given), last=given[-1]["name"]), 201


def _account(users: Users) -> View:
    def account() -> str:
        """Greet the current user and touch the session."""
        session["visits"] = session.get("visits", 0) + 1
        return render_template("account.html", name=USERS[str(users.current_id())], visits=session["visits"])

    return account


def _login(users: Users) -> View:
    def login() -> Response:
        users.log_in(request.form["user"])
        return redirect(url_for("account"), 303)

    return login


def _database() -> sqlite3.Connection:
    if "database" not in g:
        g.database = sqlite3.connect(current_app.config["DATABASE"])
        g.database.row_factory = sqlite3.Row
    connection: sqlite3.Connection = g.database
    return connection


def _close_database(error: BaseException | None) -> None:
    connection = g.pop("database", None)
    if connection is not None:
        connection.close()
