"""Finds templates by name, lowers each once, says what it could not read."""

from __future__ import annotations

from pathlib import Path

import pytest

from flask_garrison.audit.code.jinja import Templates, parents
from flask_garrison.findings import NotChecked
from tests.audit.code.jinja.shorthand import lines


def templates(root: Path, files: dict[str, str], *folders: str) -> Templates:
    """Write files, and return the templates of some folders below."""
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return Templates([root / folder for folder in folders or ("",)])


def test_the_first_folder_counts(tmp_path: Path) -> None:
    found = templates(tmp_path, {"a/x.html": "{{ first }}", "b/x.html": "{{ b }}", "b/y.html": "{{ y }}"}, "a", "b")
    names = [found.lowered("x.html"), found.lowered("y.html")]
    assert [lines(item.body) for item in names if item] == [["@emit(first, 'text', True)"], ["@emit(y, 'text', True)"]]
    assert found.lowered("x.html") is names[0]
    assert found.not_checked == []


def test_blocks_stand_where_any_parent_places_them(tmp_path: Path) -> None:
    files = {
        "base.html": "<script>{% block code %}{% endblock %}</script><p title='{% block t %}{% endblock %}'>",
        "mid.html": "{% extends 'base.html' %}{% block t %}{{ a }}{% endblock %}",
        "page.html": "{% extends 'mid.html' %}{% block code %}{{ b }}{% endblock %}",
        "other.html": "{% extends 'none.html' if x else 'base.html' %}{% block code %}'{{ b }}{% endblock %}",
    }
    found = templates(tmp_path, files)
    chain = found.chain("page.html")
    assert [item.name for item in chain] == ["page.html", "mid.html", "base.html"]
    assert lines(chain[0].blocks["code"].body) == ["@emit(b, 'script', True)"]
    assert lines(chain[1].blocks["t"].body) == ["@emit(a, 'attribute-single', True, quote=\"'\")"]
    other = found.lowered("other.html")
    assert other is not None
    assert lines(other.blocks["code"].body) == ["@emit(b, 'script-string', True)"]
    assert parents(other) == ["none.html", "base.html"]
    assert found.not_checked == []


def test_an_included_template_starts_where_it_is_included(tmp_path: Path) -> None:
    found = templates(tmp_path, {"a.html": "{{ a }}"})
    contexts = [found.lowered("a.html", context) for context in ("text", "script", None)]
    assert [lines(item.body) for item in contexts if item] == [
        ["@emit(a, 'text', True)"],
        ["@emit(a, 'script', True)"],
        ["@emit(a, 'text', True)"],
    ]


def test_circles_end(tmp_path: Path) -> None:
    found = templates(tmp_path, {"a.html": "{% extends 'b.html' %}", "b.html": "{% extends 'a.html' %}"})
    assert [item.name for item in found.chain("a.html")] == ["a.html", "b.html"]
    found = templates(tmp_path, {"c.html": "{% extends 'c.html' %}{% block a %}{{ a }}{% endblock %}"})
    assert [item.name for item in found.chain("c.html")] == ["c.html"]


def test_an_application_may_escape_by_a_rule_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("{{ a }}")
    template = Templates([tmp_path], escapes=lambda name: name.endswith(".txt")).lowered("a.txt")
    assert template is not None
    assert lines(template.body) == ["@emit(a, 'plain', True)"]


@pytest.mark.parametrize("name", ["../secret.html", "a/../../secret.html", "..\\secret.html", "", "/", "a\0"])
def test_no_name_leads_out(tmp_path: Path, name: str) -> None:
    found = templates(tmp_path, {"secret.html": "", "t/a.html": ""}, "t")
    assert found.path(name) is None


def test_what_cannot_be_read_is_said_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = templates(tmp_path, {"bad.html": "\n{% if a %}", "page.html": "{% extends 'gone.html' %}{{ a }}"})
    (tmp_path / "latin.html").write_bytes(b"\xe4")
    for name in ("bad.html", "gone.html", "latin.html", "page.html") * 2:
        found.lowered(name)
    accept = "Repair it; if it is no Jinja template, accept this entry in garrison.toml."
    assert found.not_checked == [
        NotChecked(
            what="bad.html",
            reason="Jinja cannot read it: line 2: Unexpected end of template. Jinja was looking for the following "
            "tags: 'elif' or 'else' or 'endif'. The innermost block that needs to be closed is 'if'.",
            how_to_include=accept,
        ),
        NotChecked(
            what="latin.html", reason="not UTF-8 (byte 0)", how_to_include="Save it as UTF-8; Flask reads no other."
        ),
    ]
    assert found.missing == {"gone.html"}
