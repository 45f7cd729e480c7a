"""XML: parsers and how they are set, and what comes of a document."""

from __future__ import annotations

import ast
import functools
from typing import TYPE_CHECKING, Final
from xml.sax import handler

from ..values.objects import Record, Sequence
from ..values.taint import Use
from ..values.value import NONE, UNKNOWN, Value, constant
from .registry import MODELS, alias, on_attribute, on_call
from .support import carried, cleaned

if TYPE_CHECKING:
    from ..events import Call
    from ..interpreter.machine import Machine

ELEMENT: Final = "xml.Element()"
PARSER: Final = "lxml.etree.XMLParser()"
SAX: Final = "xml.sax.make_parser()"
EXTERNAL: Final = (
    "http://xml.org/sax/features/external-general-entities",
    "http://xml.org/sax/features/external-parameter-entities",
)
LXML: Final = (
    "lxml.etree.fromstring",
    "lxml.etree.XML",
    "lxml.etree.parse",
    "lxml.etree.fromstringlist",
    "lxml.etree.XMLID",
    "lxml.objectify.fromstring",
    "lxml.objectify.parse",
)
_OTHERS: Final = tuple(
    f"{module}.{name}"
    for module in ("xml.etree.ElementTree", "xml.etree.cElementTree", "defusedxml.ElementTree", "defusedxml.lxml")
    for name in ("fromstring", "XML", "parse", "fromstringlist")
)
_PARTS: Final = (
    "find",
    "getroot",
    "getroottree",
    "getparent",
    "getnext",
    "get",
    "findtext",
    "iter",
    "iterfind",
    "xpath",
    "findall",
    "itertext",
    "getchildren",
    "items",
    "values",
    "keys",
    "iterchildren",
    "iterdescendants",
)
_MANY: Final = frozenset(
    {"iter", "iterfind", "xpath", "findall", "itertext", "getchildren", "values", "iterchildren", "iterdescendants"}
)


def _constant(text: str, machine: Machine) -> Value:
    return constant(text)


alias(
    {
        "lxml.etree.ETCompatXMLParser": "lxml.etree.XMLParser",
        "lxml.objectify.makeparser": "lxml.etree.XMLParser",
        "xml.sax.expatreader.create_parser": "xml.sax.make_parser",
        "xml.sax.expatreader.ExpatParser": "xml.sax.make_parser",
        "xml.etree.ElementTree.ElementTree()": ELEMENT,
    }
)
_FEATURES: Final = {
    name: text for name, text in vars(handler).items() if name.startswith("feature_") and isinstance(text, str)
}
for _name, _text in _FEATURES.items():
    MODELS.lasting[f"xml.sax.handler.{_name}"] = functools.partial(_constant, _text)


@on_attribute(*(f"xml.sax.handler.{name}" for name in _FEATURES))
def feature(machine: Machine, value: Value, path: str, node: ast.AST) -> Value:
    """The name of a feature is a text."""
    return constant(_FEATURES[path.rpartition(".")[2]])


@on_call("lxml.etree.XMLParser")
def parser(call: Call) -> Value:
    """A parser, with what it was told."""
    settings = dict(call.keywords)
    if call.more is not None:
        settings["@more"] = call.more
    return Value(path=PARSER, refs=(Record(settings),))


@on_call("xml.sax.make_parser")
def sax_parser(call: Call) -> Value:
    """A parser whose features are set later."""
    return Value(path=SAX, refs=(Record({}),))


@on_call(f"{SAX}.setFeature")
def set_feature(call: Call) -> Value:
    """``parser.setFeature(feature, state)``."""
    name, state = call.arg(0, "name"), call.arg(1, "state")
    for ref in call.receiver.refs if call.receiver is not None else ():
        if isinstance(ref, Record) and name is not None and state is not None:
            made = {text: state for text in name.texts()}
            call.machine.heap.write(ref, {**ref.payload, **made})
    return NONE


@on_call(*LXML, *_OTHERS, "lxml.etree.HTML", "lxml.html.fromstring", "lxml.html.parse")
def parsed(call: Call) -> Value:
    """The root of a document: what is in it is its author's."""
    return carried(call, call.arg(0, "text", "source"), path=ELEMENT)


@on_call("lxml.etree.iterparse", "xml.etree.ElementTree.iterparse", "defusedxml.ElementTree.iterparse")
def parsed_piecewise(call: Call) -> Value:
    """Pairs of an event and an element."""
    element = carried(call, call.arg(0, "source"), path=ELEMENT)
    return Value(refs=(Sequence((), Value(refs=(Sequence((UNKNOWN, element), None, "tuple"),))),))


@on_call(*(f"{ELEMENT}.{name}" for name in _PARTS))
def part(call: Call) -> Value:
    """A part of a document."""
    made = carried(call, call.receiver, path=ELEMENT if call.name not in ("get", "findtext", "itertext") else "")
    return Value(refs=(Sequence((), made),)) if call.name in _MANY else made


@on_call("lxml.etree.XSLT")
def stylesheet(call: Call) -> Value:
    """A stylesheet that is ready; it was judged when it was made."""
    return Value(path="lxml.etree.XSLT()")


@on_call("lxml.etree.XSLT.strparam")
def parameter(call: Call) -> Value:
    """A text as a parameter of a stylesheet."""
    return cleaned(call, call.arg(0), Use.XPATH)
