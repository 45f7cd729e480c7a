"""Parsers that read the files which a client's document names."""

from __future__ import annotations

import pytest

from flask_garrison.findings import Severity
from tests.audit.code.snippets import in_view, lines_of
from tests.audit.code.support import found

RULE = "inputs.xml-entities"
IMPORTS = (
    "import io, xml.sax\nfrom lxml import etree\nfrom xml.dom import minidom, pulldom\nimport defusedxml.ElementTree\n"
    "import xml.etree.ElementTree as ET\nfrom xml.sax.handler import feature_external_ges, feature_namespaces"
)

WEAK = [
    "etree.fromstring(request.data, etree.XMLParser(resolve_entities=True))",
    "parser = etree.XMLParser(resolve_entities=True, no_network=False)\netree.parse(request.files['f'], parser)",
    "options = {'resolve_entities': True}\netree.XML(q, parser=etree.XMLParser(**options))",
    "etree.iterparse(io.BytesIO(request.data), resolve_entities=True)",
    "etree.fromstring(q, etree.XMLParser(huge_tree=True))",
    "etree.fromstring(q, etree.XMLParser(load_dtd=True, no_network=False))",
    "p = xml.sax.make_parser()\np.setFeature(feature_external_ges, True)\np.parse(io.BytesIO(request.data))",
    "p = xml.sax.make_parser()\np.setFeature(feature_external_ges, 1)\npulldom.parse(io.BytesIO(request.data), p)",
]
SAFE = [
    "etree.fromstring(request.data)",
    "etree.fromstring(request.data, etree.XMLParser(resolve_entities=False))",
    "etree.fromstring(request.data, etree.XMLParser(resolve_entities='internal', no_network=True))",
    "etree.fromstring('<a/>', etree.XMLParser(resolve_entities=True))",
    "etree.parse('/srv/own.xml', etree.XMLParser(resolve_entities=True))",
    "ET.fromstring(request.data)",
    "minidom.parseString(request.data)",
    "xml.sax.parseString(request.data, None)",
    "defusedxml.ElementTree.fromstring(request.data)",
    "p = xml.sax.make_parser()\np.setFeature(feature_namespaces, True)\np.parse(io.BytesIO(request.data))",
    "p = xml.sax.make_parser()\np.setFeature(feature_external_ges, False)\np.parse(io.BytesIO(request.data))",
]


@pytest.mark.parametrize("body", WEAK)
def test_parsers_that_fetch_entities_are_found(body: str) -> None:
    assert len(lines_of(RULE, body, imports=IMPORTS)) == 1


@pytest.mark.parametrize("body", SAFE)
def test_parsers_as_they_are_today_are_not(body: str) -> None:
    assert lines_of(RULE, body, imports=IMPORTS) == []


def test_the_finding_says_what_the_parser_does() -> None:
    (finding,) = found(in_view(WEAK[0], imports=IMPORTS), RULE)
    assert finding.title == "fromstring() parses a client's XML with a parser that fetches external entities"
    assert finding.severity is Severity.HIGH
    (finding,) = found(in_view(WEAK[4], imports=IMPORTS), RULE)
    assert (
        finding.title == "fromstring() parses a client's XML with a parser that has no limit for entities that multiply"
    )
    assert finding.severity is Severity.MEDIUM
