"""Regular expressions that a client writes, or that a client's text can stall."""

from __future__ import annotations

import pytest

from flask_garrison.findings import Severity
from tests.audit.code.snippets import in_view, lines_of
from tests.audit.code.support import found

FROM_INPUT, CATASTROPHIC = "inputs.regex-from-input", "inputs.regex-catastrophic"

WEAK_PATTERNS = [
    "re.search(q, 'text')",
    "re.compile('^' + q).match('text')",
    "re.sub(q, '', 'text')",
    "re.findall('|'.join(body['words']), 'text')",
]
SAFE_PATTERNS = [
    "re.search(re.escape(q), 'text')",
    "re.search('|'.join(re.escape(word) for word in body['words']), 'text')",
    "re.search({'a': 'x+', 'b': 'y+'}[q], 'text')",
    "re.search('a+', q)",
    "if not q.isalnum():\n    abort(400)\nre.search(q, 'text')",
]
WEAK_TEXTS = [
    "re.match(r'^(a+)+$', q)",
    "re.fullmatch(r'([a-z]+[_-]?)+', q)",
    "WORDS.search(q)",
    "if len(q) < 3:\n    abort(400)\nWORDS.match(q)",
]
SAFE_TEXTS = [
    "re.match(r'^[a-z]+(-[a-z]+)*$', q)",
    "if len(q) > 40:\n    abort(400)\nWORDS.match(q)",
    "WORDS.match(q[:40])",
    "WORDS.match(str(int(q)))",
    "WORDS.match('constant')",
    # Where the match may end behind the loop, it is never given up.
    "re.match(r'(a+)+', q)",
]
ABOVE = "WORDS = re.compile(r'^(\\w+\\s?)+$')"


@pytest.mark.parametrize("body", WEAK_PATTERNS)
def test_a_clients_pattern_is_found(body: str) -> None:
    assert len(lines_of(FROM_INPUT, body, imports="import re")) == 1


@pytest.mark.parametrize("body", SAFE_PATTERNS)
def test_escaped_and_chosen_patterns_are_not(body: str) -> None:
    assert lines_of(FROM_INPUT, body, imports="import re") == []


@pytest.mark.parametrize("body", WEAK_TEXTS)
def test_a_text_of_any_length_for_a_hopeless_pattern_is_found(body: str) -> None:
    assert len(lines_of(CATASTROPHIC, body, imports="import re", above=ABOVE)) == 1


@pytest.mark.parametrize("body", SAFE_TEXTS)
def test_short_texts_and_linear_patterns_are_not(body: str) -> None:
    assert lines_of(CATASTROPHIC, body, imports="import re", above=ABOVE) == []


def test_the_findings_name_function_and_pattern() -> None:
    (finding,) = found(in_view("re.search(q, 'text')", imports="import re"), FROM_INPUT)
    assert finding.title == "re.search() is given a pattern that a client's text is part of"
    (finding,) = found(in_view("WORDS.match(q)", imports="import re", above=ABOVE), CATASTROPHIC)
    assert finding.title == r"A client's text can make the pattern '^(\\w+\\s?)+$' take exponential time"
    assert finding.severity is Severity.MEDIUM
