"""ConfigParser: what was set under a name is what comes back."""

from __future__ import annotations

import pytest

from tests.audit.code.snippets import lines_of

RULE = "inputs.command-injection"
IMPORTS = "import configparser, os"
ABOVE = "config = configparser.ConfigParser()"

WEAK = [
    "config.read_string(q)\nos.system(config.get('a', 'b'))",
    "config.read_string(q)\nos.system(config['a']['b'])",
    "config.add_section('a')\nconfig.set('a', 'b', q)\nos.system(config.get('a', 'b', fallback='x'))",
    "config.set('a', 'b', q)\nos.system(config['a'].get('b'))",
    "config['a'] = {'b': q}\nos.system(config['a']['b'])",
    "config['a'] = {}\nconfig['a']['b'] = q\nos.system(config.get('a', 'b'))",
]
SAFE = [
    "config['a'] = {'b': q}\nconfig['c'] = {'b': 'x'}\nos.system(config['c']['b'])",
    "config.set('a', 'b', q)\nos.system(config.get('a', 'c', fallback='x'))",
    "config.set('a', 'b', q)\nconfig.set('a', 'b', 'x')\nos.system(config.get('a', 'b'))",
    "config.read_string(q)\nos.system('x %d' % config.getint('a', 'b'))",
]


@pytest.mark.parametrize("body", WEAK)
def test_what_a_client_set_or_sent_comes_back(body: str) -> None:
    assert len(lines_of(RULE, body, imports=IMPORTS, above=ABOVE)) == 1


@pytest.mark.parametrize("body", SAFE)
def test_other_names_and_numbers_do_not(body: str) -> None:
    assert lines_of(RULE, body, imports=IMPORTS, above=ABOVE) == []
