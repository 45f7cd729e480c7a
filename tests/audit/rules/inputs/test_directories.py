"""Queries of a directory that a client's text is part of."""

from __future__ import annotations

import pytest

from flask_garrison.findings import Confidence, Severity
from tests.audit.code.snippets import in_view, lines_of
from tests.audit.code.support import found

RULE = "inputs.ldap-injection"
IMPORTS = (
    "import ldap, ldap3, re\nfrom ldap.filter import filter_format\nfrom ldap.dn import escape_dn_chars\n"
    "from ldap3.utils.conv import escape_filter_chars\nfrom ldap3.utils.dn import escape_rdn"
)

WEAK = [
    "ldap3.Connection('s').search('dc=x', f'(uid={q})')",
    "ldap3.Connection('s').search(search_base='dc=x', search_filter='(&(a=b)(uid=' + q + '))')",
    "ldap.initialize('x').search_s('dc=x', 2, '(uid=%s)' % q)",
    "ldap.initialize('x').search_ext_s(f'uid={q},dc=x', 0, '(a=b)')",
    "ldap.initialize('x').simple_bind_s('uid=' + q + ',dc=x', 'secret')",
    "ldap3.Connection('s', user=f'uid={q},dc=x', password='p')",
    # What escapes for one place does not for the other.
    "ldap3.Connection('s').search('dc=x', '(uid=%s)' % escape_rdn(q))",
    "ldap.initialize('x').simple_bind_s('uid=' + escape_filter_chars(q) + ',dc=x', 'secret')",
    "directory().search('dc=x', f'(uid={q})')",
]
SAFE = [
    "ldap3.Connection('s').search('dc=x', f'(uid={escape_filter_chars(q)})')",
    "ldap.initialize('x').search_s('dc=x', 2, filter_format('(uid=%s)', [q]))",
    "ldap.initialize('x').simple_bind_s(f'uid={escape_dn_chars(q)},dc=x', 'secret')",
    "if not q.isalnum():\n    abort(400)\nldap3.Connection('s').search('dc=x', f'(uid={q})')",
    "if not re.fullmatch('[a-z]{1,20}', q):\n    abort(400)\nldap3.Connection('s').search('dc=x', f'(uid={q})')",
    "ldap3.Connection('s').search('dc=x', f'(n={int(q)})')",
    "re.compile('x').search(q, 2)",
    "index().search('books', q)",
]


@pytest.mark.parametrize("body", WEAK)
def test_a_clients_text_in_a_filter_or_a_name_is_found(body: str) -> None:
    assert len(lines_of(RULE, body, imports=IMPORTS)) == 1


@pytest.mark.parametrize("body", SAFE)
def test_what_is_escaped_for_its_place_is_not(body: str) -> None:
    assert lines_of(RULE, body, imports=IMPORTS) == []


def test_the_finding_says_which_part() -> None:
    (finding,) = found(in_view("ldap3.Connection('s').search('dc=x', f'(uid={q})')", imports=IMPORTS), RULE)
    assert finding.title == "search() is given a filter that a client's text is part of"
    assert (finding.severity, finding.confidence) == (Severity.HIGH, Confidence.HIGH)
    (finding,) = found(in_view("ldap.initialize('x').delete_s(f'uid={q},dc=x')", imports=IMPORTS), RULE)
    assert finding.title == "delete_s() is given a distinguished name that a client's text is part of"
