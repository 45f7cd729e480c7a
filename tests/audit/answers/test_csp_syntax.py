"""Mistakes in the text of a policy are named; texts without any are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flask_garrison.audit.answers.csp_syntax import mistakes_in


@pytest.mark.parametrize(
    ("text", "mistakes"),
    [
        ("script-src self", ["self without quotes in script-src is taken for a host"]),
        ("script-src nonce-a1B2", ["nonce-... without quotes in script-src is taken for a host"]),
        ("script-src 'nonce-'", ["'nonce-... in script-src is no source"]),
        ("script-src 'unsafe-inlin'", ["'unsafe-inlin' in script-src is no source"]),
        ("object-src 'none' 'self'", ["'none' beside other sources in object-src has no effect"]),
        (
            "script-src 'self' object-src 'none'",
            [
                "'none' beside other sources in script-src has no effect",
                "object-src stands among the sources of script-src: a semicolon is missing",
            ],
        ),
        ("scrip-src 'self'", ["scrip-src is no directive"]),
        ("script-src 'self'; SCRIPT-SRC *", ["script-src stands twice, and only the first counts"]),
    ],
)
def test_mistakes(text: str, mistakes: list[str]) -> None:
    assert mistakes_in(text) == mistakes


@pytest.mark.parametrize(
    "text",
    [
        "default-src 'none'; script-src 'self' 'nonce-AbC/+_-=' 'sha256-abc=' https: *.shop.example:*",
        "sandbox allow-forms; report-to csp; report-uri /csp self; upgrade-insecure-requests;",
        "trusted-types default 'allow-duplicates'; require-trusted-types-for 'script'",
        "block-all-mixed-content; plugin-types application/pdf",
        "worker-src 'self'; frame-src 'none'; fenced-frame-src https:; manifest-src 'self'; ;",
        "",
    ],
)
def test_good_texts_have_none(text: str) -> None:
    assert mistakes_in(text) == []


@given(st.text(max_size=300))
def test_any_text_can_be_read_and_no_nonce_is_shown(text: str) -> None:
    assert all("s3cretn0nce" not in words for words in mistakes_in(f"script-src nonce-s3cretn0nce {text}"))
