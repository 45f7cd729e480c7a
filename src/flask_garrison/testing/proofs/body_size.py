"""A body beyond every limit is refused before it is read."""

from __future__ import annotations

from collections.abc import Iterator

from ..hole import Hole
from ..subject import Subject

CONTROL = "inputs.body-limits"
_CLAIMED = 1 << 41
"""Two tebibytes: twice what a policy can allow. Only the length is sent, not the bytes."""


def prove(subject: Subject) -> Iterator[Hole]:
    """Claim a body that is too large on every route that takes one; the view would read what it is given."""
    subject.behaviour = "body"
    for rule, path in subject.routes():
        for method in sorted((rule.methods or set()) & {"POST", "PUT", "PATCH"}):
            subject.bodies.clear()
            claim = {"CONTENT_LENGTH": str(_CLAIMED), "HTTP_SEC_FETCH_SITE": "same-origin"}
            response = subject.ask(
                path, method, environ_overrides=claim, content_type="application/x-www-form-urlencoded"
            )
            if subject.bodies or response.status_code != 413:
                what = f"a body of {_CLAIMED} bytes was not refused ({response.status_code})"
                mend = f"modes={{'{CONTROL}': 'enforce'}}, or MAX_CONTENT_LENGTH"
                yield Hole(CONTROL, f"{method} {rule.rule}", what, mend, rule.endpoint)
    subject.behaviour = "page"
