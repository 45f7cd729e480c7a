"""Uploads: what is refused, what is stored, and how it is served again."""

from __future__ import annotations

import io
import os
import re
import secrets
import stat
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from flask import Blueprint, Flask, request
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType
from werkzeug.test import Client, TestResponse

from flask_garrison import Garrison, Policy, PolicyError
from flask_garrison.errors import RefusedMediaType, RefusedTooLarge
from flask_garrison.events import SecurityEvent
from flask_garrison.inputs import StoredUpload, save_upload, send_upload
from tests.inputs.samples import DOCX, SAMPLES, archive, png

if TYPE_CHECKING:
    from playwright.sync_api import Page

Events = Callable[[], list[SecurityEvent]]
HERE = "https://shop.example"
IMAGES = ("image/png", "image/jpeg", "image/gif", "image/webp")


class Shop:
    """An app with an upload and a download, and what the last upload gave."""

    def __init__(self, folder: Path, *, policy: Policy | None = None, guarded: bool = True, **options: Any) -> None:
        self.folder = folder
        self.stored: StoredUpload | None = None
        self.app = Flask("shop", static_folder=None)
        self.app.secret_key = "a key for tests only, long enough to sign with"
        self.options = {"types": IMAGES, **options}
        self.app.add_url_rule("/up", "up", self._up, methods=["POST"])
        self.app.add_url_rule("/raw/<path:name>", "raw", lambda name: send_upload(folder, name))
        self.app.add_url_rule("/get/<name>", "get", self._get)
        if guarded:
            Garrison(self.app, policy)

    def _up(self) -> str:
        self.stored = save_upload(request.files.get("file"), self.folder, **self.options)
        return self.stored.name

    def _get(self, name: str) -> Any:
        return send_upload(self.folder, name, inline="inline" in request.args, download_name=request.args.get("as"))

    def send(self, content: bytes, name: str = "me.png", kind: str = "image/png") -> TestResponse:
        data = {"file": (io.BytesIO(content), name, kind)}
        return Client(self.app).post("/up", data=data, base_url=HERE, headers={"Sec-Fetch-Site": "same-origin"})

    def get(self, path: str) -> TestResponse:
        return Client(self.app).get(path, base_url=HERE)

    def files(self) -> list[str]:
        return sorted(os.listdir(self.folder)) if self.folder.exists() else []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "uploads"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<html><script>hit()</script>", "me.png"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='hit()'/>", "me.png"),
        (b"<?php system($_GET[0]);", "me.php.png"),
        (archive("a.txt"), "me.jpg"),
        (b"MZ\x90\0", "me.gif"),
        (b"", "empty.png"),
        (b"\x89PNG\r\n", "cut.png"),
    ],
)
def test_other_content_is_refused_and_leaves_nothing(folder: Path, seen: Events, content: bytes, name: str) -> None:
    shop = Shop(folder)
    answer = shop.send(content, name)
    assert answer.status_code == 415
    assert "image/png, image/jpeg" in answer.text
    assert shop.files() == []
    (event,) = [one for one in seen() if one.control == "inputs.uploads"]
    assert (event.event, event.outcome, event.status) == (f"upload_validation:{name},content:FAILED", "refused", 415)
    assert (event.parameter, event.appsensor) == ("file", "IE2")


@pytest.mark.parametrize("kind", SAMPLES)
def test_an_honest_file_of_a_named_type_is_stored(folder: Path, kind: str) -> None:
    shop = Shop(folder, types=[kind])
    assert shop.send(SAMPLES[kind], "x", "application/octet-stream").status_code == 200
    assert shop.stored is not None
    assert shop.stored.media_type == kind


@pytest.mark.parametrize("kind", [kind for kind in SAMPLES if kind not in IMAGES])
def test_a_type_that_is_not_named_is_refused(folder: Path, kind: str) -> None:
    assert Shop(folder).send(SAMPLES[kind]).status_code == 415


