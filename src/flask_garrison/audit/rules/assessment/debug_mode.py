"""Debug mode, the debugger and testing mode in an application that others reach."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ....findings import Confidence, Evidence, Severity
from ...facts.wsgi_chain import is_from, middlewares
from ...inspected import Inspected
from ...rule import Match, Rule, checks

CONTROL = "assessment.debug"
PIN = "WERKZEUG_DEBUG_PIN"
_LESSON = "assessment-debug-is-on"
_GUARD = (
    "In debug mode it answers the own machine and declared networks only, so that no view fails for a stranger. A "
    "debugger around the application stands in front of it, out of its reach."
)

DEBUG_MODE = Rule(
    id="assessment.debug-mode",
    kind="runtime",
    control=CONTROL,
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(215, 489),
    asvs=("V13.4.2",),
    title="The application is in debug mode",
    why="An error shows source, local variables and settings. Under the development server each frame of a traceback "
    "has a console, and whoever opens it runs code as the application.",
    fix="Leave debug mode to the command that starts the development server: flask --debug run. Set it neither in the "
    "configuration nor in the environment of a server.",
    before='app.config["DEBUG"] = True',
    after="flask --debug run",
    guard=_GUARD,
    language="python",
    lesson=_LESSON,
    items=(3,),
)
DEBUGGER = Rule(
    id="assessment.debugger-middleware",
    kind="runtime",
    control=CONTROL,
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(94, 215, 489),
    asvs=("V13.4.2",),
    title="A debugger stands around the application",
    why="Whatever server runs it, an error answers with source and variables, and with a console at each frame and "
    "at /console where evalex is on. A PIN of nine digits is all that stands between a visitor and running code, and "
    "it is made from things that other flaws tell.",
    fix="Remove DebuggedApplication. The development server adds one by itself in debug mode.",
    before="app.wsgi_app = DebuggedApplication(app.wsgi_app, evalex=True)",
    after="flask --debug run",
    guard=_GUARD,
    language="python",
    lesson=_LESSON,
    items=(3, 120),
    seen_by=("assessment.debugger-shown",),
)
PIN_OFF = Rule(
    id="assessment.debugger-without-pin",
    kind="runtime",
    control=CONTROL,
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(306, 489),
    asvs=("V13.4.2",),
    title="The debugger asks for no PIN",
    why="With WERKZEUG_DEBUG_PIN=off every console of the debugger is open to whoever reaches it. As long as no "
    "debugger runs nothing follows; the setting waits for the day on which somebody switches debug mode on.",
    fix="Remove the variable from the environment.",
    before="export WERKZEUG_DEBUG_PIN=off",
    after="unset WERKZEUG_DEBUG_PIN",
    guard=_GUARD,
    language="sh",
    lesson=_LESSON,
    items=(120,),
)
TESTING = Rule(
    id="assessment.testing-mode",
    kind="runtime",
    control=CONTROL,
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(489, 1125),
    asvs=("V13.4.2", "V15.2.3"),
    title="The application is in testing mode",
    why="Errors pass by the application's own pages and go to the server as they are. Extensions read the flag too and "
    "leave out what would be in the way of a test: mails, limits, checks of tokens.",
    fix="Set TESTING in the tests only.",
    before='app.config["TESTING"] = True',
    after='app = create_app({"TESTING": True})  # in conftest.py alone',
    guard="It starts with a weak key in testing mode, and guards all the same.",
    language="python",
    lesson=_LESSON,
    items=(4,),
)


@checks(DEBUG_MODE, reads="app")
def debug_mode(inspected: Inspected) -> Iterator[Match]:
    """Find debug mode, unless Garrison keeps everybody out but the own machine."""
    if not inspected.app.debug:
        return
    source = "FLASK_DEBUG" if inspected.environ.get("FLASK_DEBUG") else "the application's own code or configuration"
    evidence = (Evidence("config", f"app.debug is True, set by {source}"),)
    if not inspected.enforces(CONTROL):
        yield Match("debug mode is on", subject="debug", evidence=evidence)
    elif inspected.policy is not None and inspected.policy.allow_insecure_debug_from:
        networks = ", ".join(inspected.policy.allow_insecure_debug_from)
        yield Match(f"debug mode is on for {networks}", severity=Severity.MEDIUM, subject="debug", evidence=evidence)


def _debuggers(inspected: Inspected) -> list[Any]:
    layers = middlewares(inspected.app)
    return [one for one in layers if is_from(one, "werkzeug") and type(one).__name__ == "DebuggedApplication"]


@checks(DEBUGGER, reads="app")
def debuggers(inspected: Inspected) -> Iterator[Match]:
    """Find Werkzeug's debugger among the middleware."""
    for debugger in _debuggers(inspected):
        pin = inspected.environ.get(PIN) == "off" or vars(debugger).get("_pin", "") is None
        if not debugger.evalex:
            yield Match("a debugger shows source and variables", severity=Severity.MEDIUM, subject="debugger")
        elif pin:
            words = "a debugger runs code for whoever asks, without a PIN"
            yield Match(words, severity=Severity.CRITICAL, subject="debugger")
        else:
            yield Match("a debugger runs code for whoever knows its PIN", subject="debugger")


@checks(PIN_OFF, reads="app")
def pin_off(inspected: Inspected) -> Iterator[Match]:
    """Find the PIN switched off; a debugger around the application is another rule's finding."""
    if inspected.environ.get(PIN) == "off" and not _debuggers(inspected):
        severity = Severity.HIGH if inspected.app.debug else None
        yield Match(f"{PIN} is off", severity=severity, subject=PIN)


@checks(TESTING, reads="app")
def testing_mode(inspected: Inspected) -> Iterator[Match]:
    """Find testing mode."""
    if inspected.app.testing:
        yield Match("testing mode is on", subject="testing")
