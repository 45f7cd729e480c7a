"""Flask-Limiter: what it would count, by whom and where."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, request

from flask_garrison import Garrison
from flask_garrison.findings import Severity
from tests.audit.support import make, of_app

flask_limiter = pytest.importorskip("flask_limiter", reason="Flask-Limiter is not installed")


def by_address() -> str:
    return request.remote_addr or ""


def by_header() -> str:
    return request.headers.get("X-Forwarded-For", "")


def limited(key: Any = by_address, config: dict[str, Any] | None = None, **options: Any) -> tuple[Flask, Any]:
    app = make(**(config or {}))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return app, flask_limiter.Limiter(key, app=app, **options)


def said(rule: str, app: Flask, **options: Any) -> list[tuple[str, Severity | None]]:
    found = of_app(rule, app, **options)
    assert found is not None
    return [(match.title, match.severity) for match in found]  # type: ignore[union-attr]


def test_a_limiter_that_is_switched_off_is_found() -> None:
    app, _ = limited(config={"RATELIMIT_ENABLED": False})
    assert said("access.limiter-disabled", app) == [("RATELIMIT_ENABLED is False: no limit counts", None)]
    assert said("access.limiter-disabled", limited()[0]) == []


def test_garrison_limits_logins_where_the_limiter_does_not() -> None:
    app, _ = limited(config={"RATELIMIT_ENABLED": False})
    Garrison(app)
    assert said("access.limiter-disabled", app) == [("RATELIMIT_ENABLED is False: no limit counts", Severity.LOW)]


def test_a_key_that_the_client_writes_is_found() -> None:
    assert said("access.limiter-forged-key", limited(by_header)[0]) == [
        ("by_header counts clients by X-Forwarded-For", None)
    ]


def test_a_key_of_one_view_is_found() -> None:
    app, limiter = limited()
    app.add_url_rule("/buy", "buy", limiter.limit("1 per day", key_func=by_header)(lambda: "bought"))
    assert [title for title, _ in said("access.limiter-forged-key", app)] == [
        "by_header counts clients by X-Forwarded-For"
    ]


def test_the_address_is_none() -> None:
    from flask_limiter.util import get_remote_address

    assert said("access.limiter-forged-key", limited()[0]) == []
    assert said("access.limiter-forged-key", limited(get_remote_address)[0]) == []


def test_memory_is_named_and_matters_with_several_processes(tmp_path: Path) -> None:
    app, _ = limited()
    one = [("Flask-Limiter counts in the memory of each process", None)]
    eight = [("Flask-Limiter counts in the memory of each of 8 processes", Severity.MEDIUM)]
    config = tmp_path / "gunicorn.conf.py"
    config.write_text("workers = 8\n", encoding="utf-8")
    assert said("access.limiter-in-memory", app, environ={}) == one
    assert said("access.limiter-in-memory", app, environ={"WEB_CONCURRENCY": "8"}) == eight
    assert said("access.limiter-in-memory", app, environ={"GUNICORN_CMD_ARGS": "--workers 8"}) == eight
    assert said("access.limiter-in-memory", app, environ={}, server_config=config) == eight
    assert said("access.limiter-in-memory", app, environ={"WEB_CONCURRENCY": "1"}) == []


def test_a_shared_storage_is_none() -> None:
    pytest.importorskip("redis", reason="redis is not installed")
    app, _ = limited(storage_uri="redis://localhost:6379")
    assert said("access.limiter-in-memory", app, environ={"WEB_CONCURRENCY": "8"}) == []


def test_a_limiter_that_fails_open_is_found() -> None:
    words = "swallow_errors is on and no limit is counted in memory instead"
    assert said("access.limiter-fails-open", limited(swallow_errors=True)[0]) == [(words, None)]
    careful, _ = limited(swallow_errors=True, in_memory_fallback_enabled=True)
    assert said("access.limiter-fails-open", careful) == said("access.limiter-fails-open", limited()[0]) == []


def test_without_a_limiter_there_is_nothing_to_look_at() -> None:
    assert of_app("access.limiter-in-memory", make()) is None
