"""How much a request may bring: its body, the text of a field, the parts of a form.

What counts is what the application's request class answers, and where it says nothing, what Garrison enforces.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from flask import Flask
from werkzeug.test import create_environ

from ....findings import Confidence, Severity
from ...inspected import Inspected
from ...rule import Match, Rule, checks

CONTROL = "inputs.body-limits"
MEBIBYTE = 1_048_576
LARGEST_BODY = 1_024 * MEBIBYTE
LARGEST_TEXT = 16 * MEBIBYTE
MOST_PARTS = 10_000
_GUARD = "It counts what is read and refuses what is larger: 16 MiB, 1 MiB of a form or JSON, 1000 fields."

UNLIMITED_BODY = Rule(
    id="inputs.unlimited-body",
    kind="runtime",
    control=CONTROL,
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    cwe=(400, 770),
    asvs=("V5.2.1",),
    title="A request may be of any size",
    why="JSON and raw bodies are read into memory, files onto the disk, until there is none left. One client is "
    "enough. A limit of the server in front helps where there is one and where nobody can go around it.",
    fix="Set MAX_CONTENT_LENGTH, and request.max_content_length in the few views that take more.",
    before='app.config["MAX_CONTENT_LENGTH"] = None',
    after='app.config["MAX_CONTENT_LENGTH"] = 16 * 1024 * 1024',
    guard=_GUARD,
    language="python",
    items=(18,),
)
LARGE_FIELDS = Rule(
    id="inputs.large-form-fields",
    kind="runtime",
    control=CONTROL,
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(400, 770),
    asvs=("V5.2.1",),
    title="The text of a form field may fill memory",
    why="Fields without a file name are kept in memory, not on the disk. Some requests at once, each with one long "
    "field, are enough to end the process.",
    fix="Leave MAX_FORM_MEMORY_SIZE at 500 kB, or set it to what the longest text needs.",
    before='app.config["MAX_FORM_MEMORY_SIZE"] = None',
    after='app.config["MAX_FORM_MEMORY_SIZE"] = 500_000',
    guard=_GUARD,
    language="python",
    items=(19,),
)
MANY_PARTS = Rule(
    id="inputs.many-form-parts",
    kind="runtime",
    control=CONTROL,
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(400, 770),
    asvs=("V15.2.2",),
    title="A form may have any number of parts",
    why="Each part costs time and memory whatever its size, so that a small request with very many of them keeps a "
    "process busy (CVE-2023-25577 was about this).",
    fix="Leave MAX_FORM_PARTS at 1000.",
    before='app.config["MAX_FORM_PARTS"] = None',
    after='app.config["MAX_FORM_PARTS"] = 1_000',
    guard=_GUARD,
    language="python",
    items=(20,),
)
NO_EFFECT = Rule(
    id="inputs.limit-without-effect",
    kind="runtime",
    control=CONTROL,
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(770, 1188),
    asvs=("V5.2.1",),
    title="A limit in the configuration has no effect",
    why="The request class of the application states a limit of its own, and that one counts. Whoever reads or changes "
    "the configuration believes something else.",
    fix="Remove the attribute from the request class, or the setting from the configuration.",
    before="class Request(flask.Request):\n    max_content_length = None",
    after="class Request(flask.Request):\n    pass",
    guard="It asks the request, as Flask does, and so obeys the class.",
    language="python",
    items=(21,),
)


class Limits(NamedTuple):
    """What the request class answers; ``None`` is no limit."""

    body: int | None
    text: int | None
    parts: int | None


_SETTINGS = Limits("MAX_CONTENT_LENGTH", "MAX_FORM_MEMORY_SIZE", "MAX_FORM_PARTS")  # type: ignore[arg-type]


def _stated(inspected: Inspected) -> Limits:
    app = inspected.app
    with app.app_context():
        request = app.request_class(create_environ("/", method="POST"))
        return Limits(request.max_content_length, request.max_form_memory_size, request.max_form_parts)


def _effective(inspected: Inspected) -> Limits:
    stated, policy = _stated(inspected), inspected.policy
    body, parts = stated.body, stated.parts
    if policy is not None and inspected.enforces(CONTROL):
        body = policy.max_body_bytes if body is None else body
        default = Flask.default_config["MAX_FORM_PARTS"]
        parts = policy.max_fields if parts in (None, default) else parts
    bounds = [bound for bound in (stated.text, body) if bound is not None]
    return Limits(body, min(bounds, default=None), parts)


def _takes_bodies(inspected: Inspected) -> bool:
    return any(route.changes_state for route in inspected.routes)


@checks(UNLIMITED_BODY, reads="app", needs=_takes_bodies)
def unlimited_body(inspected: Inspected) -> Iterator[Match]:
    """Find an application that reads any body, or one that could be a disk's."""
    body = _effective(inspected).body
    if body is None:
        yield Match("no limit on the size of a request", subject="body")
    elif body > LARGEST_BODY:
        words = f"a request may have {body // MEBIBYTE} MiB"
        yield Match(words, severity=Severity.LOW, confidence=Confidence.HIGH, subject="body")


@checks(LARGE_FIELDS, reads="app", needs=_takes_bodies)
def large_fields(inspected: Inspected) -> Iterator[Match]:
    """Find a field whose text is bounded neither by its own limit nor by the body's."""
    text = _effective(inspected).text
    if text is None:
        yield Match("no limit on the text of a form field", subject="text")
    elif text > LARGEST_TEXT:
        yield Match(f"a form field may have {text // MEBIBYTE} MiB of text", subject="text")


@checks(MANY_PARTS, reads="app", needs=_takes_bodies)
def many_parts(inspected: Inspected) -> Iterator[Match]:
    """Find forms with many more parts than any form has."""
    parts = _effective(inspected).parts
    if parts is None:
        yield Match("no limit on the parts of a form", subject="parts")
    elif parts > MOST_PARTS:
        yield Match(f"a form may have {parts} parts", subject="parts")


def _has_own_requests(inspected: Inspected) -> bool:
    return inspected.app.request_class is not Flask.request_class


@checks(NO_EFFECT, reads="app", needs=_has_own_requests)
def limits_without_effect(inspected: Inspected) -> Iterator[Match]:
    """Find settings that the application's request class does not ask for."""
    for setting, stated in zip(_SETTINGS, _stated(inspected), strict=True):
        name = str(setting)
        configured = inspected.config.get(name)
        if configured != Flask.default_config.get(name) and configured != stated:
            words = f"{name} is {configured}, and the request class says {stated}"
            yield Match(words, severity=Severity.MEDIUM if stated is None else None, subject=name)
