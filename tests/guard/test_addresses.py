"""Kinds of addresses, and text that is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flask_garrison.guard import addresses


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("1.2.3.4", "1.2.3.4"),
        (" 1.2.3.4:5678 ", "1.2.3.4"),
        ("[::1]:80", "::1"),
        ('"[2001:db8::7]:4711"', "2001:db8::7"),
        ("2001:DB8:0::7", "2001:db8::7"),
        ("::ffff:1.2.3.4", "1.2.3.4"),
        ("fe80::1%eth0", "fe80::1"),
        ("[fe80::1%25eth0]:80", "fe80::1"),
        ("unknown", None),
        ("_hidden", None),
        ("", None),
        ("1.2.3", None),
        ("999.1.1.1", None),
        ("1.2.3.4\r\nX: y", None),
        ("9" * 10_000, None),
    ],
)
def test_addresses_are_read_without_port_and_zone(text: str, address: str | None) -> None:
    assert addresses.address_in(text) == address


@given(st.text(max_size=80))
def test_no_text_makes_it_fail(text: str) -> None:
    addresses.address_in(text)
    addresses.is_private(text)
    addresses.is_loopback_host(text)
    assert not addresses.is_in(text, ("203.0.113.0/24",)) or addresses.address_in(text)


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:5000", "127.0.0.1", "127.8.9.1:80", "[::1]:5000", "a.localhost"]
)
def test_loopback_hosts(host: str) -> None:
    assert addresses.is_loopback_host(host)


@pytest.mark.parametrize(
    "host", ["shop.example", "127.evil.example", "localhost.evil.example", "[::2]", "notlocalhost"]
)
def test_other_hosts(host: str) -> None:
    assert not addresses.is_loopback_host(host)


def test_networks_and_private_ranges() -> None:
    assert addresses.is_in("::ffff:10.1.2.3", ("10.0.0.0/8",))
    assert not addresses.is_in("11.1.2.3", ("10.0.0.0/8", "fd00::/8"))
    assert addresses.is_private("100.64.0.1")
    assert addresses.is_private("fe80::1%eth0")
    assert not addresses.is_private("8.8.8.8")
