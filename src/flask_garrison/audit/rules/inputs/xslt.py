"""Stylesheets that a client writes."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence, Severity
from ...code.events import Call
from ...code.values.quoting import open_quote, stays_inside
from ...code.values.taint import Use
from ...rule import Match, Rule, checks

XSLT_INJECTION = Rule(
    id="inputs.xslt-injection",
    kind="code",
    control="inputs.xml",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(91,),
    asvs=("V1.3.2",),
    title="A client writes a stylesheet, or a part of it",
    why="A stylesheet is a program: `document()` reads files and addresses of the server into its result, and "
    "extensions write files. That the parser resolves no entities does not matter to it.",
    fix="Keep the stylesheets with the code and choose among them. Pass values as parameters, made with "
    "`etree.XSLT.strparam(...)`.",
    before="transform = etree.XSLT(etree.fromstring(request.data))",
    after='transform = etree.XSLT(STYLESHEETS[request.args["layout"]])',
    guard="Nothing.",
    language="python",
)

_SHEETS = ("lxml.etree.XSLT", "lxml.isoschematron.Schematron", "?.compile_stylesheet", "?.transform_to_string")


@checks(XSLT_INJECTION, reads="call", of=(*_SHEETS, "lxml.etree.XSLT()"))
def xslt_injection(call: Call) -> Iterator[Match]:
    """Find a client's document, or text, that becomes a stylesheet or an expression of one."""
    if call.path == "lxml.etree.XSLT()":
        yield from _parameters(call)
        return
    value = call.arg(None, "stylesheet_text") if call.name.startswith(("compile_", "transform_")) else call.arg(0)
    for hole in call.tainted(value, Use.STYLESHEET):
        yield call.flow(hole, Use.STYLESHEET, f"{call.name or call.path}() is given a stylesheet of a client's")
        return


def _parameters(call: Call) -> Iterator[Match]:
    for name, value in call.keywords.items():
        for hole in call.tainted(value, Use.XPATH):
            quote = open_quote(hole.before, "'\"")
            if not (quote and stays_inside(hole.value, quote)):
                title = f"The parameter {name} of a stylesheet is an expression that a client's text is part of"
                yield call.flow(hole, Use.XPATH, title, severity=Severity.MEDIUM)
                return
