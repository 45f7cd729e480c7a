"""Flask-AppBuilder: its own administration (accounts, roles, menus), with Flask-Login and Flask-WTF underneath."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from ..recipe import Guard, Place, Recipe, serve

if TYPE_CHECKING:
    from ..visit import Visit

DATABASE = "app.db"
USER, PASSWORD, ROLE = "admin", "a long pass phrase", "Librarian"


def start(place: Place, guard: Guard) -> None:
    """Build the smallest app that its documentation shows, with an administrator, and serve it."""
    from flask import Flask
    from flask_appbuilder import AppBuilder
    from flask_appbuilder.utils.legacy import get_sqla_class
    from flask_wtf import CSRFProtect

    app = Flask("librarians")
    app.config |= {
        "SECRET_KEY": "0f5b1f8f6f1a4a9c8f6c",
        "SQLALCHEMY_DATABASE_URI": f"sqlite:///{place.folder / DATABASE}",
        "APP_NAME": "Librarians",
    }
    CSRFProtect(app)
    with app.app_context():
        database = get_sqla_class()()
        database.init_app(app)
        appbuilder = AppBuilder(app, database.session)
        security = appbuilder.sm
        security.add_user(USER, "Ada", "Min", "ada@example.org", security.find_role("Admin"), PASSWORD)
    guard(app)
    serve(app, place)


def visit(visit: Visit) -> None:
    """Log in, look at the lists and charts of the administration, add a role, search for it, log out."""
    page = visit.page
    visit.open("/", "text=Librarians")
    visit.open("/login/", "#username")
    page.locator("#username").fill(USER)
    page.locator("#password").fill(PASSWORD)
    page.locator("input[type=submit]").click()
    visit.note("logged in", "text=Ada")
    visit.open("/users/list/", "text=ada@example.org")
    visit.open("/users/show/1", "text=ada@example.org")
    visit.open("/userstatschartview/chart/", "text=Group by")
    visit.open("/roles/add", "#name")
    page.locator("#name").fill(ROLE)
    page.locator("button[type=submit]").first.click()
    visit.note("added", f"text={ROLE}")
    visit.open("/logout/", "text=Login")


def stored(place: Place) -> object:
    """Return the role in the database, and how often the administrator logged in."""
    with sqlite3.connect(place.folder / DATABASE) as database:
        roles = database.execute("SELECT name FROM ab_role WHERE name = ?", (ROLE,)).fetchall()
        return roles, database.execute("SELECT login_count FROM ab_user").fetchall()


RECIPE = Recipe(
    title="Flask-AppBuilder",
    distribution="flask-appbuilder",
    start=start,
    visit=visit,
    stored=stored,
    change="a login, and a role added with a form",
)
