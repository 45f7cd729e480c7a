"""Cookies get the flags that they lack."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.audit.fixes.support import fixed

RULE = "headers.cookie-flags-in-code"
ALL = 'secure=True, httponly=True, samesite="Lax"'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("r.set_cookie('a', b)", f"r.set_cookie('a', b, {ALL})"),
        ("r.set_cookie('a', b, secure=True)", "r.set_cookie('a', b, secure=True, httponly=True, samesite=\"Lax\")"),
        ("r.set_cookie('a', b, httponly=False)", "r.set_cookie('a', b, httponly=False, secure=True, samesite=\"Lax\")"),
        (
            "r.set_cookie('a', b, 1, None, '/', None, True, True)",
            "r.set_cookie('a', b, 1, None, '/', None, True, True, samesite=\"Lax\")",
        ),
        ("r.set_cookie('a', f(b, (c)),)", f"r.set_cookie('a', f(b, (c)), {ALL})"),
        (
            "r.set_cookie(\n\t'a',  # name\n\tb,  # value\n)",
            "r.set_cookie(\n\t'a',  # name\n\tb,  # value\n\tsecure=True,\n\thttponly=True,\n\tsamesite=\"Lax\",\n)",
        ),
        ("r.set_cookie('a', b); q.set_cookie('c', d)", f"r.set_cookie('a', b, {ALL}); q.set_cookie('c', d, {ALL})"),
    ],
)
def test_flags(tmp_path: Path, before: str, after: str) -> None:
    assert fixed(tmp_path, RULE, f"{before}\n") == f"{after}\n"


@pytest.mark.parametrize(
    "source",
    [
        f"r.set_cookie('a', b, {ALL})\n",
        "r.set_cookie('a', b, **flags)\n",
        "r.set_cookie(*a)\n",
        "set_cookie('a', b)\n",
        "r.set_cookie('a', b, secure=False, httponly=False, samesite=None)\n",
    ],
)
def test_left_alone(tmp_path: Path, source: str) -> None:
    assert fixed(tmp_path, RULE, source) == source
