"""XPath expressions that a client's text is part of."""

from __future__ import annotations

import pytest

from flask_garrison.findings import Confidence, Severity
from tests.audit.code.snippets import in_view, lines_of
from tests.audit.code.support import found

RULE = "inputs.xpath-injection"
IMPORTS = "import re\nfrom lxml import etree\nimport xml.etree.ElementTree as ET"

WEAK = [
    "etree.parse('x').xpath(f\"//user[@name='{q}']\")",
    "etree.XPath('//user[' + q + ']')",
    "ET.parse('x').find(\".//user[@name='%s']\" % q)",
    "ET.parse('x').getroot().findall(\".//user[@name='\" + q + \"']\")",
    "etree.XPathEvaluator(etree.parse('x'))('//a[b=\"' + q + '\"]')",
    "document().xpath('//a[b=' + q + ']')",
]
SAFE = [
    "etree.parse('x').xpath('//user[@name=$name]', name=q)",
    "etree.XPath('//user[@name=$name]')(etree.parse('x'), name=q)",
    "etree.parse('x').xpath('//user[%d]' % int(q))",
    "if \"'\" in q:\n    abort(400)\netree.parse('x').xpath(f\"//user[@name='{q}']\")",
    "if not re.fullmatch(r'\\w+', q):\n    abort(400)\netree.parse('x').xpath(f\"//user[@name='{q}']\")",
    "'a text'.find(q)",
    "re.findall('a', q)",
    "soup().find(q)",
]


@pytest.mark.parametrize("body", WEAK)
def test_a_clients_text_in_an_expression_is_found(body: str) -> None:
    assert len(lines_of(RULE, body, imports=IMPORTS)) == 1


@pytest.mark.parametrize("body", SAFE)
def test_variables_of_an_expression_are_not(body: str) -> None:
    assert lines_of(RULE, body, imports=IMPORTS) == []


def test_the_finding_says_what_is_evaluated() -> None:
    (finding,) = found(in_view("etree.parse('x').xpath('//' + q)", imports=IMPORTS), RULE)
    assert finding.title == "xpath() evaluates an expression that a client's text is part of"
    assert (finding.severity, finding.confidence) == (Severity.HIGH, Confidence.HIGH)