def test_what_is_stored_is_described(folder: Path, seen: Events) -> None:
    shop = Shop(folder)
    answer = shop.send(png(), "Grüße aus Köln.PNG")
    stored = shop.stored
    assert stored is not None
    assert re.fullmatch(r"[0-9a-f]{32}\.png", stored.name)
    assert answer.text == stored.name
    assert stored.original_name == "Grüße aus Köln.PNG"
    assert (stored.media_type, stored.size) == ("image/png", len(png()))
    assert stored.sha256 == sha256(png()).hexdigest()
    assert shop.files() == [stored.name]
    assert (folder / stored.name).read_bytes() == png()
    (event,) = [one for one in seen() if one.control == "inputs.uploads"]
    assert event.event == f"upload_stored:Grüße aus Köln.PNG,upload,{stored.name}"
    assert event.outcome == "allowed"


def test_only_the_server_can_read_it(folder: Path) -> None:
    shop = Shop(folder)
    name = shop.send(png()).text
    assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "name", ["../../x", "..\\..\\x.png", "/etc/cron.d/x", "x.php.png", "x.php", "CON", ".htaccess"]
)
def test_the_clients_name_decides_nothing(folder: Path, name: str) -> None:
    shop = Shop(folder)
    assert shop.send(png(), name, "text/html").status_code == 200
    assert len(shop.files()) == 1
    assert re.fullmatch(r"[0-9a-f]{32}\.png", shop.files()[0])
    assert os.listdir(folder.parent) == ["uploads"]
    assert shop.stored is not None
    assert "/" not in shop.stored.original_name
    assert not shop.stored.original_name.startswith(".")


def test_a_picture_with_html_behind_it_stays_a_picture(folder: Path) -> None:
    shop = Shop(folder)
    name = shop.send(SAMPLES["image/gif"] + b"<script>hit()</script>", "page.html", "text/html").text
    answer = shop.get(f"/get/{name}?inline")
    assert answer.headers["Content-Type"] == "image/gif"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_name_with_nul_is_refused(folder: Path) -> None:
    with pytest.raises(Exception, match="control characters") as caught:
        save_upload(FileStorage(io.BytesIO(png()), "me\0.png"), folder, types=IMAGES)
    assert getattr(caught.value, "code", None) == 400
    assert not folder.exists()


