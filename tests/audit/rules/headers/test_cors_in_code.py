"""Origins that the code lets read answers with the visitor's cookies."""

from __future__ import annotations

import pytest

from flask_garrison.findings import Confidence
from tests.audit.code.support import findings_in, found

RULE = "headers.cors-in-code"
HOOK = """\
import re
from flask import Flask, request
app = Flask(__name__)
PAGES = {{"https://a.firm.net", "https://b.firm.net"}}
@app.after_request
def cross(answer):
    origin = request.headers.get("Origin", "")
    {}
    answer.headers["Access-Control-Allow-Credentials"] = "true"
    return answer
"""
REFLECTED = "an origin of the client's choice may read answers, with the visitor's cookies"


@pytest.mark.parametrize(
    "statement",
    [
        'answer.headers["Access-Control-Allow-Origin"] = origin',
        'answer.headers.add("Access-Control-Allow-Origin", origin)',
        'answer.headers["Access-Control-Allow-Origin"] = origin or "*"',
        'answer.headers["Access-Control-Allow-Origin"] = origin if origin.endswith("firm.net") else ""',
        'answer.headers["Access-Control-Allow-Origin"] = origin if "firm.net" in origin else ""',
        'answer.headers["Access-Control-Allow-Origin"] = origin if origin.startswith("https://firm.net") else ""',
    ],
)
def test_reflected(statement: str) -> None:
    assert findings_in(HOOK.format(statement), RULE) == [(8, REFLECTED)]


@pytest.mark.parametrize(
    "statement",
    [
        'answer.headers["Access-Control-Allow-Origin"] = origin if origin in PAGES else "null-origin"',
        'answer.headers["Access-Control-Allow-Origin"] = origin if origin.endswith(".firm.net") else ""',
        'answer.headers["Access-Control-Allow-Origin"] = "https://a.firm.net"',
    ],
)
def test_compared(statement: str) -> None:
    assert findings_in(HOOK.format(statement), RULE) == []


def test_without_cookies_it_is_a_whisper() -> None:
    code = HOOK.format('answer.headers["Access-Control-Allow-Origin"] = origin').replace("Credentials", "Methods")
    assert [finding.confidence for finding in found(code, RULE)] == [Confidence.LOW]


EXTENSION = "from flask import Flask\nfrom flask_cors import CORS\napp = Flask(__name__)\n"
ANY = "Flask-CORS lets any origin read answers, with the visitor's cookies"


@pytest.mark.parametrize(
    ("call", "title"),
    [
        ("CORS(app, supports_credentials=True)", ANY),
        ('CORS(app, origins="*", supports_credentials=True)', ANY),
        ('CORS(app, origins=[r"https?://.*"], supports_credentials=True)', ANY),
        ('CORS(app, resources={r"/api/*": {"origins": "*", "supports_credentials": True}})', ANY),
        (
            'CORS(app, origins=r"https://\\w+\\.firm\\.net", supports_credentials=True)',
            r"the pattern https://\w+\.firm\.net lets origins of others read answers, with the visitor's cookies",
        ),
    ],
)
def test_extension(call: str, title: str) -> None:
    assert findings_in(f"{EXTENSION}{call}\n", RULE) == [(4, title)]


@pytest.mark.parametrize(
    "call",
    [
        "CORS(app)",
        'CORS(app, origins="*")',
        'CORS(app, origins=["https://a.firm.net"], supports_credentials=True)',
        'CORS(app, origins=r"https://\\w+\\.firm\\.net$", supports_credentials=True)',
    ],
)
def test_extension_that_is_well(call: str) -> None:
    assert findings_in(f"{EXTENSION}{call}\n", RULE) == []


@pytest.mark.parametrize(
    ("how", "lines"),
    [
        (r'fullmatch(r"https://(a|b)\.pages\.firm\.net", origin)', []),
        (r'fullmatch(r"https://[a-z0-9-]+\.firm\.net", origin)', []),
        (r'match(r"https://[a-z0-9-]+\.firm\.net$", origin)', []),
        (r'match(r"https://[a-z0-9-]+\.firm\.net", origin)', [9]),
        (r'search(r"firm\.net$", origin)', [9]),
        (r'fullmatch(r"https://.*firm\.net", origin)', [9]),
    ],
)
def test_matched(how: str, lines: list[int]) -> None:
    statement = f'if re.{how}:\n        answer.headers["Access-Control-Allow-Origin"] = origin'
    assert [line for line, _ in findings_in(HOOK.format(statement), RULE)] == lines


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (
            'return "x", 200, {"Access-Control-Allow-Origin": request.headers["Origin"],'
            ' "Access-Control-Allow-Credentials": "true"}',
            5,
        ),
        (
            'answer = make_response("x")\n'
            "    answer.access_control_allow_origin = request.origin\n"
            "    answer.access_control_allow_credentials = True\n"
            "    return answer",
            6,
        ),
    ],
)
def test_other_ways_to_set_the_header(body: str, line: int) -> None:
    head = 'from flask import Flask, make_response, request\napp = Flask(__name__)\n@app.get("/x")\ndef x():\n'
    assert findings_in(f"{head}    {body}\n", RULE) == [(line, REFLECTED)]


def test_resources_with_origins_of_their_own_are_not_open_to_all() -> None:
    code = """
    from flask import Flask
    from flask_cors import CORS
    app = Flask(__name__)
    CORS(app, resources={"/api/*": {"origins": ["https://shop.example"]}}, supports_credentials=True)
    """
    assert findings_in(code, "headers.cors-in-code") == []
