"""What matches prove, what groups are, what substitutions leave; by the rule on command lines."""

from __future__ import annotations

import pytest

from tests.audit.code.snippets import lines_of

RULE, LOG = "inputs.command-injection", "monitoring.log-forging"
IMPORTS = "import logging, os, re"
ABOVE = """
WORD = re.compile(r"\\w+")
LINE = re.compile(r"^\\w+$")
class Checks:
    host = re.compile(r"[a-z0-9.]+")
    def ok(self, value):
        return bool(self.host.fullmatch(value))
def valid(value):
    return WORD.fullmatch(value) is not None
def need(value):
    if not LINE.match(value):
        raise ValueError(value)
    return value
"""

SAFE = [
    "if valid(q):\n    os.system('x ' + q)",
    "if not Checks().ok(q):\n    abort(400)\nos.system('x ' + q)",
    "os.system('x ' + need(q))",
    "m = WORD.fullmatch(q)\nif m:\n    os.system('x ' + q)",
    "m = WORD.search(q)\nos.system('x ' + m.group())",
    "m = re.match(r'(?P<a>\\d+)-(.*)', q)\nos.system('x ' + m['a'])",
    "a, b = re.match(r'(\\d+)-(\\w+)', q).groups()\nos.system('x ' + a + b)",
    "os.system('x ' + ' '.join(re.findall(r'\\w+', q)))",
    "for m in WORD.finditer(q):\n    os.system('x ' + m.group(0))",
    "if (m := re.fullmatch('[a-z]+', q)) is None:\n    abort(400)\nos.system('x ' + q)",
    "if not isinstance(q, str) or not WORD.fullmatch(q):\n    abort(400)\nos.system('x ' + q)",
    "os.system('x ' + re.compile(r'[^\\w]').sub('', q))",
]
WEAK = [
    "if valid(q):\n    pass\nos.system('x ' + q)",
    "if WORD.match(q):\n    os.system('x ' + q)",
    "m = re.match(r'(\\d+)-(.*)', q)\nos.system('x ' + m.group(2))",
    "os.system('x ' + re.sub('[;&]', '', q))",
    "os.system('x ' + re.sub(r'[^\\w]', '', q, count=1))",
    "os.system('x ' + re.sub(r'[^\\w]', ';', q))",
    "if re.search(r'^\\w+$|x', q):\n    os.system('x ' + q)",
    "if re.search(';', q):\n    abort(400)\nos.system('x ' + q)",
    "if re.fullmatch(body['pattern'], q):\n    os.system('x ' + q)",
]


@pytest.mark.parametrize("body", SAFE)
def test_a_whole_match_or_its_group_is_harmless(body: str) -> None:
    assert lines_of(RULE, body, imports=IMPORTS, above=ABOVE) == []


@pytest.mark.parametrize("body", WEAK)
def test_a_part_of_a_text_proves_nothing_of_the_rest(body: str) -> None:
    assert len(lines_of(RULE, body, imports=IMPORTS, above=ABOVE)) == 1


def test_a_dollar_lets_a_line_break_through_and_a_whole_match_does_not() -> None:
    dollar = "if not re.match(r'^\\w+$', q):\n    abort(400)\nlogging.info(q)"
    whole = "if not re.fullmatch(r'\\w+', q):\n    abort(400)\nlogging.info(q)"
    assert len(lines_of(LOG, dollar, imports=IMPORTS)) == 1
    assert lines_of(LOG, whole, imports=IMPORTS) == []
    assert lines_of(LOG, dollar.replace("$", r"\Z"), imports=IMPORTS) == []


VALIDATOR = """
from wtforms import StringField
from wtforms.validators import Regexp
class Form:
    name = StringField(validators=[Regexp(r"{pattern}")])
"""


def test_the_patterns_of_fields_are_judged_where_they_stand() -> None:
    rule = "inputs.regex-catastrophic"
    assert lines_of(rule, "pass", above=VALIDATOR.replace("{pattern}", "^[a-z]+$")) == []
    assert lines_of(rule, "pass", above=VALIDATOR.replace("{pattern}", "^([a-z]+-?)+$")) == [
        'name = StringField(validators=[Regexp(r"^([a-z]+-?)+$")])'
    ]
