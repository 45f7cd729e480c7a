"""``Forwarded`` (RFC 7239) read from its right end, with a client's text in front."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flask_garrison.guard.forwarded import Hop, entries_of, hops_of

PROXY = 'for="[2001:db8::9]:80";proto=https;host=shop.example'
HOP = Hop("[2001:db8::9]:80", "https", "shop.example")


def test_elements_come_nearest_first() -> None:
    assert list(hops_of(f"for=1.2.3.4;proto=http, {PROXY}")) == [HOP, Hop("1.2.3.4", "http")]
    assert list(hops_of("For=_hidden; By=x")) == [Hop("_hidden")]


@pytest.mark.parametrize(
    "forged", ['for="', 'for="x, for=', "for=\\", ",,,", 'for="a\\"', "junk", 'for="1.1.1.1', "=;=,"]
)
def test_what_a_client_wrote_cannot_swallow_what_the_proxy_adds(forged: str) -> None:
    assert next(hops_of(f"{forged}, {PROXY}")) == HOP


@given(st.text(max_size=60))
def test_no_text_of_a_client_changes_the_nearest_hop(forged: str) -> None:
    assert next(hops_of(f"{forged}, {PROXY}")) == HOP
    list(hops_of(forged))


def test_a_comma_inside_the_proxys_quotes_is_no_boundary() -> None:
    assert next(hops_of('for=6.6.6.6, for=1.2.3.4;host="a,for=9.9.9.9"')).client == "1.2.3.4"


def test_ten_kilobytes_are_read_in_bounded_work() -> None:
    assert len(list(hops_of("for=1.2.3.4," * 2_000 + PROXY))) <= 32
    for junk in ('"' * 10_000, "a=b;" * 3_000, "a=" * 5_000, ' , "' * 3_000):
        list(hops_of(junk))


def test_entries_are_split_at_commas_whatever_quotes_there_are() -> None:
    assert entries_of('"6.6.6.6, 1.2.3.4') == ["1.2.3.4", '"6.6.6.6']
