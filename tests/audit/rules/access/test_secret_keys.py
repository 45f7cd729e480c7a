"""Weak keys are findings of an app, guarded or not, and no finding shows one."""

from __future__ import annotations

import json
from typing import Any

import click
import pytest
from flask import Flask
from flask.cli import FlaskGroup

from flask_garrison import Garrison
from flask_garrison.audit import audit_app
from flask_garrison.audit.rule import Match
from flask_garrison.findings import Finding
from tests.audit.support import KEY, make, of_app

RULE = "access.weak-secret-key"
GOOD = "a key for tests only, long enough to sign with"
KNOWN = "192b9bdd22ab9ed4d12e236c78afcb9a393ec15f71bbf5dc987d54727823bcbf"

pytestmark = pytest.mark.without_secret_key


def findings(guarded: bool, settings: dict[str, Any] | None = None, **config: Any) -> list[Finding]:
    app = Flask("shop")
    app.config.update(config)
    if guarded:
        with click.Context(FlaskGroup()):
            Garrison(app, **(settings or {}))
    return [finding for finding in audit_app(app, "shop").findings if finding.rule == RULE]


@pytest.mark.parametrize("guarded", [True, False])
@pytest.mark.parametrize(
    ("key", "severity", "words"),
    [("my super secret key 42", "high", "placeholder"), ("k9$Lq2!v", "high", "shorter"), (KNOWN, "critical", "known")],
)
def test_a_weak_key_is_a_finding(guarded: bool, key: str, severity: str, words: str) -> None:
    (finding,) = findings(guarded, SECRET_KEY=key)
    assert finding.severity.name.lower() == severity
    assert words in finding.title
    assert finding.evidence[0].kind == "config"
    assert key not in json.dumps(finding.as_dict())


def test_each_weak_fallback_is_a_finding() -> None:
    found = findings(False, SECRET_KEY=GOOD, SECRET_KEY_FALLBACKS=[KNOWN, GOOD, "dev"])
    assert [finding.title.split()[0] for finding in found] == ["SECRET_KEY_FALLBACKS[0]", "SECRET_KEY_FALLBACKS[2]"]


def test_a_missing_key_is_a_finding_where_the_policy_needs_one() -> None:
    assert [finding.title for finding in findings(True)] == ["SECRET_KEY is missing"]
    assert findings(True, {"sessions": False}) == []
    assert findings(False) == []


@pytest.mark.parametrize("guarded", [True, False])
def test_a_good_key_is_none(guarded: bool) -> None:
    assert findings(guarded, SECRET_KEY=GOOD) == []


def fallbacks(rule: str, *keys: str) -> list[str] | None:
    found = of_app(rule, make(SECRET_KEY_FALLBACKS=list(keys)))
    return None if found is None else [one.title for one in found if isinstance(one, Match)]


def test_more_fallbacks_than_a_rotation_needs_are_a_finding() -> None:
    many = "access.many-fallback-keys"
    assert fallbacks(many, *(f"{GOOD} {number}" for number in range(3))) == ["SECRET_KEY_FALLBACKS holds 3 keys"]
    assert fallbacks(many, GOOD, f"{GOOD} 2") == []
    assert fallbacks(many) is None


def test_a_key_that_was_not_replaced_is_a_finding() -> None:
    same = "access.key-among-fallbacks"
    assert fallbacks(same, KEY) == ["SECRET_KEY stands in SECRET_KEY_FALLBACKS too"]
    assert fallbacks(same, GOOD) == []
    assert fallbacks(same) is None
