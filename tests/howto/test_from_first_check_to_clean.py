"""The page that leads a blog from its first check to a clean one: every command, every change, and the blog itself."""

from __future__ import annotations

import importlib
import re
import shutil
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from flask import Flask

from .pages import Visitor
from .regenerate import BLOG, PAGE, replayed
from .replay import Replay, made_equal, shortened

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)
PASSWORD = "a lamp beside the harbour"
KEY = "6f1d0c9b4f7e4a2b8d53a7c0e1b94f26"


class Done(NamedTuple):
    page: str
    replay: Replay


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Done:
    if shutil.which("git") is None:
        pytest.skip("git is missing")
    return Done(*replayed(tmp_path_factory.mktemp("howto")))


def test_every_output_is_the_real_one(done: Done) -> None:
    """Where this fails because a rule or its words changed: ``python -m tests.howto.regenerate``."""
    assert done.page == PAGE.read_text("utf-8")


def test_it_goes_from_f_and_1_to_a_and_0(done: Done) -> None:
    assert re.findall(r"^Grade (.)", done.page, re.M) == ["F", "F", "C", "A", "A", "A", "A"]
    assert re.findall(r"^\$ echo \$\?\n(\d)", done.page, re.M) == ["1", "1", "0", "0", "0"]
    assert "\nNo findings. ...\n" in done.page.rpartition("$ garrison check")[2]


def test_the_blog_itself_was_not_written_to(done: Done) -> None:
    made = {path.name for path in done.replay.folder.iterdir()} - {"instance"}
    assert made == {"blog", "garrison.toml", ".github", ".pre-commit-config.yaml"}
    assert not (done.replay.folder / "instance" / "blog.sqlite").exists()


class Blog(NamedTuple):
    """A blog that runs, and how one logs out of it."""

    visitor: Visitor
    logout: str


@pytest.fixture(params=["before", "after"])
def blog(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Blog]:
    after = request.param == "after"
    source = request.getfixturevalue("done").replay.folder / "blog" if after else BLOG
    shutil.copytree(source, tmp_path / "blog", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("SECRET_KEY", KEY)
    monkeypatch.setenv("BLOG_PASSWORD", PASSWORD)
    importlib.invalidate_caches()
    try:
        app: Flask = importlib.import_module("blog").create_app()
        yield Blog(Visitor(app, "https://blog.example"), "POST" if after else "GET")
    finally:
        for name in [name for name in sys.modules if name.partition(".")[0] == "blog"]:
            del sys.modules[name]


def send(blog: Blog, page: str, values: dict[str, Any], to: str | None = None) -> Any:
    """Fill in the form of a page and send it, its hidden fields with it."""
    shown = blog.visitor.open(page).text
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]+)"', shown))
    assert all(f'name="{name}"' in shown for name in values)
    return blog.visitor.open(to or page, "POST", data={**hidden, **values}, follow_redirects=True)


def log_in(blog: Blog) -> Any:
    return send(blog, "/login", {"name": "ada", "password": PASSWORD})


def test_everybody_reads_searches_and_comments(blog: Blog) -> None:
    assert "The first post of this blog." in blog.visitor.open("/").text
    assert "Hello" in blog.visitor.open("/search?q=first").text
    assert "<title>Hello</title>" in blog.visitor.open("/feed.xml").text
    sent = send(blog, "/post/1", {"name": "Grace", "body": "Well said."}, "/post/1/comment")
    assert "<strong>Grace</strong> Well said." in sent.text


def test_ada_logs_in_writes_with_a_picture_and_logs_out(blog: Blog) -> None:
    assert blog.visitor.open("/write").headers["Location"] == "/login"
    assert "do not go together" in send(blog, "/login", {"name": "ada", "password": "a guess"}).text
    assert "Sign out" in log_in(blog).text
    post = send(blog, "/write", {"title": "A walk", "body": "By the sea.", "picture": (BytesIO(PNG), "sea.png")}).text
    image = re.search(r'<img src="([^"]+)"', post)
    assert image, post
    answer = blog.visitor.open(image[1])
    assert (answer.data, answer.mimetype) == (PNG, "image/png")
    logged_out = blog.visitor.open("/logout", blog.logout, follow_redirects=True)
    assert "Sign in" in logged_out.text
    assert blog.visitor.open("/write").headers["Location"] == "/login"


def test_ada_writes_without_a_picture(blog: Blog) -> None:
    log_in(blog)
    assert "By the sea." in send(blog, "/write", {"title": "A walk", "body": "By the sea."}).text


@pytest.mark.parametrize("blog", ["after"], indirect=True)
def test_what_the_changes_were_for(blog: Blog) -> None:
    log_in(blog)
    script = {"title": "A walk", "body": "By the sea.", "picture": (BytesIO(b"<script>run()</script>"), "sea.png")}
    assert send(blog, "/write", script).status_code == 415
    foreign = blog.visitor.open("/logout", "POST", site="cross-site")
    assert foreign.status_code == 403
    assert blog.visitor.open("/logout").status_code == 405
    page = blog.visitor.open("/post/1").text
    assert re.search(r'<script nonce="[^"]+">\s+document\.getElementById\("copy"\)', page)
    assert "onclick" not in page
    own = blog.visitor.client.application
    own.view_functions["pages.index"] = lambda: 1 / 0
    assert blog.visitor.open("/").text == "<h1>Sorry</h1><p>That went wrong. We will look into it.</p>"


REPORT = """\
headers  A  96 of 100 points
  the application
    low  headers.cookie-lifetime  (confidence high)
      Cookie 'a' kept
        Shorten it.

assessment  A  100 of 100 points
  the application
    info  assessment.runs-as-root  (confidence low)
      the process that was audited runs as root
        Run it as a user of its own that owns nothing but its data.

Grade A over 2 of 10 chapters: headers A,
assessment A.
2 findings (1 low, 1 info). Looked at 5 templates with 131 rules in
0.97 s.
Run inside: a private copy.
Not part of this run: Python code.
"""


def test_what_is_about_the_machine_is_left_out_and_not_counted() -> None:
    assert made_equal(REPORT).partition("Run inside")[0] == (
        REPORT.partition("assessment  A")[0]
        + "Grade A over 2 of 10 chapters: headers A,\nassessment A.\n1 finding (1 low). ...\n"
    )


def test_a_run_with_nothing_else_has_no_findings() -> None:
    report = REPORT.partition("\n\n")[2].replace("2 findings (1 low, 1 info)", "1 finding (1 info)")
    assert made_equal(report).splitlines()[2] == "No findings. ..."


def test_parts_are_kept_by_their_first_words() -> None:
    short = shortened(made_equal(REPORT), "finding | Not part of this run: Python")
    assert short == "...\n1 finding (1 low). ...\nNot part of this run: Python code.\n"
