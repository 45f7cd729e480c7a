"""Calibre-Web: a policy of its own on every answer, inline handlers in its reader and forms, its own start sequence."""

from __future__ import annotations

import os
import sqlite3
import sys
import zipfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..files import archive, noise
from ..recipe import Guard, Place, Recipe

if TYPE_CHECKING:
    from ..visit import Visit

LIBRARY = "library"
BOOK_PATH, BOOK_FILE = "Ada Writer/A Walk (1)", "A Walk - Ada Writer"
USER, PASSWORD = "admin", "admin123"
TITLE, SHELF = "A Longer Walk", "To read"
OTHER, PICTURE, LARGE = "Über Berge", 2_000_000, 20_000_000
LIMIT = 1_073_741_824
_OTHER_PAGES = {
    "/me": "#email",
    "/search/advanced": "form",
    "/tasks": "#tasktable",
    "/stats": "h3",
    "/admin/view": "text=Users",
    "/admin/config": "form",
    "/admin/usertable": "#user-table",
}
_BOOK = """
ALTER TABLE books DROP COLUMN series_index;
ALTER TABLE books ADD COLUMN series_index REAL NOT NULL DEFAULT 1.0;
INSERT INTO library_id (id, uuid) VALUES (1, '6f0b8a52-4a0b-4a52-9d6c-0d7f0a2b8c11');
INSERT INTO authors (id, name, sort, link) VALUES (1, 'Ada Writer', 'Writer, Ada', '');
INSERT INTO books (id, title, sort, author_sort, timestamp, pubdate, last_modified, path, has_cover, uuid)
  VALUES (1, 'A Walk', 'Walk, A', 'Writer, Ada', '2026-01-01 00:00:00+00:00', '2025-01-01 00:00:00+00:00',
          '2026-01-01 00:00:00+00:00', '{path}', 0, '0c3b7c84-2f3d-4c55-8f0e-9a3f4f1f2a22');
INSERT INTO books_authors_link (book, author) VALUES (1, 1);
INSERT INTO data (id, book, format, uncompressed_size, name) VALUES (1, 1, 'EPUB', 2000, '{file}');
"""
_EPUB = {
    "META-INF/container.xml": """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>""",
    "book.opf": """<?xml version="1.0"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">walk</dc:identifier>
<dc:title>A Walk</dc:title><dc:creator>Ada Writer</dc:creator><dc:language>en</dc:language></metadata>
<manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="one" href="one.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="one"/></spine></package>""",
    "nav.xhtml": """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">
<head><title>Contents</title></head><body><nav epub:type="toc"><ol><li><a href="one.xhtml">First steps</a></li></ol>
</nav></body></html>""",
    "one.xhtml": """<html xmlns="http://www.w3.org/1999/xhtml"><head><title>First steps</title></head>
<body><h1>First steps</h1><p style="color: navy">Out of the door and left.</p></body></html>""",
}


def start(place: Place, guard: Guard) -> None:
    """Start through the package's own entry point; Garrison is added when the app is complete, before it is served."""
    _make_library(place.folder / LIBRARY)
    os.environ |= {"CALIBRE_DBPATH": str(place.folder), "CALIBRE_PORT": str(place.port)}
    sys.argv = ["cps", "-p", str(place.folder / "app.db"), "-g", str(place.folder / "gdrive.db"), "-i", "127.0.0.1"]
    from calibreweb.__main__ import main
    from cps import app, config, db, web_server

    _fill(place.folder / LIBRARY, db.Base.metadata)
    begin = web_server.start

    def guarded_start() -> bool:
        guard(app)
        # The form that says so starts the program anew, without this function.
        config.config_uploading = 1
        config.save()
        return bool(begin())

    web_server.start = guarded_start
    main()


def _make_library(library: Path) -> None:
    book = library / BOOK_PATH
    book.mkdir(parents=True)
    with zipfile.ZipFile(book / f"{BOOK_FILE}.epub", "w") as file:
        file.writestr("mimetype", "application/epub+zip")
        for name, text in _EPUB.items():
            file.writestr(name, text)


def _fill(library: Path, tables: Any) -> None:
    """Create what Calibre would have created: the tables that the app itself declares, and one book."""
    from sqlalchemy import create_engine

    file = library / "metadata.db"
    # The app attaches the file under a name; here it stands alone.
    tables.create_all(create_engine(f"sqlite:///{file}", execution_options={"schema_translate_map": {"calibre": None}}))
    with closing(sqlite3.connect(file)) as database:
        database.executescript(_BOOK.format(path=BOOK_PATH, file=BOOK_FILE))
        database.commit()


def _epub() -> bytes:
    """Return another book, with a picture that makes it long."""
    texts = {name: text.replace("A Walk", OTHER).encode() for name, text in _EPUB.items()}
    return archive({"mimetype": b"application/epub+zip", **texts, "picture.png": noise(PICTURE)})


