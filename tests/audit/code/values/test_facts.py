"""Facts: a text that is called harmless for a use has none of the characters that make it dangerous there."""

from __future__ import annotations

import html
import shlex
import string

from hypothesis import given
from hypothesis import strategies as st

from flask_garrison.audit.code.values.facts import (
    BEGINS,
    NO_HOST,
    NO_SCHEME,
    NOT_BEGINS,
    TELLING,
    WORD,
    lacking,
    lacks,
    safe_by_facts,
    safe_without,
)
from flask_garrison.audit.code.values.taint import MARKUP, Use

printable = st.sampled_from(string.printable)
alphabets = st.frozensets(printable, max_size=12)
MEANINGFUL = {
    Use.HTML: "<",
    Use.QUOTE: "\"'",
    Use.SPACE: " \t\n>",
    Use.HREF: ":",
    Use.SQL: "'\";-",
    Use.SHELL: ";&|`$ \n",
    Use.PATH: "/\\",
    Use.LINE: "\n\r",
    Use.LOG: "\n\r",
    Use.LDAP: "*()",
    Use.XPATH: "'\"",
    Use.TEMPLATE: "{",
    Use.FORMAT: "{%",
    Use.XML: "<&",
    Use.CELL: "=+-@",
    Use.HOST: ".:/@",
}
"""For each use the least that an attack needs one of, written down here a second time."""


@given(alphabets)
def test_harmless_letters_exclude_what_an_attack_needs(characters: frozenset[str]) -> None:
    uses = safe_without(characters)
    for use, dangerous in MEANINGFUL.items():
        if uses & use:
            assert characters.isdisjoint(dangerous), dangerous


@given(alphabets, alphabets)
def test_more_letters_are_never_safer(first: frozenset[str], second: frozenset[str]) -> None:
    assert safe_without(first | second) & ~safe_without(first) & ~Use.CODE == 0


@given(st.frozensets(st.sampled_from(TELLING)))
def test_what_a_text_lacks_excludes_what_an_attack_needs(missing: frozenset[str]) -> None:
    uses = safe_by_facts(frozenset(map(lacks, missing)))
    for use, dangerous in MEANINGFUL.items():
        needed = set(dangerous)
        if use == Use.PATH:
            continue
        if uses & use:
            assert needed <= missing or (use == Use.LOG and "\n" in missing), dangerous


@given(alphabets)
def test_facts_of_an_alphabet_hold(characters: frozenset[str]) -> None:
    text = "".join(characters)
    assert all(letter not in text for _, letter in lacking(characters))


@given(st.text())
def test_words_are_what_python_takes_for_words(text: str) -> None:
    if text.isidentifier() and text.isascii():
        assert set(text) <= WORD
        assert safe_without(WORD) & (Use.SQL | Use.SHELL | MARKUP | Use.PATH)


@given(st.text(st.sampled_from(string.ascii_letters + string.digits + "_")))
def test_words_need_no_quoting(text: str) -> None:
    assert html.escape(text) == text
    assert shlex.quote(text) in (text, "''")


def test_beginnings() -> None:
    assert safe_by_facts(frozenset({(BEGINS, "/items/")})) & Use.REDIRECT
    assert not safe_by_facts(frozenset({(BEGINS, "/")})) & Use.REDIRECT
    assert not safe_by_facts(frozenset({(BEGINS, "//")})) & Use.REDIRECT
    assert safe_by_facts(frozenset({(BEGINS, "/"), (NOT_BEGINS, "//"), (NOT_BEGINS, "/\\")})) & Use.REDIRECT
    assert safe_by_facts(frozenset({(BEGINS, "https://shop.example/")})) & Use.HOST
    assert not safe_by_facts(frozenset({(BEGINS, "https://shop.example")})) & Use.HOST
    assert safe_by_facts(frozenset({(BEGINS, "https:")})) & Use.HREF
    assert not safe_by_facts(frozenset({(BEGINS, "java")})) & Use.HREF


def test_first_letters() -> None:
    assert safe_by_facts(frozenset({(NOT_BEGINS, "-")})) & Use.ARGUMENT
    assert not safe_by_facts(frozenset({(NOT_BEGINS, "=")})) & Use.CELL
    assert safe_by_facts(frozenset((NOT_BEGINS, letter) for letter in "=+-@")) & Use.CELL


def test_addresses() -> None:
    assert safe_by_facts(frozenset({NO_HOST, NO_SCHEME})) & Use.REDIRECT
    assert not safe_by_facts(frozenset({NO_HOST})) & Use.REDIRECT
    assert safe_by_facts(frozenset({NO_SCHEME})) & Use.HREF
    assert not safe_by_facts(frozenset()) & Use.HREF
