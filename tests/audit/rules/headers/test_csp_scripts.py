"""Policies that let injected scripts run are found by what they do, not by the words in them."""

from __future__ import annotations

import pytest

from flask_garrison.audit.answers.csp import ENFORCED
from tests.audit.answers.support import answer, found, is_applicable

INLINE, EVAL, BROAD = "headers.csp-unsafe-inline", "headers.csp-unsafe-eval", "headers.csp-broad-script-sources"


def page(policy: str, path: str = "/") -> object:
    return answer(path, (ENFORCED, policy))


@pytest.mark.parametrize(
    ("rule", "policy", "title"),
    [
        (INLINE, "script-src 'self' 'unsafe-inline'", "Injected scripts run on 1 of 1 pages"),
        (
            INLINE,
            "script-src 'nonce-a'; script-src-attr 'unsafe-inline'",
            "Injected event handlers run on 1 of 1 pages",
        ),
        (EVAL, "script-src 'self' 'unsafe-eval'", "'unsafe-eval' is in force on 1 of 1 pages"),
        (BROAD, "script-src https:", "Scripts of any host load on 1 of 1 pages"),
        (BROAD, "script-src 'self' data:", "Scripts in data: addresses run on 1 of 1 pages"),
    ],
)
def test_weak_policies(rule: str, policy: str, title: str) -> None:
    assert found(rule, page(policy)) == [("-", title)]  # type: ignore[arg-type]


def test_a_host_with_files_of_anybody_is_less() -> None:
    assert found(BROAD, page("script-src 'self' https://unpkg.com")) == [  # type: ignore[arg-type]
        ("low", "Every script of unpkg.com loads, where anybody can publish one, on 1 of 1 pages")
    ]


@pytest.mark.parametrize("rule", [INLINE, EVAL, BROAD])
@pytest.mark.parametrize(
    "policy",
    [
        "script-src 'self'",
        "script-src 'nonce-abc' 'strict-dynamic' 'unsafe-inline' https:",
        "script-src 'unsafe-inline' 'unsafe-eval' *, script-src 'self'",
        "default-src 'none'",
    ],
)
def test_policies_that_stop_injected_scripts(rule: str, policy: str) -> None:
    assert found(rule, page(policy)) == []  # type: ignore[arg-type]


@pytest.mark.parametrize("rule", [INLINE, EVAL, BROAD])
def test_pages_without_a_policy_are_another_rules(rule: str) -> None:
    assert not is_applicable(rule, answer("/"), page("img-src 'self'"))  # type: ignore[arg-type]
