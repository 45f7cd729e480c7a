"""Redirects to an address that a client chose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ....findings import Confidence, Severity
from ...code.events import Answer, Call, Setting, Sighting
from ...code.interpreter.comparisons import is_own_address
from ...code.models.urls import is_path
from ...code.values.facts import NO_HOST
from ...code.values.objects import Mapping, Sequence
from ...code.values.pieces import HOLE, Hole
from ...code.values.taint import Use
from ...code.values.value import Value
from ...rule import Match, Rule, checks

OPEN_REDIRECT = Rule(
    id="access.open-redirect",
    kind="code",
    control="access.redirects",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(601,),
    asvs=("V3.7.2",),
    title="A client chooses where a redirect leads",
    why="A link to this site, with its name in the address bar, ends on a page of somebody else's: the log-in form "
    "there "
    "looks the same. Tokens in the address, as OAuth has them, arrive there as well.",
    fix="Redirect to a view by url_for(), choose from a fixed list of addresses, or let "
    "flask_garrison.inputs.safe_redirect() judge the target; a test for a leading slash is not enough.",
    before='return redirect(request.args["next"])',
    after='return safe_redirect(request.args.get("next"), fallback=url_for("start"))',
    guard="safe_redirect() sends visitors to this site and to declared addresses only; what a view gives to redirect() "
    "itself is the view's.",
    language="python",
    lesson="access-redirect-anywhere",
    items=(43,),
)

_HOST_FIXED: Final = re.compile(r"(?:[a-zA-Z][a-zA-Z0-9+.-]*:)?//[^/?#\\]+[/?#]")
_TITLE: Final = "{} sends the browser to an address that a client chose"


@checks(OPEN_REDIRECT, reads="call", of=("flask.redirect", "?.redirect", "flask.make_response", "flask.Response"))
def redirect_call(call: Call) -> Iterator[Match]:
    """``redirect(target)``, and a ``Location`` among the headers of an answer that is being made."""
    if call.name == "redirect" or call.path == "flask.redirect":
        if call.path != "flask.redirect" and not (call.path.startswith("?") or "redirect" in call.path):
            return
        yield from _found(call, call.arg(0, "location"), _TITLE.format("redirect()"))
    elif call.path == "flask.Response":
        yield from _in_headers(call, call.arg(2, "headers"))


@checks(OPEN_REDIRECT, reads="setting")
def location_set(setting: Setting) -> Iterator[Match]:
    """``answer.headers["Location"] = target``, ``answer.location = target``."""
    of_headers = setting.is_item and setting.path.lower().endswith(("headers", "headers()"))
    of_answer = not setting.is_item and setting.path == "flask.Response()"
    if setting.name.lower() == "location" and (of_headers or of_answer):
        yield from _found(setting, setting.value, _TITLE.format("The header Location"))


@checks(
    OPEN_REDIRECT,
    reads="call",
    of=("werkzeug.Headers().set", "werkzeug.Headers().add", "werkzeug.Headers().setdefault", "?.set", "?.add"),
)
def location_added(call: Call) -> Iterator[Match]:
    """``answer.headers.set("Location", target)``."""
    name = call.arg(0)
    if name is not None and any(text.lower() == "location" for text in name.texts()):
        yield from _found(call, call.arg(1), _TITLE.format("The header Location"))


@checks(OPEN_REDIRECT, reads="answer")
def location_returned(answer: Answer) -> Iterator[Match]:
    """``return "", 302, {"Location": target}``."""
    for ref in answer.value.refs:
        if isinstance(ref, Sequence) and ref.kind == "tuple":
            for item in ref.payload[0][1:]:
                yield from _in_headers(answer, item)


def _in_headers(sighting: Sighting, headers: Value | None) -> Iterator[Match]:
    for ref in headers.refs if headers is not None else ():
        if isinstance(ref, Mapping):
            for name, value in ref.payload[0].items():
                if isinstance(name, str) and name.lower() == "location":
                    yield from _found(sighting, value, _TITLE.format("The header Location"))


def _found(sighting: Sighting, target: Value | None, title: str) -> Iterator[Match]:
    if target is None or is_own_address(sighting.machine, target):
        return
    for hole in sighting.tainted(target, Use.REDIRECT):
        if _leads_inside(hole) or is_own_address(sighting.machine, hole.value):
            continue
        doubt = _doubt(hole)
        severity = Severity.LOW if _is_referrer(hole) else None
        yield sighting.flow(hole, Use.REDIRECT, title, severity=severity, confidence=Confidence.LOW if doubt else None)


def _leads_inside(hole: Hole) -> bool:
    """Return whether what stands before a value leaves it no choice of the host."""
    before = hole.before
    if _HOST_FIXED.match(before) or is_path(before):
        return True
    if before.startswith(HOLE):
        return any(sign in before for sign in "/?#")
    begins = [text for kind, text in hole.value.facts if kind == "begins"]
    return before not in ("", "/") and any(text.startswith("/") for text in begins)


def _doubt(hole: Hole) -> bool:
    """Return whether a check keeps out the plain attacks: what is left is rare, or the value's beginning unknown."""
    facts = hole.value.facts
    begins = {text for kind, text in facts if kind == "begins"}
    never = {text for kind, text in facts if kind == "does not begin"}
    local = "/" in begins and "//" in never
    behind = hole.before == "/" and "/" in never
    return local or behind or NO_HOST in facts or hole.before.startswith(HOLE) or _is_referrer(hole)


def _is_referrer(hole: Hole) -> bool:
    """Return whether a value is where the browser came from, which an attacker's page alone can make foreign."""
    label = hole.value.step.label.lower() if hole.value.step is not None else ""
    return "referrer" in label or "referer" in label or label in ("request.path", "request.full_path")
