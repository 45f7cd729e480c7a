"""What a rule is: a message with a stable id, and a small function that finds places.

The message is a constant, ``RULE = Rule(id="headers.some-weakness", ...)``; the function below it is decorated with
``@checks(RULE, reads=...)`` and yields a :class:`Match` for each place, or :class:`Unchecked` where it could not look.
The engine of what it reads decides what it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from ..findings import Confidence, Evidence, Severity

Subject = TypeVar("Subject")

KINDS = ("runtime", "code", "template", "dependency", "tls", "database", "probe")
Reads = Literal[
    "tag",
    "allowance",
    "suppression",
    "app",
    "answers",
    "call",
    "named",
    "comparison",
    "setting",
    "lookup",
    "answer",
    "emission",
    "assertion",
    "definition",
    "labelled",
    "views",
    "configured",
]
"""What a rule's function is given: a tag of a template, an ``allow_insecure_`` of the policy, an entry of
``garrison.toml``, the application (:class:`.inspected.Inspected`), or its answers (:class:`.observed.Observed`); of
code what the interpreter comes by (:mod:`.code.events`), or the views of the whole project (:mod:`.code.views`)."""


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
        items: Numbers of the items in ``docs/runtime-coverage.md`` that it answers.
        of_machine: It is about the machine of the run, so that its finding comes and goes with that.
        seen_by: Ids of rules on answers that find the same where it takes effect; theirs is then the only finding.
        tested_by: Ids of rules on answers that try what this one concludes; where one of them looked, it decides.
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
    items: tuple[int, ...] = ()
    of_machine: bool = False
    seen_by: tuple[str, ...] = ()
    tested_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """One place that a rule found.

    Attributes:
        title: What is wrong at this place, a phrase without a full stop.
        severity: Where it differs from the rule's.
        confidence: Where it differs from the rule's.
        subject: What the fingerprint is made of besides the rule: no number that changes by itself. Empty: the title.
        route: The rule as in ``url_map``, where it is about one.
        path: File as a user opens it, where it is about one.
        evidence: What shows it. Empty: the title, as configuration.
        fix: The exact change for this place, where the rule's words can be more exact; they follow it.
    """

    title: str
    severity: Severity | None = None
    confidence: Confidence | None = None
    subject: str = ""
    route: str | None = None
    method: str | None = None
    path: str | None = None
    line: int | None = None
    evidence: tuple[Evidence, ...] = ()
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Unchecked:
    """Something that a rule should have looked at and could not.

    Attributes:
        what: The setting, file, connection or route.
        reason: Why, in words.
        how_to_include: What the user can do about it.
    """

    what: str
    reason: str
    how_to_include: str


@dataclass(frozen=True, slots=True)
class Judged:
    """What is said of something that can change: it replaces what the rule said of it before.

    Attributes:
        slot: What it is said of, such as a setting or an object and its attribute.
        match: What was found, or ``None`` where it is as it should be.
    """

    slot: Hashable
    match: Match | None = None


Result = Match | Unchecked | Judged


@dataclass(frozen=True, slots=True)
class Check(Generic[Subject]):
    """A rule with its function; the engine calls it with each subject.

    Attributes:
        reads: What the subject is.
        of: For calls: the paths that it wants to hear of; ``?.name`` is a method of something unknown, ``*`` any call.
        by_client: Whether it finds nothing but what a client's data reach, so that code which no client reaches need
            not be run for it.
        needs: Whether there is anything to look at; where it says no, the rule is *not applicable*, which is not
            *passed*. ``None``: always.
    """

    rule: Rule
    find: Callable[[Subject], Iterable[Result]]
    reads: Reads
    needs: Callable[[Subject], bool] | None = None
    of: tuple[str, ...] = ()
    by_client: bool = False

    def __call__(self, subject: Subject) -> Iterable[Result]:
        """Return what the rule finds in one subject."""
        return self.find(subject)


def checks(
    rule: Rule,
    *,
    reads: Reads,
    needs: Callable[[Any], bool] | None = None,
    of: Iterable[str] = (),
    by_client: bool = False,
) -> Callable[[Callable[[Subject], Iterable[Result]]], Check[Subject]]:
    """Join a function to its rule, as a decorator; the engine finds it by walking the package ``rules``."""

    def join(find: Callable[[Subject], Iterable[Result]]) -> Check[Subject]:
        return Check(rule, find, reads, needs, tuple(of), by_client)

    return join
