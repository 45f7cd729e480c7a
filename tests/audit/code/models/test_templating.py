"""Placeholders of the standard library, buffers that are written to, and the names of a scope."""

from __future__ import annotations

import pytest

from tests.audit.code.snippets import lines_of

RULE = "database.sql-injection"
IMPORTS = "import io, sqlite3, string, textwrap\nfrom string import Template"
ABOVE = "RUN = sqlite3.connect('x').execute"

WEAK = [
    "RUN(Template('SELECT a FROM t WHERE b = $x').substitute(x=q))",
    "RUN(Template('SELECT a FROM t WHERE b = ${x}').safe_substitute({'x': q}))",
    "RUN(textwrap.dedent('SELECT a FROM t WHERE b = ' + q))",
    "b = io.StringIO()\nb.write('SELECT a FROM t WHERE b = ')\nb.write(q)\nRUN(b.getvalue())",
    "RUN('SELECT a FROM t WHERE b = %(q)s' % locals())",
]
SAFE = [
    "RUN(Template('SELECT a FROM $x').substitute(x='t', y=q))",
    "b = io.StringIO()\nb.write('SELECT a FROM t')\nRUN(b.getvalue(), (q,))",
    "RUN('SELECT a FROM t WHERE b = %(n)d' % {'n': int(q)})",
]


@pytest.mark.parametrize("body", WEAK)
def test_a_clients_text_goes_through(body: str) -> None:
    assert len(lines_of(RULE, body, imports=IMPORTS, above=ABOVE)) == 1


@pytest.mark.parametrize("body", SAFE)
def test_other_texts_do_not_become_a_clients(body: str) -> None:
    assert lines_of(RULE, body, imports=IMPORTS, above=ABOVE) == []
