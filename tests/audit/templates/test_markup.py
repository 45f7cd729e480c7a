"""The tags of templates: lines, attributes, branches, and what is no tag."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flask_garrison.audit.templates.jinja import HOLE, plain, split
from flask_garrison.audit.templates.markup import read_tags

Attributes = dict[str, list[str]]


def tags(source: str) -> list[tuple[int, str, Attributes]]:
    return [(tag.line, tag.name, tag.attributes) for tag in read_tags(split(source))]


@pytest.mark.parametrize(
    ("source", "attributes"),
    [
        ("<a>", {}),
        ("<A HREF=x>", {"href": ["x"]}),
        ("<a href='x y'>", {"href": ["x y"]}),
        ('<a href="x>y">', {"href": ["x>y"]}),
        ("<a href = x >", {"href": ["x"]}),
        ("<a\nhref\n=\n'x'>", {"href": ["x"]}),
        ("<a hidden>", {"hidden": [""]}),
        ("<a hidden href=x>", {"hidden": [""], "href": ["x"]}),
        ("<a href=>", {"href": [""]}),
        ("<a/href=x/>", {"href": ["x/"]}),
        ('<a href="x"title="y">', {"href": ["x"], "title": ["y"]}),
        ("<a =x>", {"=x": [""]}),
        ("<a href='{{ x }}'>", {"href": [HOLE]}),
        ("<a href={{ x }}>", {"href": [HOLE]}),
        ("<a href=/{{ x }}/y>", {"href": [f"/{HOLE}/y"]}),
        ("<a {{ x }} href=y>", {HOLE: [""], "href": ["y"]}),
        ("<a hidden {{ x }}>", {"hidden": [""], HOLE: [""]}),
        ("<a on{{ x }}=y>", {f"on{HOLE}": ["y"]}),
        ("<a {# onclick=x #}href=y>", {"href": ["y"]}),
        ("<a {% if x %}href=y {% endif %}title=z>", {"href": ["y"], "title": ["z"]}),
        ("<a {% if x %}href='y'{% else %}href='z'{% endif %}>", {"href": ["y", "z"]}),
        ("<a href='{% if x %}y{% elif w %}v{% else %}z{% endif %}'>", {"href": ["y", "v", "z"]}),
        ("<a href='b{% for x in y %}{{ x }}{% else %}z{% endfor %}'>", {"href": [f"b{HOLE}", "bz"]}),
        ("<a {% if x %}href='y'>{% else %}href='z'>{% endif %}</a>", {"href": ["y", "z"]}),
        ("<a href='x'", {"href": ["x"]}),
        ("<a href='x", {"href": ["x"]}),
        ("<a hidden", {"hidden": [""]}),
    ],
)
def test_attributes(source: str, attributes: Attributes) -> None:
    assert tags(source) == [(1, "a", attributes)]


@pytest.mark.parametrize(
    "source",
    [
        "a < b",
        "<",
        "</a onclick=x>",
        "<!-- <a onclick=x> -->",
        "<!doctype html>",
        "<?php <a?>",
        "{# <a> #}",
        "{{ '<a>' }}",
        "{% set x = '<a>' %}",
    ],
)
def test_no_tags(source: str) -> None:
    assert tags(source) == []


@pytest.mark.parametrize("name", ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"])
def test_nothing_inside_raw_text_is_a_tag(name: str) -> None:
    assert [tag[1] for tag in tags(f"<{name}><a></b></{name}x></{name.upper()} ><b>")] == [name, "b"]


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("<script{{ nonce }}>'<a>'</script><b>", [f"script{HOLE}", "b"]),
        ("<{{ x }} class=y>", [HOLE]),
        ("<h{{ n }} class=y>", [f"h{HOLE}"]),
        ("<svg><style/><a></svg>", ["svg", "style", "a"]),
        ("<svg/><script/><a></script><b>", ["svg", "script", "b"]),
        ("{% if x %}<!--{% endif %}<a>", ["a"]),
        ("{% if x %}<a{% else %}<b{% endif %} class=c>", ["a", "b"]),
        ("{% if x %}<script>{% else %}<script async>{% endif %}'<a>'</script>", ["script", "script"]),
        ("{% endif %}{% else %}<a>", ["a"]),
    ],
)
def test_which_tags(source: str, names: list[str]) -> None:
    # The lexer does not mind an {% endif %} alone; the parser, which runs first, does.
    assert [tag[1] for tag in tags(source)] == names


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("\n\n<a>", 3),
        ("{% set x = [\n1,\n2] %}\n<a>", 4),
        ("{#\n\n#}<a>", 3),
        ("{% raw %}\n{{ x }}\n<a>{% endraw %}", 3),
        ("{%- if x -%}\n\n<a>{% endif %}", 3),
        ("x\n\n{%- if x %}\n<a>{% endif %}", 4),
        ("{{ x\n}}\r\n<a\n\nhref='x'>", 3),
        ("<!--\n\n-->\n<a>", 4),
        ("text <b\n\n\n>\n<a>", 5),
        ("{% macro m() %}\n{% endmacro %}{% call m() %}\n<a>{% endcall %}", 3),
    ],
)
def test_line_is_that_of_the_tag(source: str, line: int) -> None:
    assert [tag[0] for tag in tags(source) if tag[1] == "a"] == [line]


def test_source_keeps_jinja_and_normalises_white_space() -> None:
    (tag,) = read_tags(split("<a\n   {% if x %}href='{{ y }}'{% endif %}\t>text"))
    assert tag.source() == "<a {% if x %}href='{{ y }}'{% endif %} >"


def test_plain_files_have_no_holes() -> None:
    (tag,) = read_tags(plain("<a href='{{ x }}\0'>"))
    assert tag.attributes == {"href": ["{{ x }}\ufffd"]}


PIECES = ["<", "</", ">", "a", "script", "/", "=", '"', "'", " ", "\n", "<!--", "-->", "onclick", "{{ x }}", "{# y #}"]
BLOCKS = ["{% if x %}", "{% elif x %}", "{% else %}", "{% endif %}", "{% for x in y %}", "{% endfor %}"]


@given(st.lists(st.sampled_from(PIECES + BLOCKS)))
def test_no_sequence_of_pieces_breaks_the_reader(pieces: list[str]) -> None:
    source = "".join(pieces)
    for line, name, _ in tags(source):
        assert 1 <= line <= source.count("\n") + 1
        assert name or "<" in source


@given(st.text())
def test_whole_text_is_read_to_its_end(text: str) -> None:
    assert [tag.name for tag in read_tags(plain(f"{text}-->'\"></script></style></textarea></title><b>"))][-1:] != []