@pytest.mark.parametrize("data", [{}, {"file": (io.BytesIO(), "")}, {"file": "text"}])
def test_no_file_is_said(folder: Path, data: dict[str, Any]) -> None:
    shop = Shop(folder)
    answer = Client(shop.app).post(
        "/up",
        data=data,
        content_type="multipart/form-data",
        base_url=HERE,
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert (answer.status_code, "No file was sent." in answer.text) == (400, True)


def test_a_file_over_the_limit_is_refused_and_removed(folder: Path, seen: Events) -> None:
    shop = Shop(folder, max_bytes=100_000)
    answer = shop.send(png() + b"x" * 100_000)
    assert (answer.status_code, "100000 bytes" in answer.text) == (413, True)
    assert shop.files() == []
    (event,) = [one for one in seen() if one.control == "inputs.uploads"]
    assert (event.status, event.parameter, event.appsensor) == (413, "file", "FIO1")


@pytest.mark.parametrize(("name", "point"), [("", "RE6"), ("a\x7fb.png", "RE8")])
def test_no_file_and_a_name_that_is_no_text_have_their_detection_points(
    folder: Path, seen: Events, name: str, point: str
) -> None:
    shop = Shop(folder, policy=Policy(modes={"inputs.canonical-text": "off"}))
    shop.send(png(), name)
    (event,) = [one for one in seen() if one.control == "inputs.uploads"]
    assert (event.status, event.parameter, event.appsensor) == (400, "file", point)


def test_a_file_at_the_limit_passes(folder: Path) -> None:
    content = png() + b"x" * (100_000 - len(png()))
    assert Shop(folder, max_bytes=100_000).send(content).status_code == 200


def test_the_policys_limit_counts_where_none_is_stated(folder: Path) -> None:
    shop = Shop(folder)
    small = Shop(folder, policy=Policy(max_body_bytes=5_000, modes={"inputs.body-limits": "off"}))
    content = png() + b"x" * 6_000
    assert (shop.send(content).status_code, small.send(content).status_code) == (200, 413)


@pytest.mark.parametrize(
    ("claim", "content", "passes"), [(10_000_000_000, png(), True), (1, png() + b"x" * 999, False)]
)
def test_a_stated_length_is_not_believed(folder: Path, claim: int, content: bytes, passes: bool) -> None:
    file = FileStorage(io.BytesIO(content), "me.png", content_length=claim)
    if passes:
        assert save_upload(file, folder, types=IMAGES, max_bytes=500).size == len(content)
        return
    with pytest.raises(RefusedTooLarge):
        save_upload(file, folder, types=IMAGES, max_bytes=500)


def test_a_stream_that_breaks_leaves_nothing(folder: Path) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        save_upload(FileStorage(Broken(), "me.png"), folder, types=IMAGES)
    assert os.listdir(folder) == []


@pytest.mark.parametrize("ending", ["part", "png"])
def test_a_link_in_the_way_is_never_followed(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"mine")
    folder.mkdir()
    token = "0" * 32
    (folder / f"{token}.{ending}").symlink_to(victim)
    monkeypatch.setattr(secrets, "token_hex", lambda size: token)
    with pytest.raises(FileExistsError):
        save_upload(FileStorage(io.BytesIO(png()), "me.png"), folder, types=IMAGES)
    assert victim.read_bytes() == b"mine"
    assert os.listdir(folder) == [f"{token}.{ending}"]


@pytest.mark.parametrize("below", ["", "below"])
def test_a_folder_that_is_served_or_imported_is_an_error(tmp_path: Path, below: str) -> None:
    static, pages, package, parts = (tmp_path / name for name in ("static", "templates", "package", "parts"))
    for one in (static, pages, package, parts):
        one.mkdir()
    (package / "__init__.py").touch()
    (tmp_path / "link").symlink_to(static)
    app = Flask("shop", static_folder=str(static), template_folder=str(pages))
    app.register_blueprint(Blueprint("parts", "parts", static_folder=str(parts)))
    for one in (static, pages, package, parts, tmp_path / "link"):
        with app.app_context(), pytest.raises(PolicyError, match="folder: "):
            save_upload(FileStorage(io.BytesIO(png()), "me.png"), one / below, types=IMAGES)


def test_a_relative_folder_is_below_the_instance_folder(tmp_path: Path) -> None:
    app = Flask("shop", instance_path=str(tmp_path))
    with app.app_context():
        stored = save_upload(FileStorage(io.BytesIO(png()), "me.png"), "avatars", types=IMAGES)
    assert (tmp_path / "avatars" / stored.name).is_file()


@pytest.mark.parametrize("limit", [0, -1, True, "5"])
def test_a_limit_that_is_none_is_an_error(folder: Path, limit: Any) -> None:
    with pytest.raises(PolicyError, match="max_bytes"):
        save_upload(FileStorage(io.BytesIO(png()), "me.png"), folder, types=IMAGES, max_bytes=limit)


def test_it_refuses_without_garrison_too(folder: Path, seen: Events) -> None:
    shop = Shop(folder, guarded=False)
    assert shop.send(b"<html>").status_code == 415
    assert shop.send(png()).status_code == 200
    assert seen() == []


def test_it_refuses_outside_of_a_request(folder: Path) -> None:
    with pytest.raises(RefusedMediaType) as caught:
        save_upload(FileStorage(io.BytesIO(b"x"), "me.png"), folder, types=IMAGES)
    assert isinstance(caught.value, UnsupportedMediaType)
    assert issubclass(RefusedTooLarge, RequestEntityTooLarge)


def test_it_refuses_in_observe_too(folder: Path) -> None:
    assert Shop(folder, policy=Policy(mode="observe")).send(b"<html>").status_code == 415


def test_the_first_of_several_types_counts(folder: Path) -> None:
    csv, text = Shop(folder, types=["text/csv", "text/plain"]), Shop(folder, types=["text/plain", "text/csv"])
    assert csv.send(b"a,b\n1,2\n").text.endswith(".csv")
    assert text.send(b"a,b\n1,2\n").text.endswith(".txt")


@pytest.mark.parametrize("guarded", [True, False])
def test_a_file_is_a_download_in_a_sandbox(folder: Path, guarded: bool) -> None:
    shop = Shop(folder, guarded=guarded)
    answer = shop.get(f"/get/{shop.send(png()).text}?as=Gr%C3%BC%C3%9Fe.png")
    assert answer.status_code == 200
    assert answer.data == png()
    named = "attachment; filename=Grue.png; filename*=UTF-8''Gr%C3%BC%C3%9Fe.png"
    assert answer.headers["Content-Disposition"] == named
    assert answer.headers.getlist("X-Content-Type-Options") == ["nosniff"]
    (policy,) = answer.headers.getlist("Content-Security-Policy")
    assert {"sandbox", "default-src 'none'"} <= set(policy.split("; "))


@pytest.mark.parametrize("kind", SAMPLES)
def test_only_pictures_sound_and_video_are_shown(folder: Path, kind: str) -> None:
    shop = Shop(folder, types=[kind])
    answer = shop.get(f"/get/{shop.send(SAMPLES[kind]).text}?inline")
    shown = kind.startswith(("image/", "audio/", "video/", "application/ogg")) and kind not in (
        "image/svg+xml",
        "image/heic",
        "audio/midi",
        "video/avi",
    )
    assert answer.headers["Content-Disposition"].startswith("inline" if shown else "attachment")
    assert answer.mimetype == kind


@pytest.mark.parametrize(
    ("asked", "sent"), [("page.html", "page.html.png"), ("me.PNG", "me.PNG"), ("../../x", "x.png"), ("", None)]
)
def test_the_downloads_name_has_the_extension_of_its_type(folder: Path, asked: str, sent: str | None) -> None:
    shop = Shop(folder)
    name = shop.send(png()).text
    answer = shop.get(f"/get/{name}?as={asked}")
    assert answer.headers["Content-Disposition"] == f"attachment; filename={sent or name}"


def test_chromium_shows_a_picture_and_runs_nothing(page: Page, serve: Callable[..., Any], folder: Path) -> None:
    shop = Shop(folder)
    site = serve(shop.app)
    picture = shop.send(png() + b"<script>document.title = 'hit'</script>", "page.html", "text/html").text
    page.goto(f"{site}/get/{picture}?inline")
    assert page.evaluate("() => [document.contentType, document.images[0].naturalWidth]") == ["image/png", 1]
    assert page.title() != "hit"


def test_chromium_downloads_what_could_run(page: Page, serve: Callable[..., Any], folder: Path) -> None:
    shop = Shop(folder, types=["text/html"])
    site = serve(shop.app)
    name = shop.send(b"<html><script>document.title = 'hit'</script>", "page.html", "text/html").text
    with page.expect_download() as download:
        page.evaluate("address => { location = address; }", f"{site}/get/{name}?inline")
    assert download.value.suggested_filename == name


def test_only_stored_files_are_sent(folder: Path) -> None:
    shop = Shop(folder)
    shop.send(png())
    (folder.parent / ("1" * 32 + ".png")).write_bytes(b"secret")
    (folder / "notes.txt").write_bytes(b"secret")
    (folder / ("2" * 32 + ".png")).symlink_to(folder.parent / ("1" * 32 + ".png"))
    for name in (
        "../" + "1" * 32 + ".png",
        "notes.txt",
        "2" * 32 + ".png",
        "3" * 32 + ".png",
        "%2e%2e/x.png",
        "x%00.png",
    ):
        assert shop.get(f"/raw/{name}").status_code in (400, 404)


def test_what_was_stored_can_be_handed_over_itself(folder: Path) -> None:
    shop = Shop(folder, types=[DOCX])
    shop.send(SAMPLES[DOCX])
    assert shop.stored is not None
    with shop.app.test_request_context():
        answer = send_upload(folder, shop.stored)
    assert answer.mimetype == DOCX
