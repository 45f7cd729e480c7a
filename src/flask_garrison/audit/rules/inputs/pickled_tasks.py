"""Workers that run what a message contains, before they look at which task it is."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence, Severity
from ...facts.tasks import celery_of
from ...inspected import Inspected
from ...rule import Match, Rule, checks

_RUN = frozenset({"pickle", "application/x-python-serialize"})

RULE = Rule(
    id="inputs.pickled-tasks",
    kind="runtime",
    control="inputs.deserialisation",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(502,),
    asvs=("V1.5.2",),
    title="Workers load tasks as pickles",
    why="A worker that accepts pickles runs whatever a message contains before it looks at the task's name. Who can "
    "write one message to the broker runs code on every worker.",
    fix="Accept JSON only, and send JSON.",
    before='celery.conf.accept_content = ["json", "pickle"]',
    after='celery.conf.accept_content = ["json"]',
    guard="Nothing yet. A sensor for loaded pickles comes in a later version.",
    language="python",
    lesson="dependencies-pickle-in-a-cookie",
    items=(133,),
)


def _has_tasks(inspected: Inspected) -> bool:
    return celery_of(inspected) is not None


@checks(RULE, reads="app", needs=_has_tasks)
def pickled_tasks(inspected: Inspected) -> Iterator[Match]:
    """Find what Celery, asked for its configuration, accepts as tasks and as results."""
    conf = celery_of(inspected).conf
    if _RUN & set(conf.accept_content or ()):
        yield Match("Celery accepts pickles as tasks", subject="accept_content")
    # Where results have no list of their own, that of tasks counts for them too.
    if _RUN & set(conf.result_accept_content or ()):
        yield Match("Celery accepts pickles as results", severity=Severity.MEDIUM, subject="result_accept_content")
