"""changedetection.io: Flask-RESTful, Socket.IO and workers around Flask, inline handlers, its own start sequence."""

from __future__ import annotations

import itertools
import json
import os
import sys
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from ..recipe import Guard, Place, Recipe

if TYPE_CHECKING:
    from ..visit import Visit

STORE, WATCHED = "store", "watched.url"
TITLE = "The season"
WORDS = ("spring", "summer", "autumn", "winter")


def start(place: Place, guard: Guard) -> None:
    """Start through the package's own entry point; Garrison is added to the app that its factory returns."""
    (place.folder / WATCHED).write_text(_changing_page())
    os.environ |= {
        "DISABLE_VERSION_CHECK": "true",
        "ALLOW_IANA_RESTRICTED_ADDRESSES": "true",
        "MINIMUM_SECONDS_RECHECK_TIME": "0",
    }
    folder = str(place.folder / STORE)
    sys.argv = ["changedetection.io", "-C", "-d", folder, "-h", "127.0.0.1", "-p", str(place.port)]
    import changedetectionio
    from changedetectionio import flask_app

    build = flask_app.changedetection_app

    def guarded_app(*arguments: Any, **named: Any) -> Any:
        app = build(*arguments, **named)
        guard(app)
        return app

    flask_app.changedetection_app = guarded_app
    changedetectionio.main()


def _page(word: str) -> bytes:
    """Return a page with a script of its own: it is somebody else's, and only kept here."""
    return f"<html><body><p>It is {word}.</p><script>let season</script></body></html>".encode()


def _changing_page() -> str:
    """Serve a page on loopback that says another word each time; return its address."""
    words = itertools.cycle(WORDS)

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = _page(next(words))
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}/"


def visit(visit: Visit) -> None:
    """Add a watch with the form, let it be checked twice, look at the difference, the editor and the settings."""
    page = visit.page
    visit.open("/", "#new-watch-form")
    url = (visit.place.folder / WATCHED).read_text()
    page.locator("#new-watch-form input[name=url]").fill(url)
    page.locator("#add-watch-go").click()
    visit.note("added", "#watch-list-form table", text=False)
    _await_snapshots(visit, 1)
    page.locator(f"tr:has-text('{url}') [data-op=recheck]:visible").first.click()
    _await_snapshots(visit, 2)
    uuid = next(watch.name for watch in _watches(visit.place) if _lines(watch / "history.txt"))
    for path in ("/diff/", "/preview/", "/edit/"):
        visit.open(f"{path}{uuid}", "form, #diff-ui, #difference", name=path)
    page.locator("input[name=title]").first.fill(TITLE)
    page.locator("#save_button").click()
    visit.note("saved", f"text={TITLE}", text=False)
    for path in ("/settings", "/tags/list", "/imports/import", "/backups/"):
        visit.open(path, "form")
    _save_snapshot(visit, uuid)
    _restore(visit, uuid, _back_up(visit))


def _save_snapshot(visit: Visit, uuid: str) -> None:
    """Save the watched page as it was last seen."""
    shown = tuple(_page(word) for word in WORDS)
    start = visit.follow(f"/edit/{uuid}/get-html")
    visit.download("the watched page as HTML, the editor's link", start, *shown, varies=True)


def _back_up(visit: Visit) -> bytes:
    """Have a backup made, wait for it, and save it by its link."""
    page, folder = visit.page, visit.place.folder / STORE
    visit.open("/backups/", "form", name="backup form")
    page.locator("form[action*=request-backup] [type=submit], a[href*=request-backup]").first.click()
    for _ in range(60):
        if list(folder.glob("changedetection-backup-*.zip")):
            break
        page.wait_for_timeout(500)
    visit.open("/backups/", "a[href*='/backups/download/changedetection']", name="backups", text=False)
    made = next(folder.glob("changedetection-backup-*.zip")).read_bytes()
    link = page.locator("a[href*='/backups/download/changedetection']").first
    return visit.download("backup.zip, its link", link.click, made, varies=True)


def _restore(visit: Visit, uuid: str, backup: bytes) -> None:
    """Lose the snapshots, restore the backup with the form, and compare what came back with what is in it."""
    with zipfile.ZipFile(BytesIO(backup)) as file:
        names = [name for name in file.namelist() if name.startswith(uuid) and name.endswith((".br", ".txt"))]
        inside = {name: file.read(name) for name in names}
    for name in inside:
        (visit.place.folder / STORE / name).unlink()
    visit.open("/backups/restore", "input[type=file]", name="restore form")
    field = visit.page.locator("input[type=file]")
    field.set_input_files({"name": "backup.zip", "mimeType": "application/zip", "buffer": backup})
    visit.page.locator("form[action*=restore] [type=submit]").first.click()
    visit.note("restored", "form[action*=restore]", text=False)
    for _ in range(60):
        if all((visit.place.folder / STORE / name).exists() for name in inside):
            break
        visit.page.wait_for_timeout(500)
    back = {name: (visit.place.folder / STORE / name).read_bytes() for name in inside}
    visit.uploaded("backup.zip, the form to restore", b"".join(inside.values()), b"".join(back.values()), varies=True)


def _await_snapshots(visit: Visit, wanted: int) -> None:
    """Wait until the watch was checked so often; half a minute at most."""
    for _ in range(60):
        if any(_lines(watch / "history.txt") >= wanted for watch in _watches(visit.place)):
            break
        visit.page.wait_for_timeout(500)
    visit.settle()


def _watches(place: Place) -> list[Path]:
    return [file.parent for file in (place.folder / STORE).rglob("watch.json")]


def _lines(file: Path) -> int:
    return len(file.read_text().splitlines()) if file.exists() else 0


def stored(place: Place) -> object:
    """Return the titles of watches, and whether snapshots show that a page changed."""
    watches = [json.loads((one / "watch.json").read_text()) for one in _watches(place)]
    changed = any(_lines(one / "history.txt") > 1 for one in _watches(place))
    return sorted(one["title"] or one["url"] for one in watches), changed


RECIPE = Recipe(
    title="changedetection.io",
    distribution="changedetection-io",
    start=start,
    visit=visit,
    stored=stored,
    lines={"allow_insecure_inline_handlers": ("settings.settings_page", "ui.ui_diff.diff_history_page")},
    noise={"Transport not open": "Socket.IO's script, when a page is left while its connection is being made"},
    opened={"headers.cors": "CORS(app) lets every site read, without credentials; Garrison leaves such a choice"},
    change="a watch is added with one form, given a title with another, and checked twice",
)
