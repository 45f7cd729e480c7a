"""Nonces are found wherever they stand, compared across answers, and measured by what they can hold."""

from __future__ import annotations

import secrets
import uuid

import pytest

from flask_garrison.audit.answers.csp import ENFORCED, REPORT_ONLY
from flask_garrison.audit.answers.nonces import bits, nonces_of, reused, short
from tests.audit.answers.support import NONCES, answer


def with_nonce(nonce: str, path: str = "/", **more: object) -> object:
    return answer(path, (ENFORCED, f"script-src 'nonce-{nonce}'"), **more)  # type: ignore[arg-type]


def test_nonces_of_every_directive_and_header() -> None:
    page = answer("/", (ENFORCED, "style-src 'nonce-b'; script-src 'nonce-a'"), (REPORT_ONLY, "script-src 'nonce-c'"))
    assert nonces_of(page) == {"a", "b", "c"}


def test_answers_that_share_a_nonce() -> None:
    first, second, third = with_nonce(NONCES[0]), with_nonce(NONCES[0], "/cart"), with_nonce(NONCES[1])
    assert reused([first, second, third]) == [first, second]  # type: ignore[list-item]


def test_an_answer_that_was_not_modified_repeats_nothing() -> None:
    assert reused([with_nonce(NONCES[0]), with_nonce(NONCES[0], status=304)]) == []  # type: ignore[list-item]


@pytest.mark.parametrize(
    "make", [lambda: secrets.token_urlsafe(16), lambda: secrets.token_hex(16), lambda: str(uuid.uuid4())]
)
def test_good_nonces_are_long_enough(make: object) -> None:
    assert all(short([with_nonce(make())]) == [] for _ in range(50))  # type: ignore[operator, list-item]


@pytest.mark.parametrize(
    ("nonce", "at_most"), [("12345678901234567890", 67), ("deadbeefdeadbeef", 64), ("abc123==", 36)]
)
def test_weak_nonces_hold_little(nonce: str, at_most: float) -> None:
    assert bits(nonce) <= at_most
    assert len(short([with_nonce(nonce)])) == 1  # type: ignore[list-item]
