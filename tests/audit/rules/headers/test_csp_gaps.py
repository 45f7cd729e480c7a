"""Plugins, <base> and forms that a policy leaves open."""

from __future__ import annotations

import pytest

from flask_garrison.audit.answers.csp import ENFORCED
from tests.audit.answers.support import answer, found, is_applicable

RULE = "headers.csp-gaps"
PLUGINS = ("-", "Plugins load from any host (object-src) on 1 of 1 pages")
BASE = ("-", "An injected <base> is heeded (base-uri) on 1 of 1 pages")
BASE_BY_NONCE = ("medium", BASE[1])
FORMS = ("-", "Injected forms may send anywhere (form-action) on 1 of 1 pages")


@pytest.mark.parametrize(
    ("policy", "gaps"),
    [
        ("script-src 'self'", [PLUGINS, BASE, FORMS]),
        ("script-src 'nonce-abc'", [PLUGINS, BASE_BY_NONCE, FORMS]),
        ("default-src 'self'", [BASE, FORMS]),
        ("default-src 'self'; base-uri 'self'", [FORMS]),
        ("default-src 'none'; form-action 'self'", []),
        ("script-src 'self', object-src 'none'; base-uri 'none'; form-action 'self'", []),
    ],
)
def test_gaps(policy: str, gaps: list[tuple[str, str]]) -> None:
    assert found(RULE, answer("/", (ENFORCED, policy))) == gaps


def test_a_page_without_a_policy_on_scripts_has_a_worse_finding_already() -> None:
    assert not is_applicable(RULE, answer("/", (ENFORCED, "img-src 'self'")))
