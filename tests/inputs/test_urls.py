"""Addresses that a browser would read differently from what they look like are refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flask_garrison.inputs import safe_url
from flask_garrison.inputs.urls import MAX_LENGTH, address_of, is_local

TRICKS = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "\x01javascript:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "javascript://a.example/%0aalert(1)",
    "data:text/html,x",
    "vbscript:x",
    "blob:https://a.example/x",
    "file:///etc/passwd",
    "ftp://a.example",
    "mailto:a@b.example",
    "https:a.example",
    "https:/a.example",
    "https:///a.example",
    "https:\\\\a.example",
    "https://a.example\\@b.example",
    "//a.example",
    "///a.example",
    "/\\a.example",
    "\t//a.example",
    "https://user@a.example",
    "https://user:word@a.example",
    "https://a.example:80:80",
    "https://a.example:65536",
    "https://a.example:x",
    "https://",
    "https://?x",
    "https://.a.example",
    "https://a..example",
    "https://a%2eexample",
    "https://a\u3002example",
    "https://a\uff0eexample",
    "https://\uff41.example",
    "https://a\u2044b.example",
    "https://a\u00adb.example",
    "https://[::1",
    "https://[fe80::1%25eth0]/",
    "https://[1.2.3.4]/",
    "https://a.example/x y",
    "https://a.example/\u2028",
    "https://a.example/\udc80",
    "https://a.example/\x00",
    " https://a.example",
    "https://a.example ",
    "https://a|b.example",
    "",
    "https://a.example/" + MAX_LENGTH * "x",
)
HONEST = (
    "https://a.example",
    "HTTPS://A.Example/Path",
    "http://a.example:8080/a/b?c=d&e=f#g",
    "https://a.example/@user/x:y",
    "https://a.example?next=//b",
    "https://m\u00fcller.example/\u00e4",
    "https://xn--mller-kva.example",
    "https://192.0.2.7/",
    "https://[2001:db8::1]:8443/x",
    "https://a_b.example/100%",
)


@pytest.mark.parametrize("text", TRICKS)
def test_a_trick_is_refused(text: str) -> None:
    for relative in (False, True):
        with pytest.raises(ValueError, match=r"address"):
            safe_url(text, relative=relative)


@pytest.mark.parametrize("text", HONEST)
def test_an_address_passes_unchanged(text: str) -> None:
    assert safe_url(text) == text


@pytest.mark.parametrize("text", ["/", "/a/b?c=d", "?page=2", "#top", "/a b", "/\u00e4", "/.//a.example"])
def test_relative_ones_pass_where_asked_for(text: str) -> None:
    assert safe_url(text, relative=True) == text
    with pytest.raises(ValueError, match="begin with"):
        safe_url(text.replace(" ", "+"))


def test_the_origin_is_written_as_browsers_do() -> None:
    address = address_of("HTTPS://Shop.Example:443/x")
    assert address is not None
    assert address.origin == "https://shop.example"
    other = address_of("http://shop.example:8080")
    assert other is not None
    assert other.origin == "http://shop.example:8080"


@given(st.text(max_size=40))
def test_nothing_crashes_and_nothing_is_both(text: str) -> None:
    assert not (is_local(text) and address_of(text))
