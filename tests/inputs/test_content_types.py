"""What a file is, by content alone."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flask_garrison import PolicyError
from flask_garrison.inputs.content_types import EXTENSIONS, INLINE, known, type_of_name, types_of
from tests.inputs.samples import DOCX, MP3_FRAME, SAMPLES, archive, docx, png

TEXT = {"text/plain", "text/csv"}


def told(content: bytes) -> frozenset[str]:
    return types_of(io.BytesIO(content))


def test_every_type_has_a_sample() -> None:
    assert SAMPLES.keys() == EXTENSIONS.keys()


@pytest.mark.parametrize("name", SAMPLES)
def test_a_file_passes_for_its_type(name: str) -> None:
    assert name in told(SAMPLES[name])


@pytest.mark.parametrize("name", sorted(INLINE))
def test_what_may_be_shown_passes_for_no_other_type(name: str) -> None:
    assert told(SAMPLES[name]) == {name}


@pytest.mark.parametrize(
    "markup",
    [
        b"<html>",
        b" \r\n\t<!doctype HTML>",
        b"\xef\xbb\xbf<script>x</script>",
        b"<ScRiPt >",
        b"<!-- x --><p>",
        b"<svg onload=x>",
        b"<svg/onload=x>",
        b"<!DOCTYPE svg PUBLIC 'x'>\n<svg>",
        b"<x:svg xmlns:x='http://www.w3.org/2000/svg'>",
        b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>",
        b"<!DOCTYPE x [<!ENTITY a 'b>'>]><svg>",
        b"<img src=x onerror=x>",
        b"<iframe>",
        b"<a href=x>",
    ],
)
def test_markup_is_nothing_else(markup: bytes) -> None:
    assert told(markup) <= {"text/html", "image/svg+xml", "application/xml"}
    assert told(markup)


@pytest.mark.parametrize("text", [b"a < b", b"<3 you", b"<ada@shop.example> wrote", b"BMW,5\n", b"", b"# Title\n"])
def test_text_with_an_angle_is_text(text: bytes) -> None:
    assert told(text) >= TEXT


@pytest.mark.parametrize(
    "content",
    [b"a\0b", b"\xff\xfea\0", b"caf\xe9", b"\xed\xa0\x80", b"x" * 70_000 + b"\0", b"x" * 65_535 + b"\xc3", b"\x1b\x01"],
)
def test_what_is_not_utf_8_text_is_not_text(content: bytes) -> None:
    assert told(content) == frozenset()


def test_a_character_may_lie_across_two_reads() -> None:
    assert told(b"x" * 65_535 + "ä".encode()) == TEXT


@pytest.mark.parametrize("text", [b"{", b"[NaN]", b"[" * 100_000, b"9" * 10_000 + b"x", b"{'a': 1}"])
def test_what_does_not_parse_is_not_json(text: bytes) -> None:
    assert told(text) == TEXT


def test_an_office_file_is_an_archive_too() -> None:
    assert told(docx()) == {DOCX, "application/zip"}


@pytest.mark.parametrize(
    "content",
    [
        docx("word/vbaProject.bin"),
        docx("xl/workbook.xml"),
        archive("word/document.xml"),
        archive("[Content_Types].xml"),
        docx()[:-30],
        archive(mimetype="text/html"),
        archive(mimetype=DOCX),
        docx()[:-6] + b"\xff\xff\xff\xff\0\0",
    ],
    ids=["macros", "two kinds", "no types", "no part", "cut", "marked as html", "marked as docx", "bad offset"],
)
def test_other_archives_are_only_archives(content: bytes) -> None:
    assert told(content) == {"application/zip"}


@pytest.mark.parametrize("content", [MP3_FRAME, MP3_FRAME + b"x" * 500, b"\xff\xfb", b"\xff\xfd\x90\0" * 300])
def test_one_frame_is_no_mp3(content: bytes) -> None:
    assert told(content) == frozenset()


def test_bytes_behind_a_picture_do_not_change_it() -> None:
    assert told(png() + b"<script>hit()</script>") == {"image/png"}


@given(
    st.one_of(st.binary(max_size=200), st.tuples(st.sampled_from(list(SAMPLES.values())), st.binary()).map(b"".join))
)
def test_nothing_crashes(content: bytes) -> None:
    assert told(content) <= EXTENSIONS.keys()


@given(st.sampled_from(list(SAMPLES.values())), st.integers(0, 200))
def test_a_cut_file_does_not_crash(content: bytes, length: int) -> None:
    assert told(content[:length]) <= EXTENSIONS.keys()


def test_other_names_of_a_type_are_known() -> None:
    assert known(["audio/wav", "image/png"]) == ("audio/wave", "image/png")


@pytest.mark.parametrize(("types", "words"), [(["image/jpg"], "image/jpeg"), ([], "at least one"), ("x", "not a list")])
def test_a_type_that_cannot_be_told_is_an_error(types: list[str], words: str) -> None:
    with pytest.raises(PolicyError, match=words):
        known(types)


def test_extensions_lead_back_to_their_type() -> None:
    assert {type_of_name(f"x.{endings[0]}") for endings in EXTENSIONS.values()} == set(EXTENSIONS)
    assert type_of_name("x.php") is None
