"""Format strings that a client writes."""

from __future__ import annotations

import pytest

from flask_garrison.findings import Severity
from tests.audit.code.snippets import in_view, lines_of
from tests.audit.code.support import found

RULE = "inputs.format-string"
IMPORTS = "import string\nfrom datetime import date"

WEAK = [
    "q.format(name='x')",
    "('Dear {name}, ' + q).format(name='x')",
    "q.format_map({'name': 'x'})",
    "str.format(q, 'x')",
    "string.Formatter().vformat(q, (), {})",
    "body['text'].strip().format(1)",
]
SAFE = [
    "'{name}'.format(name=q)",
    "string.Template(q).safe_substitute(name='x')",
    "{'en': '{n}', 'fr': '{n}!'}.get(q, '{n}').format(n=q)",
    "f'{q}'",
    "q.replace('{name}', 'x')",
    "'%s' % q",
    "q.replace('{', '').format(name='x')",
]


@pytest.mark.parametrize("body", WEAK)
def test_a_clients_format_is_found(body: str) -> None:
    assert len(lines_of(RULE, body, imports=IMPORTS)) == 1


@pytest.mark.parametrize("body", SAFE)
def test_constant_formats_are_not(body: str) -> None:
    assert lines_of(RULE, body, imports=IMPORTS) == []


def test_with_an_object_of_the_application_it_is_worse() -> None:
    above = "class User:\n    def __init__(self):\n        self.name = 'x'"
    (finding,) = found(in_view("q.format(user=User())", above=above), RULE)
    assert finding.title == "format() fills in a text that a client wrote"
    assert finding.severity is Severity.HIGH
    (finding,) = found(in_view("q.format(name='x')"), RULE)
    assert finding.severity is Severity.MEDIUM
