"""The requests that are measured, and how a visitor comes to send them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from .visitor import FORM_TYPE, NAVIGATION, SCRIPT_CALL, STYLESHEET, Application, Prepared, Visitor

FIELDS = {f"field_{number}": f"Some value, as people type it ({number})" for number in range(15)}
ITEMS = {"items": [{"id": number, "name": f"Item number {number}", "tags": ["a", "b"]} for number in range(36)]}
_PRIMING = 3


class HonestRequestError(AssertionError):
    """An honest request was not answered as it should be: the side cannot be compared."""


@dataclass(frozen=True, slots=True)
class Workload:
    """One kind of request.

    Attributes:
        name: A word for JSON and child processes.
        status: The status that every side must answer.
        shows: What the body must contain, so that each side does the same work.
        form: The fields of a form; JSON is in ``body``.
    """

    name: str
    method: str
    path: str
    status: int
    shows: bytes
    headers: Mapping[str, str]
    form: Mapping[str, str] | None = None
    body: bytes = b""

    def request_of(self, visitor: Visitor, token: str) -> Prepared:
        """Return the request as ``visitor`` would send it; ``token`` is Flask-WTF's, or empty."""
        if self.form is not None:
            fields = {**self.form, "csrf_token": token} if token else self.form
            return visitor.prepare(self.method, self.path, self.headers, urlencode(fields).encode(), FORM_TYPE)
        if self.body:
            headers = {**self.headers, "X-CSRFToken": token} if token else self.headers
            return visitor.prepare(self.method, self.path, headers, self.body, "application/json")
        return visitor.prepare(self.method, self.path, self.headers)


WORKLOADS: dict[str, Workload] = {
    workload.name: workload
    for workload in (
        Workload("page", "GET", "/page", 200, b"Product &lt;10&gt;", NAVIGATION),
        Workload("json", "GET", "/api", 200, b'"total":10', SCRIPT_CALL),
        Workload("sqlite", "GET", "/orders", 200, b"Customer 3", NAVIGATION),
        Workload("form", "POST", "/profile", 303, b"/page", NAVIGATION, form=FIELDS),
        Workload(
            "post_json",
            "POST",
            "/items",
            201,
            b'"stored":36',
            SCRIPT_CALL,
            body=json.dumps(ITEMS).encode(),
        ),
        Workload("account", "GET", "/account", 200, b"Welcome back, Ada", NAVIGATION),
        Workload("static", "GET", "/static/app.css", 200, b".product-49", STYLESHEET),
    )
}
"""Every workload by name, in the order of the tables."""


def log_in(app: Application, visitor: Visitor) -> None:
    """Log the visitor in, as a browser would: from a page that may carry a token."""
    token = visitor.get(app, "/page").token()
    fields = {"user": "7", **({"csrf_token": token} if token else {})}
    answer = visitor.post(app, "/login", urlencode(fields).encode())
    if answer.status != 303:
        raise HonestRequestError(f"An honest login was answered {answer.status}.")


def prepare_all(app: Application) -> dict[str, Prepared]:
    """Return every workload's request of one logged-in visitor, with the cookies that the side itself issued.

    Each is sent a few times first, until cookies, tokens and caches are those of a visitor who was here before.

    Raises:
        HonestRequestError: if one is not answered as it should be.
    """
    visitor = Visitor()
    log_in(app, visitor)
    requests: dict[str, Prepared] = {}
    for workload in WORKLOADS.values():
        for _ in range(_PRIMING):
            token = visitor.get(app, "/page").token()
            requests[workload.name] = workload.request_of(visitor, token)
            _expect(workload, app, visitor, requests[workload.name])
        # What is repeated later must be accepted more than once.
        _expect(workload, app, visitor, requests[workload.name])
    return requests


def _expect(workload: Workload, app: Application, visitor: Visitor, request: Prepared) -> None:
    answer = visitor.send(app, request)
    if answer.status != workload.status or workload.shows not in answer.body:
        raise HonestRequestError(
            f"{workload.name}: {workload.method} {workload.path} was answered {answer.status} "
            f"instead of {workload.status}, or without {workload.shows.decode()!r}."
        )
