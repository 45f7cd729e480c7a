"""Secrets that are written into the code."""

from __future__ import annotations

import pytest

from flask_garrison.findings import Severity
from tests.audit.code.support import findings_in, found

RULE = "access.hard-coded-secret"
KEY = "access.secret-key-in-code"
TOKEN = "mp_live_9fK2sQ7dXv41LhTz8bRwYc3N"


@pytest.mark.parametrize(
    ("code", "line", "title"),
    [
        (f'API_TOKEN = "{TOKEN}"\n', 1, "API_TOKEN is written into the code"),
        (f'class Client:\n    api_token = "{TOKEN}"\n', 2, "api_token is written into the code"),
        (f'import maps\nmaps.open(api_key="{TOKEN}")\n', 2, "api_key is written into the code"),
        (f'SETTINGS = {{"client_secret": "{TOKEN}"}}\n', 1, "client_secret is written into the code"),
        ('DB_PASSWORD = "kr0kus-im-Mai"\n', 1, "DB_PASSWORD is written into the code"),
        (
            'import os\nLINK_KEY = os.getenv("LINK_KEY", "pumpkin-Trellis-4471-loam")\n',
            2,
            "LINK_KEY has a fallback that is written into the code",
        ),
        (
            'DSN = "postgresql://shop:kr0kusMai77@db1.firm.net/shop"\n',
            1,
            "DSN is an address with a password in it",
        ),
        (
            f'HEADERS = {{"Authorization": "Bearer {TOKEN}"}}\n',
            1,
            "the header Authorization is given a constant token",
        ),
        (
            'name = "x"\nconnect("AKIA' + 'Z7Q4WJ2M5TBXNKLR")\n',
            2,
            "an access key of AWS stands in the code",
        ),
    ],
)
def test_secret(code: str, line: int, title: str) -> None:
    assert findings_in(code, RULE) == [(line, title)]


@pytest.mark.parametrize(
    "code",
    [
        'import os\nAPI_TOKEN = os.environ["API_TOKEN"]\n',
        'API_TOKEN = "replace-me-before-starting"\n',
        'LABELS = {"password": "Password", "token": "Your token", "secret": "Answer to your question"}\n',
        'LABELS = {"password": "Enter-your-Passw0rd-here"}\n',
        'PASSWORD_FIELD = "teacher_password_1"\n',
        'CSRF_TOKEN_HEADER = "X-Ski-Csrf-Token"\n',
        'API_KEY_ENV = "STRIPE_API_KEY"\nSECRET_TOKEN = "STRIPE_API_KEY"\n',
        'SECRET_FILE = "/run/secrets/session_key_2f9c"\nsession_secret = "/run/secrets/session_key_2f9c"\n',
        'TOKEN_URL = "https://id.firm.net/oauth2/token"\naccess_token = "https://id.firm.net/oauth2/token"\n',
        'TOKEN_SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"\n',
        'REFRESH_LOCK_KEY = "pi:health:v1:certificates:refreshing"\n',
        'token_alphabet = "abcdefghijklmnopqrstuvwxyz0123456789"\n',
        'DSN = "postgresql://postgres:postgres@localhost/shop"\n',
        'EXAMPLE = "AKIAIOSFODNN7EXAMPLE"\n',
        f'name = "{TOKEN}"\n',
        'primary_key = "customer_id_2024_region_7"\n',
    ],
)
def test_no_secret(code: str) -> None:
    assert findings_in(code, RULE) == []


def test_no_finding_holds_the_secret() -> None:
    for finding in found(f'API_TOKEN = "{TOKEN}"\n', RULE):
        assert TOKEN not in repr(finding)


APP = "import os\nfrom flask import Flask\napp = Flask(__name__)\n"


@pytest.mark.parametrize(
    ("statement", "title"),
    [
        ('app.config["SECRET_KEY"] = "t7#qLw0_balcony-9vXe2RmZ"', "the secret key is written into the code"),
        ('app.secret_key = b"t7#qLw0_balcony-9vXe2RmZ"', "the secret key is written into the code"),
        ('app.secret_key = "dev"', "the secret key is written into the code, and is weak"),
        (
            'app.secret_key = os.environ.get("SECRET_KEY", "dev")',
            "the secret key has a fallback that is written into the code",
        ),
    ],
)
def test_secret_key(statement: str, title: str) -> None:
    assert findings_in(f"{APP}{statement}\n", KEY) == [(4, title)]


def test_a_word_as_key_is_of_medium_severity() -> None:
    assert [finding.severity for finding in found(f'{APP}app.secret_key = "dev"\n', KEY)] == [Severity.MEDIUM]


@pytest.mark.parametrize(
    "statement",
    [
        'app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]',
        'app.secret_key = "dev"\napp.secret_key = os.environ["SECRET_KEY"]',
    ],
)
def test_secret_key_from_outside(statement: str) -> None:
    assert findings_in(f"{APP}{statement}\n", KEY) == []


@pytest.mark.parametrize(
    ("statement", "title"),
    [
        (
            'KEY = os.getenv("SIGNING_KEY") or "t7Gm2xQv9LbZ4rWk8PnS"',
            "SIGNING_KEY has a fallback that is written into the code",
        ),
        (
            'requests.get("https://api.firm.net", auth=("robot", "t7Gm2xQv9LbZ4rWk"))',
            "the password of a request is written into the code",
        ),
        (
            'requests.get("https://api.firm.net/x?api_key=t7Gm2xQv9LbZ4rWk8PnS")',
            "a key in an address stands in the code",
        ),
        (
            'inside = request.form["password"] == "Kx9!vLmq2z"',
            "password is compared with a constant that is written into the code",
        ),
        (
            'inside = hmac.compare_digest(request.headers["X-Api-Token"], "t7Gm2xQv9LbZ4rWk8PnS")',
            "X-Api-Token is compared with a constant that is written into the code",
        ),
    ],
)
def test_where_no_name_is_given(statement: str, title: str) -> None:
    code = f"import hmac, os, requests\nfrom flask import request\n{statement}\n"
    assert findings_in(code, RULE) == [(3, title)]


@pytest.mark.parametrize(
    "statement",
    [
        'KEY = os.getenv("SIGNING_KEY") or "not-set"',
        'requests.get("https://api.firm.net", auth=("robot", os.environ["ROBOT"]))',
        'requests.get("https://api.firm.net/x?api_key=YOUR_API_KEY_GOES_HERE")',
        'def f():\n    """Ask ``https://api.firm.net/x?api_key=t7Gm2xQv9LbZ4rWk8PnS&page=2``."""',
        'inside = request.form["password"] == "password"',
        'inside = request.form["token_type"] == "t7Gm2xQv9LbZ4rWk8PnS"',
    ],
)
def test_where_no_secret_is_given(statement: str) -> None:
    code = f"import hmac, os, requests\nfrom flask import request\n{statement}\n"
    assert findings_in(code, RULE) == []
