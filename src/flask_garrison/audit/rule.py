"""What a rule is: a message with a stable id, and a small function that finds places.

The message is a constant, ``RULE = Rule(id="headers.some-weakness", ...)``; the function below it is decorated with
``@checks(RULE)`` and yields a :class:`Match` for each place. The engine of the rule's kind decides what it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from ..findings import Confidence, Severity

Subject = TypeVar("Subject")

KINDS = ("runtime", "code", "template", "dependency", "tls", "database", "probe")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """The message of a rule: everything that its findings and its page say.

    Attributes:
        id: ``<chapter>.<kebab-name>``, stable for ever once released.
        kind: What it reads, one of :data:`KINDS`.
        control: Id of the control that it belongs to.
        severity: Of its findings, unless a match says otherwise.
        title: What is wrong, a phrase without a full stop.
        why: What it costs, in sentences.
        fix: What to change, in a sentence or two.
        before: An example that the rule finds.
        after: The same, changed so that it does not.
        language: Of the examples, for the page.
        guard: What Garrison does about it at run time, in sentences.
        allows: The policy setting, a list of endpoints, that lives with the weakness; empty where there is none.
        policy: The policy under which that setting has an effect, as called in Python.
        lesson: Slug of the lab that teaches it, or ``None``.
    """

    id: str
    kind: str
    control: str
    severity: Severity
    confidence: Confidence
    cwe: tuple[int, ...]
    asvs: tuple[str, ...]
    title: str
    why: str
    fix: str
    before: str
    after: str
    guard: str
    language: str = "html"
    allows: str = ""
    policy: str = "Policy"
    lesson: str | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """One place that a rule found.

    Attributes:
        title: What is wrong at this place, a phrase without a full stop.
        severity: Where it differs from the rule's.
        confidence: Where it differs from the rule's.
    """

    title: str
    severity: Severity | None = None
    confidence: Confidence | None = None


@dataclass(frozen=True, slots=True)
class Check(Generic[Subject]):
    """A rule with its function; the engine of the rule's kind calls it with each subject.

    Attributes:
        whole_app: A ``runtime`` rule that is called once, with the Flask application; else with each allowance.
    """

    rule: Rule
    find: Callable[[Subject], Iterable[Match]]
    whole_app: bool = False

    def __call__(self, subject: Subject) -> Iterable[Match]:
        """Return what the rule finds in one subject."""
        return self.find(subject)


def checks(rule: Rule, *, whole_app: bool = False) -> Callable[[Callable[[Subject], Iterable[Match]]], Check[Subject]]:
    """Join a function to its rule, as a decorator; the engine finds it by walking the package ``rules``."""

    def join(find: Callable[[Subject], Iterable[Match]]) -> Check[Subject]:
        return Check(rule, find, whole_app)

    return join
