"""File names: refused as a field, made harmless as an upload's."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from flask_garrison.inputs import safe_filename
from flask_garrison.inputs.filenames import MAX_BYTES, clean_filename

ATTACKS = (
    "",
    ".",
    "..",
    "../x",
    "a/b",
    "a\\b",
    "/etc/passwd",
    "C:x",
    "a:stream",
    "a\0.png",
    "a\n.png",
    "a\x7f",
    "gnp.\u202eexe",
    "a\u2066b",
    "a\u200fb",
    ".htaccess",
    "a.",
    "a ",
    " a",
    "CON",
    "con.txt",
    "nul .txt",
    "COM1.log",
    "lpt\u00b9",
    "CONIN$",
    "a*",
    "a?",
    "a<b",
    'a"b',
    "a|b",
    "a\udc80",
    "\u00e4" * 128,
)


@pytest.mark.parametrize("name", ATTACKS)
def test_a_dangerous_name_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"name"):
        safe_filename(name)


@pytest.mark.parametrize(
    "name", ["a.png", "Ma\u00df nehmen.pdf", "\u5831\u544a.docx", "console.log", "a.tar.gz", "x-1_2 (3).txt"]
)
def test_an_honest_name_passes(name: str) -> None:
    assert safe_filename(name) == name
    assert clean_filename(name) == name


def test_a_decomposed_name_is_composed() -> None:
    assert safe_filename("u\u0308.txt") == "\u00fc.txt"


def test_the_limit_is_in_bytes() -> None:
    assert safe_filename("x" * MAX_BYTES) == "x" * MAX_BYTES
    with pytest.raises(ValueError, match="255"):
        safe_filename("x" * (MAX_BYTES + 1))


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("../../x", "x"),
        ("C:\\Users\\ada\\me.jpg", "me.jpg"),
        (".htaccess", "htaccess"),
        ("con.png", "_con.png"),
        ("gnp.\u202eexe", "gnp.exe"),
        ("a\0b", "ab"),
        ("a:b", "a_b"),
        ("..", "file"),
        ("", "file"),
        ("x" * 300 + ".png", "x" * 251 + ".png"),
    ],
)
def test_a_name_is_made_harmless(name: str, cleaned: str) -> None:
    assert clean_filename(name) == cleaned


@example("0.A\x1f\u0300")
@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from([*ATTACKS, "\u0308", "\u1100\u1161"])).map("".join)))
def test_what_was_cleaned_is_safe(name: str) -> None:
    cleaned = clean_filename(name)
    assert safe_filename(cleaned) == cleaned == unicodedata.normalize("NFC", cleaned)
