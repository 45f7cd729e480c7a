"""Texts of exceptions in answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ....findings import Confidence, Severity
from ...code.events import Answer, Call, Sighting
from ...code.interpreter.expressions import reach
from ...code.models.exceptions import SOFT
from ...code.values.taint import Use
from ...code.values.value import Value
from ...rule import Match, Rule, checks

EXCEPTION_TEXT = Rule(
    id="assessment.exception-text",
    kind="code",
    control="assessment.error-pages",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(209,),
    asvs=("V16.5.1",),
    title="An answer shows the text of an exception or a traceback",
    why="The text was written for those who run the application: it names tables and statements, paths, hosts behind "
    "the firewall, sometimes values of others. It tells an attacker how far an attempt got.",
    fix="Log the exception under a reference, and answer with words of your own and that reference.",
    before="except Exception as error:\n    return jsonify(error=str(error)), 500",
    after='except Exception:\n    app.logger.exception("booking failed")\n'
    '    return jsonify(error="The booking failed."), 500',
    guard="Garrison replaces the pages of errors that nobody handles; an answer that a view makes is the view's.",
    language="python",
    lesson="assessment-debug-is-on",
)

_TITLE: Final = "The answer shows {} to the client"


@checks(EXCEPTION_TEXT, reads="answer")
def answered(answer: Answer) -> Iterator[Match]:
    """``return jsonify(error=str(error))``."""
    yield from _shown(answer, [answer.body])


@checks(
    EXCEPTION_TEXT,
    reads="call",
    of=("flask.render_template", "flask.render_template_string", "flask.flash", "flask.abort"),
    by_client=True,
)
def shown(call: Call) -> Iterator[Match]:
    """``render_template("failed.html", error=error)``, ``flash(str(error))``, ``abort(400, str(error))``."""
    if call.machine.entry is not None:
        yield from _shown(call, call.values)


def _shown(sighting: Sighting, values: list[Value]) -> Iterator[Match]:
    for value in values:
        taint, step = reach(sighting.machine, value)
        if taint & Use.DETAIL:
            told = step is not None and step.label.startswith(("the text", "a trace"))
            label = step.label if step is not None and told else "an exception"
            # Where the path leads elsewhere, it is one of several things that the answer may be.
            soft = label == SOFT or not told
            # A message on a page that the user came from, in most applications an administrator.
            light = label == SOFT or (isinstance(sighting, Call) and sighting.path == "flask.flash")
            yield sighting.flow(
                Value(Use.DETAIL, step=step),
                Use.DETAIL,
                _TITLE.format(label),
                severity=Severity.LOW if light else None,
                confidence=Confidence.LOW if soft else None,
            )
            return
