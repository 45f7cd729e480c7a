"""Failures that are not called one, requests that fail instead of being refused, and secrets in any answer."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence, Severity
from ....guard.error_pages.secret_values import SecretValues
from ....target.answers import Answer
from ...answers.leaks import secrets_in
from ...answers.selection import is_redirect, problem, some
from ...observed import Observed
from ...rule import Match, Rule, checks

_BAD_INPUT = ("not-found", "method", "too-large", "media-type", "host")

ERROR_AS_SUCCESS = Rule(
    id="assessment.error-called-success",
    kind="runtime",
    control="assessment.error-pages",
    severity=Severity.LOW,
    confidence=Confidence.PROVED,
    cwe=(390, 755),
    asvs=("V16.5.3",),
    title="A failure is answered as success",
    why="Programs take the answer for good and go on, caches keep it, and monitoring that counts 500 sees nothing of "
    "an attack that provokes failures.",
    fix="Return the status with the page: return page, 500.",
    before='@app.errorhandler(Exception)\ndef failed(error):\n    return render_template("sorry.html")',
    after='@app.errorhandler(Exception)\ndef failed(error):\n    app.logger.exception("failed")\n'
    '    return render_template("sorry.html"), 500',
    guard="It records the exception as an event; the answer is the application's.",
    language="python",
    items=(62, 63),
)
BAD_INPUT_FAILS = Rule(
    id="assessment.bad-input-fails",
    kind="runtime",
    control="assessment.error-pages",
    severity=Severity.LOW,
    confidence=Confidence.PROVED,
    cwe=(20, 755),
    asvs=("V16.5.3",),
    title="A bad request makes the application fail",
    why="What a stranger sends wrongly should be refused with 4xx. A failure fills the log, wakes somebody up, and "
    "shows that nobody thought of this input.",
    fix="Refuse it: abort(400), or an error handler for HTTPException that keeps the status.",
    before='@app.errorhandler(Exception)\ndef failed(error):\n    return "Something went wrong.", 500',
    after="@app.errorhandler(Exception)\ndef failed(error):\n    if isinstance(error, HTTPException):\n"
    "        return error\n"
    '    return "Something went wrong.", 500',
    guard="It refuses malformed requests before a view is called; its refusals pass the application's handlers.",
    language="python",
    items=(6, 62),
)
SECRET_SHOWN = Rule(
    id="assessment.secret-in-answer",
    kind="runtime",
    control="assessment.error-pages",
    severity=Severity.HIGH,
    confidence=Confidence.PROVED,
    cwe=(200, 209, 522),
    asvs=("V13.3.1", "V16.5.1"),
    title="An answer shows the value of a secret setting",
    why="Whoever reads it has the key or the password. With SECRET_KEY (severity critical) he signs any session.",
    fix="Take it out of the answer, and change the secret: it has been seen.",
    before="return dict(app.config)",
    after='return {"version": app.config["VERSION"]}',
    guard="It replaces error answers that show one. It does not read the others.",
    language="python",
    lesson="assessment-debug-is-on",
    items=(30, 62),
)


def _failures(observed: Observed) -> list[Answer]:
    return observed.where(lambda answer: answer.case == "error")


@checks(ERROR_AS_SUCCESS, reads="answers", needs=some(_failures))
def called_success(observed: Observed) -> Iterator[Match]:
    """Find provoked failures that were answered with a status of success; a redirect to an error page is left alone."""
    answers = _failures(observed)
    found = [answer for answer in answers if answer.status < 400 and not is_redirect(answer)]
    if found:
        words, noun = "A status of success", "provoked failures"
        yield problem(ERROR_AS_SUCCESS, observed.inspected, words, found, answers, noun)


def _bad_requests(observed: Observed) -> list[Answer]:
    return observed.where(lambda answer: answer.case in _BAD_INPUT)


@checks(BAD_INPUT_FAILS, reads="answers", needs=some(_bad_requests))
def bad_input(observed: Observed) -> Iterator[Match]:
    """Find requests that should be refused and made the application fail."""
    answers = _bad_requests(observed)
    found = [answer for answer in answers if answer.status in (500, 502, 504)]
    if found:
        words, noun = "A failure", "requests that should be refused"
        yield problem(BAD_INPUT_FAILS, observed.inspected, words, found, answers, noun)


@checks(SECRET_SHOWN, reads="answers")
def secret_shown(observed: Observed) -> Iterator[Match]:
    """Find values of secret settings in any answer, one finding for each setting."""
    secrets = SecretValues(observed.inspected.app)
    shown = [(answer, secrets_in(secrets, answer)) for answer in observed.answers]
    for setting in sorted({setting for _, settings in shown for setting in settings}):
        found = [answer for answer, settings in shown if setting in settings]
        severity = Severity.CRITICAL if setting.startswith("SECRET_KEY") else None
        words = f"The value of {setting}"
        yield problem(SECRET_SHOWN, observed.inspected, words, found, observed.answers, "answers", severity=severity)
