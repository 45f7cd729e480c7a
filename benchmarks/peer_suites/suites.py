"""The projects whose published tests are run: what is taken from each source package, and what is left out and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Suite:
    """One project's tests, as its source package on PyPI ships them.

    Attributes:
        title: As its makers write it.
        distribution: What is downloaded and installed, and whose version is reported.
        tests: What pytest is given, below the folder of the source package.
        left_out: Files or folders below it that pytest ignores, each with the reason.
        environment: Environment variables for both runs.
        config: What a third run sets in each app's configuration before ``Garrison(app)``; it and ``lines`` together.
        lines: Policy lines of the third run.
    """

    title: str
    distribution: str
    tests: tuple[str, ...]
    left_out: Mapping[str, str] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)
    config: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[str, Any] = field(default_factory=dict)


_SERVER = "needs a database server"
SUITES = {
    "ihatemoney": Suite("I Hate Money", "ihatemoney", ("ihatemoney/tests",), config={"TESTING": True}),
    "privacyidea": Suite(
        "privacyIDEA",
        "privacyidea",
        (
            "tests/test_ui_login.py",
            "tests/test_ui_certificate.py",
            "tests/test_ui_static_layout.py",
            "tests/test_app.py",
            "tests/test_api_auth.py",
            "tests/test_api_policy.py",
            "tests/test_api_register.py",
            "tests/test_api_system.py",
            "tests/test_api_users.py",
        ),
        # It would use, and empty, a Redis that it finds on this machine.
        environment={"TEST_REDIS_URL": ""},
    ),
    "flask_appbuilder": Suite(
        "Flask-AppBuilder",
        "flask-appbuilder",
        # Those that go through pages; each test builds an application and its database, so all of them take long.
        (
            "tests/security/test_mvc_security.py",
            "tests/security/test_rate_limiter.py",
            "tests/test_custom_indexview.py",
            "tests/test_hooks.py",
            "tests/test_menu.py",
            "tests/test_mvc.py",
            "tests/test_mvc_oauth.py",
        ),
        config={"TESTING": True},
    ),
    "flask_security": Suite("Flask-Security", "flask-security", ("tests",)),
    "flask_admin": Suite(
        "Flask-Admin",
        "flask-admin",
        ("flask_admin/tests",),
        left_out={
            "flask_admin/tests/fileadmin/test_fileadmin_azure.py": "needs a storage server",
            "flask_admin/tests/fileadmin/test_fileadmin_s3.py": "needs a storage server",
            "flask_admin/tests/geoa": _SERVER,
            "flask_admin/tests/mongoengine": _SERVER,
            "flask_admin/tests/pymongo": _SERVER,
            "flask_admin/tests/sqla/test_postgres.py": _SERVER,
        },
        config={"TESTING": True},
    ),
}
