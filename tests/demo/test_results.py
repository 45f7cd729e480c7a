"""A demo that proves nothing says so."""

from __future__ import annotations

from flask_garrison.demo.results import DemoResult, Outcome, Row
from flask_garrison.events import SecurityEvent

DONE = Outcome(True, "done")
FAILED = Outcome(False, "not done")
UNTRIED = Outcome(False, "", error="TimeoutError: no page")


def problems(*attacks: Row, honest: tuple[Row, ...] = ()) -> tuple[str, ...]:
    return DemoResult(attacks, honest, "", 1.0, "events.jsonl").problems


def test_a_stopped_attack_is_no_problem() -> None:
    assert problems(Row("a", "A", DONE, FAILED)) == ()


def test_an_attack_that_does_not_work_on_the_bare_app_proves_nothing() -> None:
    assert problems(Row("a", "A", FAILED, FAILED)) == ("A: it does not work on the bare app, so it proves nothing.",)


def test_an_attack_that_was_not_stopped_is_a_problem_unless_it_is_a_named_gap() -> None:
    assert problems(Row("a", "A", DONE, DONE)) == ("A: it was not stopped.",)
    assert problems(Row("a", "A", DONE, DONE, gap="assessment.error-pages")) == ()


def test_what_could_not_be_tried_does_not_count_as_stopped() -> None:
    (problem,) = problems(Row("a", "A", DONE, UNTRIED))
    assert problem == "A: it could not be tried on the guarded app (TimeoutError: no page)."


def test_a_broken_honest_visit_is_a_problem_on_either_app() -> None:
    assert problems(honest=(Row("h", "H", FAILED, DONE),)) == ("H: it fails on the bare app.",)
    assert problems(honest=(Row("h", "H", DONE, FAILED),)) == ("H: it fails on the guarded app.",)


def test_a_refusal_during_an_honest_visit_is_a_problem() -> None:
    event = SecurityEvent(event="authz_fail", control="inputs.csrf", outcome="refused", app="notes")
    (problem,) = problems(honest=(Row("h", "H", DONE, Outcome(True, "done", events=(event,))),))
    assert problem == "H: Garrison refused a part of it."
