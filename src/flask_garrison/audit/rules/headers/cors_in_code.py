"""Origins that the code lets read answers with the visitor's cookies."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from ....findings import Confidence, Severity
from ...code.events import Answer, Call, Configured, Setting, Sighting
from ...code.values.objects import Mapping, Sequence
from ...code.values.taint import Use
from ...code.values.value import Value, truth
from ...rule import Match, Rule, checks

if TYPE_CHECKING:
    from ...code.interpreter.frames import Frame

CORS_IN_CODE = Rule(
    id="headers.cors-in-code",
    kind="code",
    control="headers.cors",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(942, 346),
    asvs=("V3.4.2",),
    title="Any origin may read answers that are made for the visitor",
    why="The browser sends the visitor's cookies along, and lets the page of the other site read what comes back: "
    "names, messages, CSRF tokens. Visiting that site while signed in is enough.",
    fix="Compare the origin with a set of whole origins, and name it only where it is one of them.",
    before='answer.headers["Access-Control-Allow-Origin"] = request.headers["Origin"]',
    after='if request.headers.get("Origin") in PAGES:\n'
    '    answer.headers["Access-Control-Allow-Origin"] = request.headers["Origin"]',
    guard="Garrison answers CORS by its own policy, and takes away what the application set beside it.",
    language="python",
    tested_by=("headers.cors-any-origin",),
    lesson="headers-cors-for-all",
    items=(65,),
)

_ORIGIN: Final = "access-control-allow-origin"
_CREDENTIALS: Final = "Access-Control-Allow-Credentials"


# --- headers -------------------------------------------------------------------------------------------------------


@checks(CORS_IN_CODE, reads="setting", of=("headers",))
def header(setting: Setting) -> Iterator[Match]:
    """``answer.headers["Access-Control-Allow-Origin"] = origin``."""
    names = [text.lower().replace("_", "-") for text in setting.key.texts()]
    if _ORIGIN in names:
        yield from _allowed(setting, setting.value)


@checks(
    CORS_IN_CODE,
    reads="call",
    of=("?.add", "?.set", "?.setdefault", "?.add_header", "werkzeug.Headers().set", "werkzeug.Headers().add"),
)
def added(call: Call) -> Iterator[Match]:
    """``answer.headers.add("Access-Control-Allow-Origin", origin)``."""
    if len(call.args) > 1 and any(text.lower() == _ORIGIN for text in call.args[0].texts()):
        yield from _allowed(call, call.args[1])


@checks(
    CORS_IN_CODE,
    reads="call",
    of=(
        "?.update",
        "?.extend",
        "flask.Response",
        "flask.make_response",
        "werkzeug.Headers().update",
        "werkzeug.Headers().extend",
    ),
)
def many(call: Call) -> Iterator[Match]:
    """``answer.headers.update({"Access-Control-Allow-Origin": origin})``."""
    for value in call.values:
        for ref in value.refs:
            if isinstance(ref, Mapping):
                for name, item in ref.payload[0].items():
                    if isinstance(name, str) and name.lower() == _ORIGIN:
                        yield from _allowed(call, item)


@checks(CORS_IN_CODE, reads="answer")
def returned(answer: Answer) -> Iterator[Match]:
    """``return body, 200, {"Access-Control-Allow-Origin": origin}``."""
    for ref in answer.value.refs:
        for part in ref.payload[0] if isinstance(ref, Sequence) else ():
            for one in part.refs:
                for name, item in one.payload[0].items() if isinstance(one, Mapping) else ():
                    if isinstance(name, str) and name.lower() == _ORIGIN:
                        yield from _allowed(answer, item)


def _allowed(sighting: Sighting, value: Value) -> Iterator[Match]:
    credentials = _allows_credentials(sighting)
    if value.could_be("null") and credentials:
        yield sighting.match("the origin null may read answers: any site can take it on", severity=Severity.MEDIUM)
    for hole in sighting.tainted(value, Use.HOST):
        title = "an origin of the client's choice may read answers"
        if credentials:
            yield sighting.flow(hole, Use.HOST, f"{title}, with the visitor's cookies")
        else:
            yield sighting.flow(hole, Use.HOST, title, severity=Severity.LOW, confidence=Confidence.LOW)
        return


def _allows_credentials(sighting: Sighting) -> bool:
    """Return whether the file, or one around it, sends the header that allows cookies."""
    frame: Frame | None = sighting.machine.frame
    while frame is not None:
        if _CREDENTIALS.lower() in _constants(frame.source.tree):
            return True
        frame = frame.caller
    return False


def _constants(tree: ast.Module) -> frozenset[str]:
    """Return the names of headers in a file, in lower case; they are collected once."""
    known: frozenset[str] | None = getattr(tree, "cors_headers", None)
    if known is None:
        nodes = list(ast.walk(tree))
        texts = [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
        texts += [node.attr.replace("_", "-") for node in nodes if isinstance(node, ast.Attribute)]
        lowered = (text.lower() for text in texts)
        known = frozenset(text for text in lowered if text.startswith("access-control-"))
        tree.cors_headers = known  # type: ignore[attr-defined]
    return known


# --- Flask-CORS ----------------------------------------------------------------------------------------------------

_CORS: Final = ("flask_cors.CORS", "flask_cors.cross_origin", "flask_cors.CORS().init_app", "flask_cors.extension.CORS")
_PATTERN: Final = re.compile(r"[*^$+?\\|(){}\[\]]")


@checks(CORS_IN_CODE, reads="call", of=_CORS)
def flask_cors(call: Call) -> Iterator[Match]:
    """``CORS(app, origins="*", supports_credentials=True)``."""
    credentials, origins = call.keywords.get("supports_credentials"), call.keywords.get("origins")
    resources = call.keywords.get("resources")
    if resources is None or origins is not None:
        # Where resources are named, each has origins of its own.
        yield from _of_extension(call, origins, credentials)
    for ref in resources.refs if resources is not None else ():
        for options in ref.payload[0].values() if isinstance(ref, Mapping) else ():
            for inner in options.refs:
                if isinstance(inner, Mapping):
                    items = inner.payload[0]
                    own = items.get("supports_credentials", credentials)
                    yield from _of_extension(call, items.get("origins", origins), own)


@checks(CORS_IN_CODE, reads="configured", of=("from_object", "from_mapping", "Flask"))
def configured(setting: Configured) -> Iterator[Match]:
    """``CORS_SUPPORTS_CREDENTIALS = True`` with every origin, which is what Flask-CORS takes where none is named."""
    if setting.name in ("CORS_ORIGINS", "CORS_SUPPORTS_CREDENTIALS"):
        settings = _settings(setting)
        credentials, origins = settings.get("CORS_SUPPORTS_CREDENTIALS"), settings.get("CORS_ORIGINS")
        if origins is not None:
            yield from _of_extension(setting, origins, credentials)


def _settings(setting: Configured) -> dict[str, Value]:
    value = setting.machine.lasting.get("config")
    for ref in value.refs if value is not None else ():
        if isinstance(ref, Mapping):
            return {**ref.payload[0], setting.name: setting.value}
    return {}


def _of_extension(sighting: Sighting, origins: Value | None, credentials: Value | None) -> Iterator[Match]:
    if credentials is None or not credentials.consts or truth(credentials) is not True:
        return
    if origins is None:
        yield sighting.match("Flask-CORS lets any origin read answers, with the visitor's cookies")
        return
    for text in _texts(origins):
        if text == "*" or _takes_any(text):
            yield sighting.match("Flask-CORS lets any origin read answers, with the visitor's cookies")
        elif _is_open(text):
            yield sighting.match(f"the pattern {text} lets origins of others read answers, with the visitor's cookies")


def _texts(value: Value) -> list[str]:
    found = list(value.texts())
    if value.derived is not None and value.derived[0] == "pattern":
        found += value.derived[1].texts()
    for ref in value.refs:
        if isinstance(ref, Sequence):
            found += [text for item in (*ref.payload[0], ref.payload[1]) if item is not None for text in item.texts()]
    return found


def _matches(pattern: str, origin: str) -> bool:
    """Return whether Flask-CORS takes an origin for one that a pattern means: it matches from the beginning."""
    try:
        return re.match(pattern, origin, re.IGNORECASE) is not None
    except re.error:
        return False


def _takes_any(text: str) -> bool:
    return bool(_PATTERN.search(text)) and all(
        _matches(text, one) for one in ("https://evil.test", "https://foreign.example.net")
    )


def _is_open(text: str) -> bool:
    """Return whether a pattern matches an origin that begins like one of its own and goes on."""
    if not _PATTERN.search(text):
        return False
    plain = re.sub(r"\\(.)", r"\1", text).lstrip("^").rstrip("$")
    sample = re.sub(r"\((?:\?:)?([^|()]*)[^()]*\)|\[[^\]]*\]|\.[*+]\??", lambda found: found[1] or "a", plain)
    sample = re.sub(r"(\w)[?*+]", r"\1", sample)
    return _matches(text, sample) and not text.endswith(("$", r"\Z")) and _matches(text, f"{sample}.evil.test")
