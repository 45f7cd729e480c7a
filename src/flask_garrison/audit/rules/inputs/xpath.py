"""XPath expressions that a client's text is part of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ....findings import Confidence, Severity
from ...code.events import Call
from ...code.values.quoting import open_quote, stays_inside
from ...code.values.taint import Use
from ...rule import Match, Rule, checks

XPATH_INJECTION = Rule(
    id="inputs.xpath-injection",
    kind="code",
    control="inputs.query-languages",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(643,),
    asvs=("V1.2.7",),
    title="An XPath expression is put together with a client's text",
    why="A quote in the value ends the text that it stands in. `' or '1'='1` selects every node, and the document "
    "can be read to its end by asking questions.",
    fix='Write a variable in the expression and pass the value beside it: `tree.xpath("//user[@name=$name]", '
    "name=name)`.",
    before="tree.xpath(f\"//user[@name='{name}']\")",
    after='tree.xpath("//user[@name=$name]", name=name)',
    guard="Nothing yet.",
    language="python",
)

_EXPRESSIONS = (
    "?.xpath",
    "lxml.etree.XPath",
    "lxml.etree.ETXPath",
    "lxml.etree.XPathEvaluator()",
    "lxml.etree.XPathDocumentEvaluator()",
    "lxml.etree.XPathElementEvaluator()",
    "?.evaluate_xpath",
)
_SECOND = ("elementpath.select", "elementpath.iter_select")
_FINDERS = ("?.find", "?.findall", "?.findtext", "?.iterfind")
_LOOKS = re.compile(r"//|\[\s*@?[\w:.\0]+\s*=|\[\s*@|^\./")


@checks(XPATH_INJECTION, reads="call", of=(*_EXPRESSIONS, *_SECOND, *_FINDERS), by_client=True)
def xpath_injection(call: Call) -> Iterator[Match]:
    """Find a client's text in an expression."""
    at = 1 if call.path in _SECOND else 0
    finder = f"?.{call.name}" in _FINDERS
    if finder and not _LOOKS.search(call.text(0, "path", "match")):
        # These know paths of names only, unless a condition in brackets holds the value.
        return
    if call.path == "lxml.etree.XPathEvaluator":
        return
    for hole in call.tainted(call.arg(at, "path", "_path", "match", "query"), Use.XPATH):
        quote = open_quote(hole.before, "'\"")
        if quote and stays_inside(hole.value, quote):
            continue
        name = call.name or call.path.rpartition(".")[2]
        own = call.receiver is not None and bool(call.taint(call.receiver))
        # In a document that the client sent as well there is little to find out.
        severity = Severity.LOW if own else None
        title = f"{name}() evaluates an expression that a client's text is part of"
        yield call.flow(hole, Use.XPATH, title, severity=severity)
        return
