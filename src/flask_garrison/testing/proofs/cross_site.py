"""A page of another site must not change anything, on whatever route and with whatever method."""

from __future__ import annotations

from collections.abc import Iterator

from ..clients import EVIL
from ..hole import Hole
from ..subject import Subject

CONTROL = "inputs.csrf"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_HEADERS = {"Sec-Fetch-Site": "cross-site", "Origin": EVIL}


def prove(subject: Subject) -> Iterator[Hole]:
    """Send a cross-site request with each state-changing method of each route, in three ways.

    As a browser of today, as one without Fetch Metadata, and as one that states nothing but its cookies.
    """
    for rule, path in subject.routes():
        for method in sorted((rule.methods or set()) - _SAFE):
            if not _refused(subject, path, method):
                mend = (
                    "the guard is off or observes; set modes={'inputs.csrf': 'enforce'}, and take the endpoint out of "
                    "allow_insecure_csrf or name it in except_for with a reason"
                )
                what = f"a request of {EVIL} reached the view"
                yield Hole(CONTROL, f"{method} {rule.rule}", what, mend, rule.endpoint)


def _refused(subject: Subject, path: str, method: str) -> bool:
    subject.reached.clear()
    for headers in (_HEADERS, {"Origin": EVIL}, {}):
        subject.ask(path, method, headers={**headers, "Cookie": "session=of-the-victim"})
    return not subject.reached
