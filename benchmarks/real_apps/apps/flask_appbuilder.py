"""Flask-AppBuilder: its own administration (accounts, roles, menus), with Flask-Login and Flask-WTF underneath."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..files import noise
from ..recipe import Guard, Place, Recipe, serve

if TYPE_CHECKING:
    from ..visit import Visit

DATABASE = "app.db"
USER, PASSWORD, ROLE = "admin", "a long pass phrase", "Librarian"
UPLOADS = "uploads"
NAME, FILE, SIZE = "Reçu 1", "receipt façade.pdf", 2_000_000


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
        "UPLOAD_FOLDER": f"{place.folder / UPLOADS}/",
    }
    CSRFProtect(app)
    with app.app_context():
        database = get_sqla_class()()
        database.init_app(app)
        appbuilder = AppBuilder(app, database.session)
        _add_files(appbuilder)
        security = appbuilder.sm
        security.add_user(USER, "Ada", "Min", "ada@example.org", security.find_role("Admin"), PASSWORD)
    guard(app)
    serve(app, place)


def _add_files(appbuilder: Any) -> None:
    """Add the view of a table with a file, as the documentation's example does."""
    from flask import url_for
    from flask_appbuilder import Model, ModelView
    from flask_appbuilder.models.mixins import FileColumn
    from flask_appbuilder.models.sqla.interface import SQLAInterface
    from markupsafe import Markup
    from sqlalchemy import Column, Integer, String

    class Receipt(Model):
        __tablename__ = "receipt"
        id = Column(Integer, primary_key=True)
        name = Column(String(50), nullable=False)
        file = Column(FileColumn, nullable=False)

        def download(self) -> Markup:
            path = url_for("ReceiptView.download", filename=str(self.file))
            return Markup('<a href="{}">Download</a>').format(path)

    class ReceiptView(ModelView):
        datamodel = SQLAInterface(Receipt)
        add_columns = ("name", "file")
        list_columns = ("name", "download")

    Model.metadata.create_all(appbuilder.session.get_bind())
    appbuilder.add_view(ReceiptView, "Receipts")


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
    _there_and_back(visit)
    visit.open("/logout/", "text=Login")


def _there_and_back(visit: Visit) -> None:
    """Add a file with the form, and save it again from the list."""
    page, content = visit.page, noise(SIZE)
    visit.open("/receiptview/add", "#file", name="file form")
    page.locator("#name").fill(NAME)
    page.locator("#file").set_input_files({"name": FILE, "mimeType": "application/pdf", "buffer": content})
    page.locator("button[type=submit]").first.click()
    visit.note("file added", "text=Added Row")
    visit.open("/receiptview/list/", f"text={NAME}", name="files")
    visit.uploaded(f"{FILE}, FileColumn", content, _only(visit.place.folder / UPLOADS))
    visit.download(f"{FILE}, the list's link", page.locator("a:has-text('Download')").click, content)


def _only(folder: Path) -> bytes | None:
    files = list(folder.glob("*"))
    return files[0].read_bytes() if len(files) == 1 else None


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
    change="a login, and a role and a file added with forms",
)
