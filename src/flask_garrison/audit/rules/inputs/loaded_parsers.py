"""Parsers in the application's own code that run or expand what they read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import BuiltinFunctionType, FunctionType, ModuleType

from ....findings import Confidence, Evidence, Severity
from ...facts.own_code import own_modules
from ...files import shown
from ...inspected import Inspected
from ...rule import Match, Rule, checks

_LOADERS: Mapping[str, str] = {
    "pickle": "pickle",
    "_pickle": "pickle",
    "marshal": "marshal",
    "shelve": "shelve",
    "dill": "dill",
    "cloudpickle": "cloudpickle",
    "jsonpickle": "jsonpickle",
    "joblib": "joblib",
}
_UNSAFE_YAML = ("unsafe_load", "unsafe_load_all", "full_load", "UnsafeLoader", "FullLoader")
_XML = (
    "xml.sax",
    "xml.dom.minidom",
    "xml.dom.pulldom",
    "xml.dom.expatbuilder",
    "xml.etree.ElementTree",
    "xml.parsers.expat",
)
_SAFE_EXPAT = (2, 4, 1)
_SAFE_LXML = (5, 0)

LOADERS = Rule(
    id="inputs.loaded-deserialisers",
    kind="runtime",
    control="inputs.deserialisation",
    severity=Severity.INFO,
    confidence=Confidence.MEDIUM,
    cwe=(502,),
    asvs=("V1.5.2",),
    title="The application's own code loads objects",
    why="Loading a pickle, a marshalled file or YAML with an unsafe loader runs whatever its author put into it. "
    "That is fine for files that only the application writes, and never for what came from elsewhere: this says "
    "where to look.",
    fix="Read JSON, or data that a schema describes. Where it has to be a pickle, sign it and check the signature "
    "first.",
    before="basket = pickle.loads(base64.b64decode(request.cookies['basket']))",
    after="basket = json.loads(request.cookies['basket'])",
    guard="Nothing yet. A sensor for loaded pickles comes in a later version.",
    language="python",
    lesson="dependencies-pickle-in-a-cookie",
    items=(128,),
)
XML = Rule(
    id="inputs.expanding-xml-parser",
    kind="runtime",
    control="inputs.xml",
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    cwe=(611, 776),
    asvs=("V1.5.1",),
    title="An old XML parser expands what a document tells it to",
    why="A document of a kilobyte can expand to gigabytes, or name a file that the parser puts in its place. Newer "
    "parsers refuse both: expat from 2.4.1 on, lxml from 5.0 on.",
    fix="Use a Python with a newer expat and a newer lxml, or parse with defusedxml.",
    before="tree = xml.etree.ElementTree.fromstring(request.data)",
    after="tree = defusedxml.ElementTree.fromstring(request.data)",
    guard="Nothing yet. A sensor for XML comes in a later version.",
    language="python",
    items=(128,),
)


def _uses(inspected: Inspected) -> Iterator[tuple[ModuleType, str, str]]:
    """Yield own modules with what they imported: its module and its own name."""
    for module in own_modules(inspected):
        for value in list(vars(module).values()):
            # Nothing else is asked: a proxy would go and look for what it stands for.
            if isinstance(value, ModuleType):
                yield module, value.__name__, ""
            elif isinstance(value, FunctionType | BuiltinFunctionType | type):
                yield module, str(value.__module__), value.__name__


def _evidence(modules: list[ModuleType]) -> tuple[Evidence, ...]:
    return tuple(Evidence("path", shown_module(module), {"module": module.__name__}) for module in modules)


def shown_module(module: ModuleType) -> str:
    """Return the file of a module as the user opens it."""
    return shown(Path(str(module.__file__)))


@checks(LOADERS, reads="app")
def loaded_deserialisers(inspected: Inspected) -> Iterator[Match]:
    """Find own modules that imported something that loads objects."""
    found: dict[str, list[ModuleType]] = {}
    for module, origin, name in _uses(inspected):
        loader = _LOADERS.get(origin.partition(".")[0])
        if origin.partition(".")[0] == "yaml" and name in _UNSAFE_YAML:
            loader = f"yaml.{name}"
        if loader and module not in found.setdefault(loader, []):
            found[loader].append(module)
    for loader, modules in found.items():
        count = f"{len(modules)} module{'s' if len(modules) > 1 else ''}"
        yield Match(f"{loader} is used in {count}", subject=loader, evidence=_evidence(modules))


def _parses_xml(inspected: Inspected) -> bool:
    return any(_is_xml(origin) for _, origin, _ in _uses(inspected))


def _is_xml(origin: str) -> bool:
    return origin.startswith(_XML) or origin.partition(".")[0] == "lxml"


@checks(XML, reads="app", needs=_parses_xml)
def expanding_parsers(inspected: Inspected) -> Iterator[Match]:
    """Find own modules that parse XML with a library that is too old to refuse bombs and files."""
    found: dict[str, list[ModuleType]] = {}
    for module, origin, _ in _uses(inspected):
        parser = _old_parser(inspected, origin)
        if parser and module not in found.setdefault(parser, []):
            found[parser].append(module)
    for parser, modules in found.items():
        yield Match(f"XML is parsed with {parser}", subject=parser, evidence=_evidence(modules))


def _old_parser(inspected: Inspected, origin: str) -> str | None:
    if origin.partition(".")[0] == "lxml":
        version = getattr(inspected.module("lxml.etree"), "LXML_VERSION", (9,))
        return f"lxml {'.'.join(map(str, version))}" if tuple(version) < _SAFE_LXML else None
    if origin.startswith(_XML):
        version = getattr(inspected.module("pyexpat"), "version_info", (9,))
        return f"expat {'.'.join(map(str, version))}" if tuple(version) < _SAFE_EXPAT else None
    return None
