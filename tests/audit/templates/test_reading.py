"""Template files: recognised by name, read as they will be rendered, or named as unreadable."""

from __future__ import annotations

from pathlib import Path, PurePath

import pytest

from flask_garrison.audit.files import UnreadableError
from flask_garrison.audit.templates import reading as subject
from flask_garrison.audit.templates.reading import is_template, read_template, read_templates


@pytest.mark.parametrize(
    "name",
    [
        "a.html",
        "a.HTM",
        "a.xhtml",
        "a.html.j2",
        "a.jinja",
        "a.jinja2",
        "a.j2",
        "x/a.htm.tmpl",
        "templates/a.svg",
        "a.en.html",
    ],
)
def test_templates(name: str) -> None:
    assert is_template(PurePath(name))


@pytest.mark.parametrize(
    "name", ["a.py", "a", "html", "a.svg", "nginx.conf.j2", "a.txt", "templates/a.txt", "a.html.bak"]
)
def test_other_files(name: str) -> None:
    assert not is_template(PurePath(name))


def read(root: Path, name: str, source: str) -> subject.Template:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(source)
    return read_template(root, root / name)


def test_template_knows_its_tags_and_what_it_uses(tmp_path: Path) -> None:
    template = read(tmp_path, "templates/a.html", "{% extends 'base.html' %}\n<a>")
    assert template.name == "templates/a.html"
    assert [(tag.name, tag.line) for tag in template.tags] == [("a", 2)]
    assert template.uses == {"base.html"}


def test_static_files_are_not_for_jinja(tmp_path: Path) -> None:
    template = read(tmp_path, "static/a.html", "{{ x | }} {% what %} <a onclick='{{ y }}'>")
    assert template.tags[0].attributes == {"onclick": ["{{ y }}"]}


def test_unknown_extension_is_read_all_the_same(tmp_path: Path) -> None:
    assert len(read(tmp_path, "a.html", "{% cache 5 %}<a>{% endcache %}").tags) == 1


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("\n{{ x", "Jinja cannot read it: line 2: "),
        ("{% if x %}", "Jinja cannot read it: line 1: "),
        ("{{ " + "(" * 5000 + ")" * 5000 + " }}", "nested too deeply"),
        ("{{ " + "9" * 10_000 + " }}", "an error inside the reader: ValueError"),
    ],
    ids=["expression", "block", "depth", "number"],
)
def test_what_jinja_cannot_read_is_unreadable(tmp_path: Path, source: str, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        read(tmp_path, "a.html", source)


def test_unreadable_files_are_named_and_the_rest_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.html").write_bytes(b"\xff")
    (tmp_path / "b.html").write_text("<a>")
    templates, not_checked = read_templates(tmp_path, [tmp_path / "a.html", tmp_path / "b.html"])
    assert [template.name for template in templates] == ["b.html"]
    assert [(entry.what, entry.reason) for entry in not_checked] == [("a.html", "not UTF-8 (byte 0)")]
    assert not_checked[0].how_to_include