def visit(visit: Visit) -> None:
    """Log in, name the library, read the book, edit its title, make a shelf, look at the administration."""
    page = visit.page
    visit.open("/login", "#username")
    page.locator("#username").fill(USER)
    page.locator("#password").fill(PASSWORD)
    page.locator("button[name=submit]").click()
    visit.note("database form", "#config_calibre_dir")
    page.locator("#config_calibre_dir").fill(str(visit.place.folder / LIBRARY))
    page.locator("#db_submit").click()
    visit.note("database saved", ".discover")
    visit.open("/", "text=A Walk")
    visit.open("/book/1", "text=Ada Writer")
    _read(visit)
    _upload(visit)
    _edit(visit)
    visit.open("/shelf/create", "#title", name="shelf form")
    page.locator("#title").fill(SHELF)
    page.locator("#submit").click()
    visit.note("shelf", f"text={SHELF}")
    for path, expect in _OTHER_PAGES.items():
        visit.open(path, expect)
    _upload_large(visit)


def _read(visit: Visit) -> None:
    """Open the reader and use one of its inline handlers."""
    page = visit.page
    visit.open("/read/1/epub", "#viewer iframe", name="reader")
    page.locator("#setting").click()
    page.locator("#Arial").click()
    visit.note("font chosen", "#Arial")


def _upload(visit: Visit) -> None:
    """Upload a book with the form of every page, and save it again."""
    page, book = visit.page, _epub()
    visit.open("/", "#form-upload", name="upload form")
    page.locator("#btn-upload").set_input_files(
        {"name": f"{OTHER}.epub", "mimeType": "application/epub+zip", "buffer": book}
    )
    page.wait_for_url("**/admin/book/2")
    visit.note("uploaded", "#title")
    visit.uploaded(f"{OTHER}.epub, the form", book, _kept(visit, "*Berge*.epub"))
    visit.open("/book/2", "a[href*='/download/2/epub']")
    visit.download(f"{OTHER}.epub, the page's link", page.locator("a[href*='/download/2/epub']").first.click, book)
    visit.fetch("its first 1,000 bytes, a range", "/show/2/epub", book[:1_000], {"Range": "bytes=0-999"})
    _cover(visit)


def _cover(visit: Visit) -> None:
    """Give the book a cover with the form of its editor, and look at it."""
    page, cover = visit.page, bytes.fromhex("ffd8ffe0") + noise(200_000)
    visit.open("/admin/book/2", "#title", name="cover form")
    page.locator("#btn-upload-cover").set_input_files({"name": "cover.jpg", "mimeType": "image/jpeg", "buffer": cover})
    page.locator("#submit").click()
    visit.note("cover saved", f"text={OTHER}")
    visit.uploaded("cover.jpg, the editor", cover, _kept(visit, "cover.jpg"))
    visit.fetch("cover.jpg, the page's picture", "/cover/2/og", cover)


def _upload_large(visit: Visit) -> None:
    """Add a format that is longer than Garrison lets by unless it is told."""
    page, content = visit.page, noise(LARGE)
    visit.open("/admin/book/1", "#title", name="format form")
    page.locator("#btn-upload-format").set_input_files(
        {"name": "scan.pdf", "mimeType": "application/pdf", "buffer": content}
    )
    visit.note("format added", "text=Delete - PDF")
    visit.uploaded("scan.pdf, the editor", content, _kept(visit, "*.pdf"))
    visit.open("/book/1", "#btnGroupDrop1", name="formats")
    page.locator("#btnGroupDrop1").click()
    visit.download("scan.pdf, the page's link", page.locator("a[href*='/download/1/pdf']").first.click, content)


def _kept(visit: Visit, pattern: str) -> bytes | None:
    file = next((visit.place.folder / LIBRARY).rglob(pattern), None)
    return file and file.read_bytes()


def _edit(visit: Visit) -> None:
    page = visit.page
    visit.open("/admin/book/1", "#title", name="edit")
    page.locator("#title").fill(TITLE)
    page.locator("#add-identifier-line").click()
    page.locator("a:has-text('Remove'), button:has-text('Remove')").last.click()
    page.locator("#submit").click()
    visit.note("edited", f"text={TITLE}")


def stored(place: Place) -> object:
    """Return the title in Calibre's database and the shelf in the app's own."""
    with closing(sqlite3.connect(place.folder / LIBRARY / "metadata.db")) as database:
        titles = database.execute("SELECT title FROM books").fetchall()
    with closing(sqlite3.connect(place.folder / "app.db")) as database:
        return titles, database.execute("SELECT name FROM shelf").fetchall()


RECIPE = Recipe(
    title="Calibre-Web",
    distribution="calibreweb",
    start=start,
    visit=visit,
    stored=stored,
    lines={
        "allow_insecure_inline_handlers": ("admin.edit_user_table", "edit-book.show_edit_book", "web.read_book"),
        "allow_insecure_eval": ("web.show_book", "edit-book.show_edit_book"),
    },
    views={"web.read_book": {"csp": {"base-uri": ["'self'"]}}, "edit-book.upload": {"max_body_bytes": LIMIT}},
    change="a login, the library's folder set, a book's title edited, a book uploaded and a shelf made",
)
