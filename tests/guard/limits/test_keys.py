"""Keys of clients and accounts."""

from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from flask_garrison.guard.limits.keys import account_name, hashed, network_of


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8::1", "2001:db8::/64"),
        ("2001:DB8:0:0:ffff::1", "2001:db8::/64"),
        ("2001:db8:0:1::1", "2001:db8:0:1::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("[::1]", "::/64"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_one_customer_is_one_client(address: str, network: str) -> None:
    assert network_of(address) == network


@pytest.mark.parametrize("spelling", ["ada@example.com", " ADA@Example.com\n", "\uff41da@example.com"])
def test_spellings_are_one_name(spelling: str) -> None:
    assert account_name(spelling) == "ada@example.com"


@pytest.mark.parametrize(
    "spelling",
    [
        " " * 400 + "ada@example.com" + "\t" * 1_000,
        "\u200b" * 400 + "ada@example.com",
        "a\u0301" + "\u0323" * 400 + "d\u00e4@example.com",
        "\u00c1D\u00c0@example.com",
        "a\u00adda@ex\u200dample.com",
    ],
)
def test_padding_accents_and_what_shows_nothing_make_no_other_name(spelling: str) -> None:
    assert account_name(spelling) == "ada@example.com"


@given(st.text())
def test_a_name_has_one_form_of_bounded_length(value: str) -> None:
    name = account_name(value)
    assert len(name) <= 320 * 18


def test_long_names_stay_apart() -> None:
    assert account_name("a" * 400) != account_name("a" * 401)
    assert len(account_name("a" * 1_000_000)) == 64


@given(st.text(), st.text())
def test_a_key_hides_what_it_stands_for_and_needs_the_secret(first: str, second: str) -> None:
    one, other = Flask("one"), Flask("two")
    one.secret_key, other.secret_key = "first secret", b"second secret"
    assert hashed(one, first, second) == hashed(one, first, second)
    assert hashed(one, first, second) != hashed(other, first, second)
    assert hashed(one, first, second) != hashed(one, first + second)
    assert len(hashed(Flask("none"), first)) == 32
