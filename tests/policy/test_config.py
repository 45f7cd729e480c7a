"""A policy comes from Python, from keywords and from GARRISON_* keys, and contradictions are errors."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from flask_garrison import Garrison, Policy, PolicyError
from flask_garrison.policy import policy_from_config


def test_every_setting_can_come_from_the_configuration() -> None:
    policy = policy_from_config(
        {"GARRISON_MODE": "observe", "GARRISON_TRUSTED_ORIGINS": ["https://a.example"], "DEBUG": 1}
    )
    assert (policy.mode, policy.trusted_origins) == ("observe", ("https://a.example",))


@pytest.mark.parametrize(
    ("preset", "expected"), [("default", Policy()), ("strict", Policy.strict()), ("api", Policy.api())]
)
def test_a_preset_can_come_from_the_configuration(preset: str, expected: Policy) -> None:
    assert policy_from_config({"GARRISON_PRESET": preset}) == expected


WRONG: list[tuple[dict[str, Any], Policy | None, dict[str, Any], str]] = [
    ({"GARRISON_MOD": "observe"}, None, {}, "GARRISON_MOD.*Did you mean 'GARRISON_MODE'"),
    ({"GARRISON_PRESET": "strickt"}, None, {}, "GARRISON_PRESET.*Did you mean 'strict'"),
    ({"GARRISON_PRESET": ["strict"]}, None, {}, "GARRISON_PRESET.*is not a preset"),
    ({"GARRISON_PRESET": "strict"}, Policy(), {}, "GARRISON_PRESET.*in Python too"),
    ({"GARRISON_MODE": "observe"}, Policy(mode="off"), {}, "GARRISON_MODE.*contradicts"),
    ({"GARRISON_MODE": "observe"}, None, {"mode": "off"}, "GARRISON_MODE.*contradicts"),
    ({}, None, {"mod": "off"}, "mod: there is no such setting.*'mode'"),
    ({"GARRISON_MODE": "sleep"}, None, {}, "mode.*is not one of"),
]


@pytest.mark.parametrize(("config", "policy", "given", "words"), WRONG)
def test_a_contradiction_or_typo_is_named(
    config: dict[str, Any], policy: Policy | None, given: dict[str, Any], words: str
) -> None:
    with pytest.raises(PolicyError, match=words):
        policy_from_config(config, policy, given)


def test_python_and_configuration_may_say_the_same() -> None:
    config = {"GARRISON_TRUSTED_ORIGINS": ["https://A.example"]}
    assert policy_from_config(config, Policy(trusted_origins=["https://a.example"])).trusted_origins == (
        "https://a.example",
    )
    assert policy_from_config({"GARRISON_MODE": "off"}, None, {"mode": "off"}).mode == "off"


def test_the_configuration_adds_to_a_policy_that_is_silent_on_it() -> None:
    policy = policy_from_config({"GARRISON_MODE": "observe"}, Policy.strict())
    assert (policy.mode, policy.style_nonces) == ("observe", True)


def test_the_extension_reads_the_configuration_and_a_typo_stops_the_start() -> None:
    app = Flask("shop")
    app.config["GARRISON_REFERER_POLICY"] = "same-origin"
    with pytest.raises(PolicyError, match="Did you mean 'GARRISON_REFERRER_POLICY'"):
        Garrison(app)
    with pytest.raises(PolicyError, match="Did you mean 'mode'"):
        Garrison(mod="off")


def test_the_password_of_a_storage_stands_in_no_error_and_no_representation() -> None:
    url = "redis://user:hunter2@store.example:6379/0"
    with pytest.raises(PolicyError) as caught:
        policy_from_config({"GARRISON_LIMIT_STORAGE": url}, Policy(limit_storage="redis://other:hunter3@x/0"))
    assert "hunter" not in str(caught.value)
    assert "store.example" in repr(Policy(limit_storage=url))
    assert "hunter2" not in repr(Policy(limit_storage=url))
