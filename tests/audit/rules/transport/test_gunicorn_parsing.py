"""Lenient parsing and missing limits of gunicorn are found by their settings."""

from __future__ import annotations

from pathlib import Path

import pytest
from werkzeug.middleware.proxy_fix import ProxyFix

from flask_garrison import Garrison
from tests.audit.shorthand import project, titles, written

LENIENT = "transport.gunicorn-lenient-parsing"
LIMITS = "transport.gunicorn-limits"
SLOW = "transport.gunicorn-slow-clients"
TIMEOUT = "transport.gunicorn-no-timeout"
OPEN = 'bind = "0.0.0.0:8000"\n'


def of_file(rule: str, folder: Path, source: str) -> list[str] | None:
    written(folder, gunicorn__conf__py=source)
    return titles(rule, project(folder), root=folder, environ={})


@pytest.mark.parametrize(
    ("rule", "source", "words"),
    [
        (
            LENIENT,
            "strip_header_spaces = True\n",
            ["medium: strip_header_spaces: spaces before the colon of a header are dropped"],
        ),
        (LENIENT, 'casefold_http_method = "true"\n', ["low: casefold_http_method: methods are read in any case"]),
        (LENIENT, 'permit_obsolete_folding = "false"\n', []),
        (LIMITS, "limit_request_line = 0\n", ["low: the first line of a request may be of any length"]),
        (LIMITS, "limit_request_line = 65_536\n", ["low: the first line of a request may be 65536 bytes long"]),
        (LIMITS, "limit_request_fields = 0\n", ["low: a request may have more than 30,000 headers"]),
        (LIMITS, "limit_request_field_size = 1024 * 1024\n", ["low: a header may have 1048576 bytes"]),
        (LIMITS, "limit_request_field_size = 0\n", []),
        (LIMITS, "limit_request_line = 8190\n", []),
        (TIMEOUT, "timeout = 0\n", ["low: timeout is 0"]),
        (TIMEOUT, 'import os\ntimeout = int(os.environ.get("TIMEOUT", "0"))\n', ["low: timeout is 0"]),
        (TIMEOUT, "timeout = 120\n", []),
        (SLOW, OPEN, ["low: sync workers listen on 0.0.0.0:8000 themselves"]),
        (SLOW, OPEN + 'worker_class = "gevent"\n', []),
        (SLOW, OPEN + "threads = 8\n", []),
        (SLOW, OPEN + 'forwarded_allow_ips = "10.0.0.1"\n', []),
        (SLOW, "workers = 2\n", []),
    ],
)
def test_each_setting_has_its_words(tmp_path: Path, rule: str, source: str, words: list[str]) -> None:
    assert of_file(rule, tmp_path, source) == words


def test_a_declared_proxy_reads_requests_first(tmp_path: Path) -> None:
    written(tmp_path, gunicorn__conf__py=OPEN)
    fixed, guarded = project(tmp_path), project(tmp_path)
    fixed.wsgi_app = ProxyFix(fixed.wsgi_app)  # type: ignore[method-assign]
    Garrison(guarded, proxies=1)
    assert titles(SLOW, fixed, root=tmp_path, environ={}) == []
    assert titles(SLOW, guarded, root=tmp_path, environ={}) == []


def test_what_a_branch_decides_is_not_checked(tmp_path: Path) -> None:
    (unread,) = of_file(TIMEOUT, tmp_path, "timeout = 30\nif debugging:\n    timeout = 0\n") or []
    assert unread.startswith("? timeout in ")
