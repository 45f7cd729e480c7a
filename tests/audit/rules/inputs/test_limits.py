"""Limits are what the request class answers and what Garrison enforces."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask, Request

from flask_garrison import Garrison
from tests.audit.shorthand import titles
from tests.audit.support import make

BODY, TEXT, PARTS = "inputs.unlimited-body", "inputs.large-form-fields", "inputs.many-form-parts"
MEBIBYTE = 1_048_576


def taking(**config: Any) -> Flask:
    app = make(**config)
    app.add_url_rule("/buy", "buy", lambda: "bought", methods=["POST"])
    return app


def guarded(**config: Any) -> Flask:
    app = taking(**config)
    Garrison(app)
    return app


def test_flasks_defaults_lack_one_of_three() -> None:
    assert titles(BODY, taking()) == ["medium: no limit on the size of a request"]
    assert titles(TEXT, taking()) == titles(PARTS, taking()) == []


@pytest.mark.parametrize(
    ("rule", "config", "words"),
    [
        (BODY, {"MAX_CONTENT_LENGTH": 2048 * MEBIBYTE}, ["low: a request may have 2048 MiB"]),
        (BODY, {"MAX_CONTENT_LENGTH": 16 * MEBIBYTE}, []),
        (TEXT, {"MAX_FORM_MEMORY_SIZE": None}, ["low: no limit on the text of a form field"]),
        (TEXT, {"MAX_FORM_MEMORY_SIZE": 64 * MEBIBYTE}, ["low: a form field may have 64 MiB of text"]),
        (TEXT, {"MAX_FORM_MEMORY_SIZE": None, "MAX_CONTENT_LENGTH": MEBIBYTE}, []),
        (PARTS, {"MAX_FORM_PARTS": None}, ["low: no limit on the parts of a form"]),
        (PARTS, {"MAX_FORM_PARTS": 100_000}, ["low: a form may have 100000 parts"]),
    ],
)
def test_each_limit_has_its_words(rule: str, config: dict[str, Any], words: list[str]) -> None:
    assert titles(rule, taking(**config)) == words


@pytest.mark.parametrize("rule", [BODY, TEXT, PARTS])
def test_garrisons_limits_count(rule: str) -> None:
    assert titles(rule, guarded()) == []
    assert titles(rule, guarded(MAX_FORM_MEMORY_SIZE=None, MAX_FORM_PARTS=None)) == []


def test_garrison_obeys_what_the_application_states() -> None:
    assert titles(PARTS, guarded(MAX_FORM_PARTS=100_000)) == ["low: a form may have 100000 parts"]
    assert titles(BODY, guarded(MAX_CONTENT_LENGTH=2048 * MEBIBYTE)) == ["low: a request may have 2048 MiB"]


@pytest.mark.parametrize("rule", [BODY, TEXT, PARTS])
def test_an_application_that_takes_nothing_needs_no_limit(rule: str) -> None:
    assert titles(rule, make()) is None


class Unlimited(Request):
    max_content_length = None
    max_form_parts = 500  # type: ignore[assignment]


def test_a_request_class_overrides_the_configuration() -> None:
    app = taking(MAX_CONTENT_LENGTH=MEBIBYTE, MAX_FORM_PARTS=100)
    app.request_class = Unlimited
    assert titles("inputs.limit-without-effect", app) == [
        f"medium: MAX_CONTENT_LENGTH is {MEBIBYTE}, and the request class says None",
        "low: MAX_FORM_PARTS is 100, and the request class says 500",
    ]
    assert titles(BODY, app) == ["medium: no limit on the size of a request"]


def test_a_request_class_without_limits_of_its_own_overrides_none() -> None:
    app = taking(MAX_CONTENT_LENGTH=MEBIBYTE)
    app.request_class = type("Own", (Request,), {})
    assert titles("inputs.limit-without-effect", app) == []
    assert titles("inputs.limit-without-effect", taking()) is None
