"""Two policies become one that is nowhere looser than ours, and nowhere looser than theirs unless that was unsafe."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flask_garrison.guard.csp.directives import effective, parse, serialise
from flask_garrison.guard.csp.merge import strictest

OURS = (
    "script-src 'nonce-N' 'strict-dynamic'; object-src 'none'; base-uri 'none'; frame-ancestors 'self'; "
    "style-src 'self' https: 'unsafe-inline'; form-action 'self'; report-uri /r"
)
CASES = [
    ("img-src *", "img-src", "*"),
    ("script-src 'none'", "script-src", "'none'"),
    ("script-src 'self' 'unsafe-inline'", "script-src", "'self' 'strict-dynamic' 'nonce-N'"),
    ("script-src 'self' 'unsafe-inline' 'unsafe-eval'", "script-src", "'self' 'strict-dynamic' 'nonce-N'"),
    ("script-src *", "script-src", "'strict-dynamic' 'nonce-N'"),
    ("script-src https: 'nonce-x'", "script-src", "'nonce-x' 'strict-dynamic' 'nonce-N'"),
    ("script-src https://cdn.example", "script-src", "https://cdn.example 'nonce-N'"),
    ("script-src 'sha256-abc'", "script-src", "'sha256-abc' 'nonce-N'"),
    ("default-src 'self'", "script-src", "'self' 'nonce-N'"),
    ("default-src 'none'", "script-src", "'none'"),
    ("default-src 'none'", "object-src", "'none'"),
    ("object-src *", "object-src", "'none'"),
    ("base-uri 'self'", "base-uri", "'none'"),
    ("frame-ancestors 'none'", "frame-ancestors", "'none'"),
    ("frame-ancestors *", "frame-ancestors", "'self'"),
    ("frame-ancestors https://a.example", "frame-ancestors", "https://a.example"),
    ("style-src 'self'", "style-src", "'self'"),
    ("style-src * 'unsafe-inline'", "style-src", "'self' https: 'unsafe-inline'"),
    ("form-action 'self' https://pay.example", "form-action", "'self'"),
    ("script-src 'NONE'", "script-src", "'none'"),
    ("script-src 'self' DATA:", "script-src", "'strict-dynamic' 'nonce-N'"),
    ("script-src 'self' https://*", "script-src", "'strict-dynamic' 'nonce-N'"),
    ("script-src *:443", "script-src", "'strict-dynamic' 'nonce-N'"),
    ("script-src 'self'; script-src-attr 'unsafe-inline'", "script-src-attr", "'nonce-N'"),
    ("sandbox allow-forms", "sandbox", "allow-forms"),
    ("report-uri /theirs", "report-uri", "/theirs"),
]


@pytest.mark.parametrize(("theirs", "directive", "expected"), CASES)
def test_each_directive_is_settled(theirs: str, directive: str, expected: str) -> None:
    merged, _ = strictest(parse(OURS), [parse(theirs)])
    assert " ".join(effective(merged, directive) or ()) == expected


def test_a_flag_of_theirs_is_kept() -> None:
    merged, _ = strictest(parse(OURS), [parse("upgrade-insecure-requests")])
    assert merged["upgrade-insecure-requests"] == ()


def test_a_fallback_that_is_stricter_is_not_widened_by_our_directive() -> None:
    merged, _ = strictest(parse(OURS), [parse("default-src 'none'")])
    assert effective(merged, "style-src") == ("'none'",)


def test_their_fallback_does_not_widen_ours() -> None:
    merged, _ = strictest(parse("default-src 'none'; img-src 'self'; script-src 'nonce-N'"), [parse("default-src *")])
    assert effective(merged, "font-src") == ("'none'",)
    assert effective(merged, "img-src") == ("'self'",)


def test_several_policies_of_theirs_all_count() -> None:
    merged, _ = strictest(parse(OURS), [parse("img-src 'self' https://a.example"), parse("img-src 'self'")])
    assert merged["img-src"] == ("'self'",)


@pytest.mark.parametrize(
    ("first", "second", "directive", "expected"),
    [
        ("script-src 'self'", "script-src 'self' https://a.example", "script-src", "'self' 'nonce-N'"),
        ("img-src https:", "img-src https://a.example data:", "img-src", "https://a.example"),
        ("img-src https://a.example", "img-src https://b.example", "img-src", "'none'"),
        ("default-src 'self'", "img-src *", "img-src", "'self'"),
        ("script-src 'nonce-x'", "script-src 'self' 'unsafe-inline'", "script-src", "'nonce-x' 'nonce-N'"),
        ("sandbox allow-forms allow-scripts", "sandbox allow-forms", "sandbox", "allow-forms"),
        ("report-uri /a", "report-uri /b", "report-uri", "/a"),
    ],
)
def test_of_several_policies_both_must_allow(first: str, second: str, directive: str, expected: str) -> None:
    for theirs in ([parse(first), parse(second)], [parse(second), parse(first)]):
        merged, _ = strictest(parse(OURS), theirs)
        if directive != "report-uri":
            assert " ".join(effective(merged, directive) or ()) == expected
    merged, _ = strictest(parse(OURS), [parse(first), parse(second)])
    assert " ".join(merged.get(directive, ())) == expected


STRICT = "script-src 'nonce-N' 'strict-dynamic'; style-src 'self' 'nonce-N' 'report-sample'"


@pytest.mark.parametrize("theirs", ["style-src 'self' 'unsafe-inline'", "style-src *", "default-src * 'unsafe-inline'"])
def test_inline_styles_that_are_not_allowed_here_are_not_allowed_by_the_way(theirs: str) -> None:
    merged, _ = strictest(parse(STRICT), [parse(theirs)])
    assert effective(merged, "style-src") == ("'self'", "'nonce-N'", "'report-sample'")


@pytest.mark.parametrize(
    ("theirs", "expected"),
    [
        ("script-src 'self' 'unsafe-inline'", "'self' 'sha256-h'"),
        ("script-src * 'unsafe-inline' 'unsafe-eval'", "'self' https://cdn.example/x.js 'sha256-h'"),
        ("script-src 'none'", "'none'"),
        ("script-src https://other.example", "https://other.example 'sha256-h'"),
    ],
)
def test_scripts_of_a_static_page_stay_known_by_hash(theirs: str, expected: str) -> None:
    ours = parse("script-src 'self' https://cdn.example/x.js 'sha256-h'")
    merged, _ = strictest(ours, [parse(theirs)], keep_nonce_of_page=False)
    assert " ".join(merged["script-src"]) == expected


def test_what_was_not_kept_is_named_without_nonces() -> None:
    _, differences = strictest(parse(OURS), [parse("script-src 'unsafe-inline' 'nonce-abc'; img-src *; object-src *")])
    assert differences == [
        "script-src: 'unsafe-inline' 'nonce-...' became 'nonce-...' 'nonce-...'",
        "object-src: * became 'none'",
    ]


def test_the_same_policy_twice_is_no_difference() -> None:
    merged, differences = strictest(parse(OURS), [parse(OURS)])
    assert (serialise(merged), differences) == (OURS, [])


NAMES = [
    "default-src",
    "script-src",
    "style-src",
    "img-src",
    "object-src",
    "base-uri",
    "frame-ancestors",
    "form-action",
]
SOURCES = [
    "'self'",
    "'none'",
    "*",
    "https:",
    "'unsafe-inline'",
    "'unsafe-eval'",
    "https://a.example",
    "'nonce-x'",
    "data:",
]
policies = st.dictionaries(
    st.sampled_from(NAMES), st.lists(st.sampled_from(SOURCES), max_size=4).map(tuple), max_size=6
)


@given(policies)
def test_no_policy_of_theirs_lets_injected_scripts_run(theirs: dict[str, tuple[str, ...]]) -> None:
    merged, _ = strictest(parse(OURS), [theirs])
    scripts = effective(merged, "script-src") or ()
    assert scripts
    assert not {"'unsafe-inline'", "'unsafe-eval'"} & set(scripts)
    assert "'strict-dynamic'" in scripts or not {"*", "https:", "data:"} & set(scripts)
    assert effective(merged, "object-src") == ("'none'",)
    assert effective(merged, "base-uri") == ("'none'",)
