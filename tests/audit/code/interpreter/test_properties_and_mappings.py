"""Setters of properties, mappings laid over each other, and operators of the application's own."""

from __future__ import annotations

import pytest

from tests.audit.code.snippets import lines_of

RULE = "inputs.command-injection"
ABOVE = """
class Entry:
    def __init__(self, value):
        self.number = value
    @property
    def number(self):
        return str(self._number)
    @number.setter
    def number(self, value):
        self._number = int(value)
class Raw(Entry):
    @property
    def number(self):
        return self._raw
    @number.setter
    def number(self, value):
        self._raw = value
class Words:
    def __init__(self):
        self.items = []
    def __iadd__(self, item):
        self.items.append(item)
        return self
"""
SAFE = [
    "os.system('x ' + Entry(q).number)",
    "merged = {'a': 'x'} | {'b': q}\nos.system(merged['a'])",
    "os.system({**{'a': q}, 'a': 'x'}['a'])",
]
WEAK = [
    "os.system('x ' + Raw(q).number)",
    "merged = {'a': 'x'} | body\nos.system(merged['a'])",
    "merged = {'a': 'x', **body}\nos.system(merged['a'])",
    "fields = {k: v for k, v in body.items()}\nfields.setdefault('a', 'x')\nos.system(fields['a'])",
    "words = Words()\nwords += q\nos.system(' '.join(words.items))",
    "os.system('{a} {b}'.format_map({'a': 'x', 'b': q}))",
]


@pytest.mark.parametrize("body", SAFE)
def test_what_a_client_did_not_choose_is_not_found(body: str) -> None:
    assert lines_of(RULE, body, imports="import os", above=ABOVE) == []


@pytest.mark.parametrize("body", WEAK)
def test_what_a_client_chose_is_found(body: str) -> None:
    assert len(lines_of(RULE, body, imports="import os", above=ABOVE)) == 1
