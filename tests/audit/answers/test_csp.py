"""What the policies of an answer let pass together is judged as browsers do; one more policy never opens anything."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flask_garrison.audit.answers.csp import (
    ENFORCED,
    Allows,
    all_allow,
    evaluation,
    foreign_base,
    foreign_forms,
    foreign_frames,
    inline_handlers,
    inline_scripts,
    open_hosts,
    plugins,
    policies_of,
    scripts_in_data_urls,
    scripts_of_any_host,
    trusts_by_nonce,
    unrestricted_scripts,
)
from tests.audit.answers.support import answer

EVERY: tuple[Allows, ...] = (
    evaluation,
    foreign_base,
    foreign_forms,
    foreign_frames,
    inline_handlers,
    inline_scripts,
    plugins,
    scripts_in_data_urls,
    scripts_of_any_host,
    unrestricted_scripts,
)
_SOURCES = """
'self' 'none' 'unsafe-inline' 'unsafe-eval' 'strict-dynamic' 'nonce-abc' 'sha256-abc=' * https: data:
https://cdn.jsdelivr.net shop.example *.shop.example
"""
_NAMES = """
default-src script-src script-src-elem script-src-attr object-src base-uri form-action frame-ancestors sandbox
"""
SOURCES, NAMES = _SOURCES.split(), _NAMES.split()

policies = st.lists(
    st.tuples(st.sampled_from(NAMES), st.lists(st.sampled_from(SOURCES), max_size=4)).map(
        lambda directive: f"{directive[0]} {' '.join(directive[1])}"
    ),
    max_size=5,
).map("; ".join)


def allowed(text: str, allows: Allows) -> bool:
    return all_allow(policies_of(answer("/", (ENFORCED, text))), allows)


@pytest.mark.parametrize(
    ("policy", "runs"),
    [
        ("script-src 'unsafe-inline'", True),
        ("script-src 'self'", False),
        ("default-src 'self' 'unsafe-inline'", True),
        ("script-src 'unsafe-inline' 'nonce-abc'", False),
        ("script-src 'UNSAFE-INLINE' 'SHA256-abc='", False),
        ("script-src 'unsafe-inline' 'strict-dynamic'", False),
        ("script-src 'self'; script-src-elem 'unsafe-inline'", True),
        ("script-src 'unsafe-inline'; script-src-elem 'self'; script-src-attr 'none'", False),
        ("img-src 'self'", True),
        ("sandbox", False),
        ("sandbox allow-scripts", True),
        ("script-src 'self', script-src 'unsafe-inline'", False),
        ("script-src 'unsafe-inline'; script-src 'self'", True),
        ("script-src", False),
    ],
)
def test_inline_scripts(policy: str, runs: bool) -> None:
    assert allowed(policy, inline_scripts) is runs


def test_handlers_are_governed_by_their_own_directive() -> None:
    policy = "script-src 'nonce-abc'; script-src-attr 'unsafe-inline'"
    assert not allowed(policy, inline_scripts)
    assert allowed(policy, inline_handlers)


@pytest.mark.parametrize(
    ("source", "is_any"),
    [
        *((source, True) for source in ("*", "https:", "http://*", "*.com", "*:443")),
        *((source, False) for source in ("'self'", "data:", "https://shop.example", "*.shop.example")),
        ("'strict-dynamic' https:", False),
    ],
)
def test_sources_that_name_every_host(source: str, is_any: bool) -> None:
    assert allowed(f"script-src {source}", scripts_of_any_host) is is_any


def test_data_urls_are_scripts_of_the_attacker() -> None:
    assert allowed("script-src 'self' data:", scripts_in_data_urls)
    assert not allowed("script-src 'self'; img-src data:", scripts_in_data_urls)


@pytest.mark.parametrize(
    ("policy", "hosts"),
    [
        ("script-src 'self' https://cdn.jsdelivr.net", ["cdn.jsdelivr.net"]),
        ("script-src cdn.jsdelivr.net:443 unpkg.com", ["cdn.jsdelivr.net", "unpkg.com"]),
        ("script-src https://cdn.jsdelivr.net/npm/bootstrap@5/", []),
        ("script-src 'nonce-abc' 'strict-dynamic' https://unpkg.com", []),
        ("script-src https: https://unpkg.com", []),
        ("script-src https://unpkg.com, script-src 'self'", []),
        ("script-src https://unpkg.com, script-src https:", ["unpkg.com"]),
    ],
)
def test_hosts_with_files_of_anybody(policy: str, hosts: list[str]) -> None:
    assert open_hosts(policies_of(answer("/", (ENFORCED, policy)))) == hosts


@pytest.mark.parametrize(
    ("allows", "closed", "opened"),
    [
        (plugins, "object-src 'none'", "script-src 'self'"),
        (plugins, "default-src 'self'", "object-src *; default-src 'none'"),
        (plugins, "sandbox allow-scripts", "img-src 'self'"),
        (foreign_base, "base-uri 'none'", "default-src 'none'; script-src 'self'"),
        (foreign_forms, "form-action 'self'", "default-src 'none'"),
        (foreign_forms, "sandbox allow-scripts", "sandbox allow-forms"),
        (foreign_frames, "frame-ancestors 'self'", "frame-ancestors https:"),
        (evaluation, "script-src 'self'", "script-src 'unsafe-eval'"),
    ],
)
def test_what_else_is_left_open(allows: Allows, closed: str, opened: str) -> None:
    assert not allowed(closed, allows)
    assert allowed(opened, allows)


def test_a_page_names_its_policy_itself_too() -> None:
    content = b"script-src &#39;self&#39;; frame-ancestors &#39;none&#39;"
    body = b'<meta http-equiv="content-security-policy" content="%s">' % content
    page = answer("/", body=body)
    assert policies_of(page) == ({"script-src": ("'self'",)},)
    assert policies_of(answer("/", body=b"<!-- " + body + b" -->")) == ()
    assert policies_of(answer("/", body=body, kind="text/plain")) == ()


def test_a_nonce_is_found_whatever_its_directive() -> None:
    assert trusts_by_nonce(policies_of(answer("/", (ENFORCED, "default-src 'nonce-abc'"))))
    assert not trusts_by_nonce(policies_of(answer("/", (ENFORCED, "style-src 'nonce-abc'; script-src 'self'"))))


@given(first=policies, second=policies)
def test_one_more_policy_never_opens_anything(first: str, second: str) -> None:
    together = answer("/", (ENFORCED, first), (ENFORCED, second))
    for allows in EVERY:
        if all_allow(policies_of(together), allows):
            assert allowed(first, allows)
            assert allowed(second, allows)


@given(policy=policies)
def test_a_header_and_a_part_between_commas_are_the_same(policy: str) -> None:
    other = "script-src 'self'; base-uri 'none'"
    two = policies_of(answer("/", (ENFORCED, policy), (ENFORCED, other)))
    assert policies_of(answer("/", (ENFORCED, f"{policy}, {other}"))) == two


@given(policy=policies)
def test_the_case_of_keywords_and_names_makes_no_difference(policy: str) -> None:
    loud = " ".join(
        word if word.startswith("'nonce-") else word.upper() if word.startswith("'") else word.title()
        for word in policy.split(" ")
    )
    for allows in EVERY:
        assert allowed(loud, allows) is allowed(policy, allows)


@given(text=st.text(max_size=200).filter(lambda text: "\n" not in text and "\r" not in text))
def test_any_header_can_be_read(text: str) -> None:
    for allows in EVERY:
        allowed(text, allows)
