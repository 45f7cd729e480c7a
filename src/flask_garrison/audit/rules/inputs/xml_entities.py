"""Parsers that read the files which a client's document names, or build what it multiplies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ....findings import Confidence, Severity
from ...code.events import Call
from ...code.models.xml import EXTERNAL, LXML, PARSER, SAX
from ...code.values.objects import Record
from ...code.values.taint import Use
from ...code.values.value import Value
from ...rule import Match, Rule, checks

XML_ENTITIES = Rule(
    id="inputs.xml-entities",
    kind="code",
    control="inputs.xml",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(611, 776),
    asvs=("V1.5.1",),
    title="A client's XML is parsed with external entities",
    why="A document can name files and addresses as its entities. The parser was told to fetch them, so their contents "
    "become part of the document: the configuration, a private key, an answer of an internal server.",
    fix="Leave the parser's settings as they are (`resolve_entities` is \"internal\" since lxml 5, and Python's own "
    "parsers fetch nothing since 3.7.1), or set `resolve_entities=False, load_dtd=False, no_network=True`.",
    before="etree.fromstring(data, etree.XMLParser(resolve_entities=True, no_network=False))",
    after="etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))",
    guard="Nothing yet: the sensor at XML parsers comes in a later version.",
    language="python",
)

_WITH_PARSER: Final = {
    **dict.fromkeys(LXML, 1),
    "xml.dom.pulldom.parse": 1,
    "xml.dom.pulldom.parseString": 1,
    "xml.dom.minidom.parse": 1,
    "xml.dom.minidom.parseString": 1,
}
_FILES: Final = ("werkzeug.FileStorage", "io.BytesIO", "open()", "flask.request.stream", "tempfile.", "urllib.")


@checks(XML_ENTITIES, reads="call", of=(*_WITH_PARSER, "lxml.etree.iterparse", f"{PARSER}.feed", f"{SAX}.parse",
                                         f"{SAX}.feed"), by_client=True)  # fmt: skip
def xml_entities(call: Call) -> Iterator[Match]:
    """Find documents of clients that are given to a parser which fetches what they name."""
    source = call.arg(0, "text", "source", "data", "stream_or_string", "string")
    if source is None or (not source.taint and not source.refs):
        return
    severity, words = _weakness(call)
    if severity is None:
        return
    for hole in call.tainted(source, Use.XML):
        where = (
            "" if _is_content(call, hole.value) else " (if the client chooses what is in the file, and not its name)"
        )
        confidence = Confidence.LOW if where else None
        title = f"{call.name or call.path}() parses a client's XML with a parser that {words}{where}"
        yield call.flow(hole, Use.XML, title, severity=severity, confidence=confidence)
        return


def _is_content(call: Call, value: Value) -> bool:
    """Return whether a value is a document and not the name of a file."""
    if not call.path.endswith(("parse", "iterparse")) or call.path.startswith("xml.sax.make"):
        return True
    return value.path.startswith(_FILES) or "stream" in value.path or value.path.startswith("?.stream")


def _weakness(call: Call) -> tuple[Severity | None, str]:
    """Return how bad the settings of a call's parser are, and what it does."""
    if call.path == "lxml.etree.iterparse":
        return _of_settings(call.keywords)
    owner = call.receiver if call.path.startswith((PARSER, SAX)) else call.arg(_WITH_PARSER[call.path], "parser")
    for ref in owner.refs if owner is not None else ():
        if isinstance(ref, Record):
            if owner is not None and owner.path == SAX:
                return _of_features(ref.payload)
            return _of_settings(ref.payload)
    return None, ""


def _of_features(features: dict[str, Value]) -> tuple[Severity | None, str]:
    for name in EXTERNAL:
        state = features.get(name)
        if state is not None and _on(state):
            return Severity.HIGH, "fetches external entities"
    return None, ""


def _of_settings(settings: dict[str, Value]) -> tuple[Severity | None, str]:
    resolves, loads = settings.get("resolve_entities"), settings.get("load_dtd") or settings.get("dtd_validation")
    if resolves is not None and _on(resolves):
        return Severity.HIGH, "fetches external entities"
    network = settings.get("no_network")
    if loads is not None and _on(loads) and network is not None and network.is_only(False):
        return Severity.MEDIUM, "fetches the document type from any address"
    huge = settings.get("huge_tree")
    if huge is not None and _on(huge):
        return Severity.MEDIUM, "has no limit for entities that multiply"
    return None, ""


def _on(value: Value) -> bool:
    """Return whether a setting is on: ``"internal"`` is not."""
    return value.could_be(True, 1)
