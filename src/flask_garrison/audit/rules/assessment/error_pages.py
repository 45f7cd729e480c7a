"""Error answers that show the inside."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ....findings import Confidence, Severity
from ....target.answers import Answer
from ...answers.leaks import has_console, shows_debugger, shows_exception, shows_path, shows_traceback
from ...answers.selection import problem, some
from ...observed import Observed
from ...rule import Match, Rule, checks

_SHOWN = '@app.errorhandler(Exception)\ndef failed(error):\n    return {"error": str(error)}, 500'
_HIDDEN = (
    "@app.errorhandler(Exception)\ndef failed(error):\n    if isinstance(error, HTTPException):\n        return error\n"
    '    app.logger.exception("failed")\n    return {"error": "Something went wrong."}, 500'
)
_GUARD = "It sends a plain page in place of an error page that shows such things, and the exception goes to the log."

DEBUGGER = Rule(
    id="assessment.debugger-shown",
    kind="runtime",
    control="assessment.error-pages",
    severity=Severity.HIGH,
    confidence=Confidence.PROVED,
    cwe=(94, 215, 489),
    asvs=("V13.4.2", "V16.5.1"),
    title="A failure shows Werkzeug's debugger",
    why="The page shows source and local variables, passwords among them. With the console (severity critical) whoever "
    "has or works out the PIN runs Python on the server.",
    fix="Switch debug off: no app.run(debug=True), no FLASK_DEBUG, no DebuggedApplication where others can reach it.",
    before="app.run(debug=True)",
    after="gunicorn myapp:app",
    guard="It refuses debug answers to everybody but the developer's own machine.",
    language="python",
    lesson="assessment-debug-is-on",
    items=(3, 62),
)
TRACEBACK = Rule(
    id="assessment.error-page-traceback",
    kind="runtime",
    control="assessment.error-pages",
    severity=Severity.MEDIUM,
    confidence=Confidence.PROVED,
    cwe=(209, 550),
    asvs=("V16.5.1",),
    title="An error page shows a traceback",
    why="It tells which libraries and files the application is made of, and what the failing line does: half of an "
    "attacker's work. (Low where strangers get none and users who are logged in do.)",
    fix="Log the exception and answer with one general sentence.",
    before="return Response(traceback.format_exc(), status=500)",
    after=_HIDDEN,
    guard=_GUARD,
    language="python",
    lesson="assessment-debug-is-on",
    items=(5, 62),
)
ERROR_PATH = Rule(
    id="assessment.error-page-path",
    kind="runtime",
    control="assessment.error-pages",
    severity=Severity.LOW,
    confidence=Confidence.PROVED,
    cwe=(209, 497),
    asvs=("V16.5.1",),
    title="An error page shows where files lie",
    why="The name of the folder tells user, product and layout of the server, which is what an attack on files has to "
    "guess.",
    fix="Log the exception and answer with one general sentence.",
    before=_SHOWN,
    after=_HIDDEN,
    guard=_GUARD,
    language="python",
    lesson="assessment-debug-is-on",
    items=(62,),
)
EXCEPTION_TEXT = Rule(
    id="assessment.error-page-exception",
    kind="runtime",
    control="assessment.error-pages",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(209,),
    asvs=("V16.5.1",),
    title="An error page shows what the exception says",
    why="Messages of databases and libraries hold statements, values, addresses and sometimes passwords. Whoever "
    "provokes failures reads them one after the other.",
    fix="Log the exception and answer with one general sentence. Messages of your own exceptions may be shown.",
    before=_SHOWN,
    after=_HIDDEN,
    guard=_GUARD,
    language="python",
    lesson="assessment-debug-is-on",
    items=(62,),
)


def errors(observed: Observed) -> list[Answer]:
    """Return the answers that refuse or fail; a failure that is answered with 200 is one too."""
    return observed.where(lambda answer: answer.status >= 400 or answer.case == "error")


def _found(rule: Rule, observed: Observed, words: str, shows: Callable[[Answer], bool]) -> Iterator[Match]:
    among = errors(observed)
    found = [answer for answer in among if shows(answer)]
    if found:
        yield problem(rule, observed.inspected, words, found, among, "error answers")


@checks(DEBUGGER, reads="answers", needs=some(errors))
def debugger(observed: Observed) -> Iterator[Match]:
    """Find pages of the debugger, with and without a console."""
    among = errors(observed)
    found = [answer for answer in among if shows_debugger(answer)]
    if found:
        console = any(map(has_console, found))
        words = "Werkzeug's debugger with a console" if console else "Werkzeug's debugger"
        severity = Severity.CRITICAL if console else None
        yield problem(DEBUGGER, observed.inspected, words, found, among, "error answers", severity=severity)


@checks(TRACEBACK, reads="answers", needs=some(errors))
def tracebacks(observed: Observed) -> Iterator[Match]:
    """Find lines of a traceback outside the debugger."""
    among = errors(observed)
    found = [answer for answer in among if shows_traceback(answer) and not shows_debugger(answer)]
    if found:
        severity = Severity.LOW if _for_users_only(among, found) else None
        yield problem(TRACEBACK, observed.inspected, "A traceback", found, among, "error answers", severity=severity)


def _for_users_only(among: list[Answer], found: list[Answer]) -> bool:
    """Return whether users who are logged in see something that strangers do not see where a view fails for them."""
    return all(answer.user for answer in found) and any(answer.status >= 500 and not answer.user for answer in among)


@checks(ERROR_PATH, reads="answers", needs=some(errors))
def paths(observed: Observed) -> Iterator[Match]:
    """Find paths of the server on pages without a traceback, which has them anyway."""
    app = observed.inspected.app
    yield from _found(
        ERROR_PATH,
        observed,
        "A path of the server",
        lambda answer: shows_path(app, answer) and not shows_traceback(answer) and not shows_debugger(answer),
    )


@checks(EXCEPTION_TEXT, reads="answers", needs=some(errors))
def exceptions(observed: Observed) -> Iterator[Match]:
    """Find the words or the class of an exception on pages without a traceback."""
    yield from _found(
        EXCEPTION_TEXT,
        observed,
        "The words of an exception",
        lambda answer: shows_exception(answer) and not shows_traceback(answer) and not shows_debugger(answer),
    )
