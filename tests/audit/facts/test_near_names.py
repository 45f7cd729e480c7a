"""One slip of the hand is near; two are not, and neither is a digit."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flask_garrison.audit.facts.near_names import near

KNOWN = ("TRUSTED_HOSTS", "SESSION_COOKIE_SAMESITE", "REDIS_URL")


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("TRUSTED_HOST", "TRUSTED_HOSTS"),
        ("TRUSTED_HOSTSS", "TRUSTED_HOSTS"),
        ("TRUSTED_HSOTS", "TRUSTED_HOSTS"),
        ("TRUSTED_HOATS", "TRUSTED_HOSTS"),
        ("TRUSTEDHOSTS", "TRUSTED_HOSTS"),
        ("SESSION_COOKIE_SAME_SITE", "SESSION_COOKIE_SAMESITE"),
        ("TRUSTED_HOSTS", None),
        ("TRUSTED_ORIGINS", None),
        ("TRUST_HOST", None),
        ("REDIS_URL2", None),
        ("", None),
    ],
)
def test_one_slip_is_near(name: str, right: str | None) -> None:
    assert near(name, KNOWN) == right


NAMES = st.text(string.ascii_uppercase, min_size=4, max_size=12)


@given(NAMES, st.integers(0, 11), st.sampled_from(string.ascii_uppercase))
def test_every_single_change_is_found(name: str, at: int, letter: str) -> None:
    at %= len(name)
    for changed in (name[:at] + name[at + 1 :], name[:at] + letter + name[at:], name[:at] + letter + name[at + 1 :]):
        assert changed == name or near(changed, [name]) == name
