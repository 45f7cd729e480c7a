"""Markers: where they stand, what they cover, and which keys count."""

from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from flask_garrison.guard.nonces.marker import LONGEST, MARKER, SIGN, Element, Sealer, first_tag, insert, read_element


def sealer(secret: str | bytes | None = "k", *fallbacks: str) -> Sealer:
    app = Flask("shop")
    app.secret_key = secret
    app.config["SECRET_KEY_FALLBACKS"] = list(fallbacks)
    return Sealer(app)


@pytest.mark.parametrize(
    ("data", "element"),
    [
        (b"<script>a</script>", Element("script", 8, 9)),
        (b"<script src=a></script>", Element("script", 14, 14)),
        (b"<style>a</style >b", Element("style", 7, 8)),
        (b"<link rel=x>a", Element("link", 12, 12)),
        (b"<form>a", Element("form", 6, 6)),
        (b"<script>a", None),
        (b"<script", None),
        (b"script", None),
    ],
)
def test_what_is_covered(data: bytes, element: Element | None) -> None:
    assert read_element(data, 0) == element


@pytest.mark.parametrize("name", ["script", "style", "link", "form"])
@pytest.mark.parametrize("opening", [b"<", b"&lt;"])
def test_what_is_inserted_is_found(name: str, opening: bytes) -> None:
    marked = insert(b"<" + name.encode() + b">", name, "0" * 32)
    assert SIGN in marked
    match = MARKER.match(marked.replace(b"<", opening))
    assert match is not None
    assert len(match[0]) + 1 <= LONGEST


def test_a_slash_does_not_join_the_marker() -> None:
    data, tag = first_tag(b"<link/rel=preload>")
    assert data == b"<link /rel=preload>"
    assert tag is not None
    assert tag.end == len(data)


SAME = [
    (b"<p>\n  a", b"<p>\n\ta"),
    (b"<p>\n  a", b"<p>\na"),
    (b"<p>\r\na", b"<p>\na"),
    (b"<p>\ra", b"<p>\n  a"),
]
OTHER = [
    (b"<p>a b", b"<p>ab"),
    (b"<p>a\nb", b"<p>a b"),
    (b"<p>a ", b"<p>a"),
    (b"<p> a", b"<p>a"),
    (b"<p>a\n\nb", b"<p>a\nb"),
]


@pytest.mark.parametrize(("one", "two"), SAME)
def test_indentation_is_not_covered(one: bytes, two: bytes) -> None:
    assert sealer().mac(one) == sealer().mac(two)


@pytest.mark.parametrize(("one", "two"), OTHER)
def test_everything_else_is(one: bytes, two: bytes) -> None:
    assert sealer().mac(one) != sealer().mac(two)


def test_keys() -> None:
    mac = sealer("old").mac(b"<p>").encode()
    assert sealer("old").verifies(b"<p>", mac)
    assert sealer(b"old").verifies(b"<p>", mac)
    assert sealer("new", "older", "old").verifies(b"<p>", mac)
    assert not sealer("new").verifies(b"<p>", mac)
    keyless = sealer(None)
    assert keyless.verifies(b"<p>", keyless.mac(b"<p>").encode())
    assert not sealer(None).verifies(b"<p>", keyless.mac(b"<p>").encode())


@given(st.binary(max_size=40))
def test_no_other_value_verifies(mac: bytes) -> None:
    assert not sealer().verifies(b"<p>", mac)


def test_a_pin_is_neither_a_nonce_nor_the_mac_of_an_element() -> None:
    one = sealer()
    assert one.pin("N") == one.pin("N") != one.pin("M")
    assert one.pin("N") != one.mac(b"N")
