"""Settings for development are found outside debug mode, and Flask's defaults are not."""

from __future__ import annotations

from typing import Any

import pytest

from tests.audit.shorthand import titles
from tests.audit.support import make


@pytest.mark.parametrize(
    ("rule", "config", "words"),
    [
        ("propagated-exceptions", {"PROPAGATE_EXCEPTIONS": True}, "low: PROPAGATE_EXCEPTIONS is on"),
        ("trapped-exceptions", {"TRAP_HTTP_EXCEPTIONS": True}, "low: TRAP_HTTP_EXCEPTIONS is on"),
        ("trapped-exceptions", {"TRAP_BAD_REQUEST_ERRORS": True}, "low: TRAP_BAD_REQUEST_ERRORS is on"),
        ("explained-templates", {"EXPLAIN_TEMPLATE_LOADING": True}, "info: EXPLAIN_TEMPLATE_LOADING is on"),
        ("reloaded-templates", {"TEMPLATES_AUTO_RELOAD": True}, "info: templates are reloaded outside debug mode"),
    ],
)
def test_each_setting_has_its_words(rule: str, config: dict[str, Any], words: str) -> None:
    assert titles(f"assessment.{rule}", make(**config)) == [words]
    assert titles(f"assessment.{rule}", make()) == []


def test_debug_and_testing_mode_are_other_findings() -> None:
    for mode in ("DEBUG", "TESTING"):
        assert titles("assessment.propagated-exceptions", make(PROPAGATE_EXCEPTIONS=True, **{mode: True})) == []
    assert titles("assessment.trapped-exceptions", make(TRAP_HTTP_EXCEPTIONS=True, DEBUG=True)) == []
    assert titles("assessment.reloaded-templates", make(TEMPLATES_AUTO_RELOAD=True, DEBUG=True)) == []


def test_the_environment_counts_and_not_the_setting() -> None:
    app = make(TEMPLATES_AUTO_RELOAD=True)
    app.jinja_env.auto_reload = False
    assert titles("assessment.reloaded-templates", app) == []
