"""Regular expressions that name the hosts which they let through."""

from __future__ import annotations

import pytest

from flask_garrison.audit.code.patterns.hosts import names_hosts
from tests.audit.code.support import findings_in


@pytest.mark.parametrize(
    "pattern",
    [
        r"https://a\.firm\.example",
        r"https://(a|b)\.pages\.firm\.example",
        r"https://(a\.firm\.example|b\.firm\.example)",
        r"https://[a-z0-9-]+\.firm\.example",
        r"^https://(\w+\.)?firm\.example$",
        r"https?://(?:[\w-]+\.)*firm\.example(?::\d+)?",
        r"https://[a-z]+\.firm\.(com|org)",
        r"https://app\.firm\.example/.*",
        r"\Ahttps://[a-z]{2,20}\.firm\.example\Z",
    ],
)
def test_patterns_that_name_hosts(pattern: str) -> None:
    assert names_hosts(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        r"https://.*",
        r"https://\w+",
        r"https://.*\.firm\.example",
        r"https://\w*firm\.example",
        r"https://[^.]+\.firm\.example",
        r"https://[\w.@]+\.firm\.example",
        r"https?://firm\.example.*",
        r"https://app.firm.example",
        r"^https://a\.x\.example|https://b\.x\.example$",
        r".*\.firm\.example",
    ],
)
def test_patterns_that_let_others_through(pattern: str) -> None:
    assert not names_hosts(pattern)


CODE = """\
import re
from flask import Flask, redirect, request
app = Flask(__name__)
@app.get("/out")
def out():
    to = request.args["to"]
    if re.{how}:
        return redirect(to)
    return "no"
"""


@pytest.mark.parametrize(
    ("how", "lines"),
    [
        (r'fullmatch(r"https://[a-z]+\.firm\.example/.*", to)', []),
        (r'match(r"https://[a-z]+\.firm\.example$", to)', []),
        (r'match(r"https://[a-z]+\.firm\.example", to)', [8]),
        (r'search(r"https://[a-z]+\.firm\.example$", to)', [8]),
    ],
)
def test_what_such_a_match_proves(how: str, lines: list[int]) -> None:
    assert [line for line, _ in findings_in(CODE.replace("{how}", how), "access.open-redirect")] == lines
