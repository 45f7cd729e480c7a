"""A policy is validated once, immutable afterwards, and names what is wrong with it."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields
from typing import Any

import pytest

from flask_garrison import Policy, PolicyError
from flask_garrison.policy import GUARDED_CONTROLS
from flask_garrison.policy.setting import documented

WRONG: list[tuple[str, Any, str]] = [
    ("mode", "enforced", "Did you mean 'enforce'?"),
    ("mode", True, "is not one of"),
    ("modes", {"headers.cps": "off"}, "Did you mean 'headers.csp'?"),
    ("modes", {"headers.csp": "of"}, "Did you mean 'off'?"),
    ("modes", ["headers.csp"], "is not a mapping"),
    ("access", "on", "is not one of"),
    ("principal", "me", "cannot be called"),
    ("trusted_origins", "https://a.example", "is not a list of origins"),
    ("trusted_origins", ["a.example"], "is not an exact origin"),
    ("trusted_origins", ["*"], "is not an exact origin"),
    ("trusted_origins", ["null"], "is not an exact origin"),
    ("trusted_origins", ["https://*.example"], "is not an exact origin"),
    ("trusted_origins", ["https://a.example/path"], "is not an exact origin"),
    ("trusted_origins", ["https://user@a.example"], "is not an exact origin"),
    ("trusted_origins", ["https://b\u00fccher.example"], "as browsers send it. Did you mean 'https://xn--bcher-kva."),
    ("cors_origins", ["https://a.example ;x"], "does not name its host as browsers send it"),
    ("trusted_origins", ["https://a.example:x"], "is not an origin"),
    ("csp", {"img-src": "https:"}, "is not a list of CSP sources"),
    ("csp", {"img-src": ["a; script-src *"]}, "is not a CSP source"),
    ("csp", {"img src": ["'self'"]}, "is not a CSP directive"),
    ("csp", {"frame-ancestors": ["*"]}, "Did you mean 'frame_ancestors'?"),
    ("frame_ancestors", ["'none'", "https://a.example"], "cannot stand beside"),
    ("frame_ancestors", ["none"], "needs its quotes"),
    ("csp", {"img-src": ["self"]}, "needs its quotes"),
    ("csp", {"scritp-src": ["'self'"]}, "Did you mean 'script-src'?"),
    ("csp", {"script-src": ["'unsafe-inline'"]}, "Did you mean 'allow_insecure_inline_scripts'?"),
    ("csp", {"script-src-elem": ["'UNSAFE-EVAL'"]}, "Did you mean 'allow_insecure_eval'?"),
    ("csp", {"default-src": ["'unsafe-inline'"]}, "Did you mean 'allow_insecure_inline_scripts'?"),
    ("permissions", {"camra": []}, "Did you mean 'camera'?"),
    ("permissions", {"camera": ["everyone"]}, "is not a value of a feature's allow-list"),
    ("permissions", {"Camera": []}, "is not a Permissions-Policy feature"),
    ("referrer_policy", "no-referrer", "is not one of"),
    ("report_path", "reports", "is not an absolute URL path"),
    ("report_path", "/a/../b", "is not an absolute URL path"),
    ("report_path", "/", "is not an absolute URL path"),
    ("report_max_bytes", 10_000_000, "is not a whole number from"),
    ("report_max_bytes", True, "is not a whole number from"),
    ("style_nonces", 1, "is not True or False"),
    ("cors_methods", ["get"], "is not a method"),
    ("cors_headers", ["X Y"], "is not a header name"),
    ("session_cookie", "migrated", "Did you mean 'migrate'?"),
    ("script_cookies", ["theme"], "has no effect unless httponly_always"),
    ("allow_insecure_style_attributes", ["index"], "has no effect unless style_nonces"),
]


@pytest.mark.parametrize(("key", "value", "words"), WRONG)
def test_a_wrong_value_is_named(key: str, value: Any, words: str) -> None:
    with pytest.raises(PolicyError, match=key) as error:
        Policy(**{key: value})
    assert words in str(error.value)


def test_an_unknown_setting_names_the_nearest() -> None:
    with pytest.raises(
        PolicyError, match=r"trusted_origin: there is no such setting\. Did you mean 'trusted_origins'\?"
    ):
        Policy.strict(trusted_origin=["https://a.example"])


def test_an_origin_cannot_stand_in_both_cors_lists() -> None:
    with pytest.raises(PolicyError, match="cors_origins"):
        Policy(cors_origins=["https://a.example"], cors_credentialed_origins=["https://A.example:443"])


def test_a_cookie_cannot_be_hidden_and_shown() -> None:
    with pytest.raises(PolicyError, match="script_cookies"):
        Policy(httponly_always=True, script_cookies=["a"], httponly_cookies=["a"])


def test_it_cannot_be_changed_afterwards() -> None:
    policy = Policy(modes={"headers.csp": "off"}, trusted_origins=["https://A.example:443/"])
    with pytest.raises(FrozenInstanceError):
        policy.mode = "off"  # type: ignore[misc]
    with pytest.raises(TypeError):
        policy.modes["headers.csp"] = "enforce"  # type: ignore[index]
    assert policy.trusted_origins == ("https://a.example",)


def test_a_list_given_cannot_be_changed_behind_the_policy() -> None:
    origins = ["https://a.example"]
    policy = Policy(trusted_origins=origins)
    origins.append("https://evil.example")
    assert policy.trusted_origins == ("https://a.example",)


def test_the_mode_of_a_control_is_its_own_or_the_whole_policys() -> None:
    policy = Policy(mode="observe", modes={"headers.csp": "enforce"})
    assert (policy.mode_of("headers.csp"), policy.mode_of("inputs.csrf")) == ("enforce", "observe")


def test_presets_take_changes_and_validate_them() -> None:
    assert Policy.strict(style_nonces=False).style_nonces is False
    assert Policy.api(frame_ancestors=["'self'"]).frame_ancestors == ("'self'",)
    assert Policy.strict() != Policy() != Policy.api()


def test_every_setting_is_documented_with_its_risk() -> None:
    for name, documentation in documented(Policy):
        assert documentation.doc.endswith((".", "?")), name
        assert documentation.risk.endswith("."), name
    assert len(fields(Policy)) == len(list(documented(Policy)))


def test_what_weakens_a_defence_is_named_so() -> None:
    dangers = {name for name, _ in documented(Policy) if name.startswith("allow_insecure_")}
    assert dangers == {
        "allow_insecure_csrf",
        "allow_insecure_debug_from",
        "allow_insecure_eval",
        "allow_insecure_hosts_from",
        "allow_insecure_http",
        "allow_insecure_inline_handlers",
        "allow_insecure_inline_scripts",
        "allow_insecure_style_attributes",
    }


def test_no_control_is_listed_twice() -> None:
    assert len(set(GUARDED_CONTROLS)) == len(GUARDED_CONTROLS)
