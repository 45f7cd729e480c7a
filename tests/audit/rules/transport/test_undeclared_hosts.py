"""An application that answers to every name is found; a declared one is not."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from flask_garrison import Garrison
from flask_garrison.audit.run import audit_app

RULE = "transport.undeclared-hosts"


def found(app: Flask) -> list[str]:
    return [finding.severity.name.lower() for finding in audit_app(app, "shop").findings if finding.rule == RULE]


def make(config: dict[str, Any]) -> Flask:
    app = Flask("shop")
    app.secret_key = "a key for tests only, long enough to sign with"
    app.config.update(config)
    return app


@pytest.mark.parametrize("config", [{}, {"SERVER_NAME": "shop.example"}, {"TRUSTED_HOSTS": []}])
def test_an_undeclared_application_is_a_high_finding(config: dict[str, Any]) -> None:
    guarded = make(config)
    Garrison(guarded)
    assert found(guarded) == found(make(config)) == ["high"]


def test_a_declared_application_is_none() -> None:
    guarded = make({})
    Garrison(guarded, hosts=["shop.example"])
    assert found(guarded) == found(make({"TRUSTED_HOSTS": ["shop.example"]})) == []
