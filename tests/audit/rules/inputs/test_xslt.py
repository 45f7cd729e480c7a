"""Stylesheets that a client writes."""

from __future__ import annotations

import pytest

from flask_garrison.findings import Confidence, Severity
from tests.audit.code.snippets import in_view, lines_of
from tests.audit.code.support import found

RULE = "inputs.xslt-injection"
IMPORTS = "from lxml import etree"

WEAK = [
    "etree.XSLT(etree.fromstring(request.data))",
    "etree.XSLT(etree.XML('<a>' + q + '</a>'))",
    "etree.XSLT(etree.parse(request.files['sheet']))",
    "etree.XSLT(etree.parse('own.xsl'))(etree.parse('own.xml'), name=\"'\" + q + \"'\")",
]
SAFE = [
    "etree.XSLT(etree.parse('own.xsl'))(etree.fromstring(request.data))",
    "etree.XSLT(etree.parse('own.xsl'))(etree.parse('own.xml'), name=etree.XSLT.strparam(q))",
    "etree.XSLT(etree.parse('own.xsl'))(etree.parse('own.xml'), number=str(int(q)))",
    "etree.XSLT(etree.parse({'a': 'a.xsl'}[q]))",
]


@pytest.mark.parametrize("body", WEAK)
def test_a_clients_stylesheet_is_found(body: str) -> None:
    assert len(lines_of(RULE, body, imports=IMPORTS)) == 1


@pytest.mark.parametrize("body", SAFE)
def test_documents_and_parameters_of_own_stylesheets_are_not(body: str) -> None:
    assert lines_of(RULE, body, imports=IMPORTS) == []


def test_the_finding_says_what_becomes_a_stylesheet() -> None:
    (finding,) = found(in_view(WEAK[0], imports=IMPORTS), RULE)
    assert finding.title == "XSLT() is given a stylesheet of a client's"
    assert (finding.severity, finding.confidence) == (Severity.HIGH, Confidence.HIGH)
