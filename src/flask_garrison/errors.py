"""The errors of Garrison: a small tree whose members carry their evidence.

Start-up errors are :class:`GarrisonError`. Refusals of a request are :class:`Refusal` *and* Werkzeug HTTP exceptions,
so
that the application's own error handlers render them.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from werkzeug.exceptions import (
    BadRequest,
    Forbidden,
    HTTPException,
    RequestEntityTooLarge,
    ServiceUnavailable,
    TooManyRequests,
    UnprocessableEntity,
    UnsupportedMediaType,
)
from werkzeug.wrappers import Request


class GarrisonError(Exception):
    """Base of every error that Garrison raises outside a request."""


class PolicyError(GarrisonError, ValueError):
    """A setting that is unknown, of the wrong type, out of range, or contradicts another one.

    Attributes:
        key: The setting as the reader wrote it.
        nearest: The closest valid name or value, or ``None``.
    """

    def __init__(self, key: str, problem: str, *, nearest: str | None = None) -> None:
        self.key = key
        self.problem = problem
        self.nearest = nearest
        hint = f" Did you mean {nearest!r}?" if nearest else ""
        super().__init__(f"{key}: {problem}{hint}")


class TargetError(GarrisonError):
    """The application or path under test cannot be loaded."""


class Refusal(HTTPException):
    """What all refusals of a request share; each is also the Werkzeug exception of its status.

    The words for the client are the exception's ``description`` and never name a secret, a user or a setting. What an
    operator needs stands in :attr:`evidence`, which goes into the event.

    Attributes:
        control: Id of the control that refused.
        event: Name in the OWASP logging vocabulary, with its arguments.
        evidence: Details for the operator, such as the line to add to the policy.
        parameter: Name of the input that it is about, never its value; a header's in lower case; may be empty.
        appsensor: Id of the OWASP AppSensor detection point, such as ``"RE7"``; empty where none fits.
    """

    control: str
    event: str
    evidence: Mapping[str, object]
    parameter: str
    appsensor: str

    def __init__(
        self,
        control: str,
        words: str,
        *,
        event: str,
        evidence: Mapping[str, object] | None = None,
        parameter: str = "",
        appsensor: str = "",
    ) -> None:
        super().__init__(words)
        self.control = control
        self.event = event
        self.evidence = dict(evidence or {})
        self.parameter = parameter
        self.appsensor = appsensor


class RefusedForbidden(Refusal, Forbidden):
    """403: the request may not do this from where it came."""


class RefusedMalformed(Refusal, BadRequest):
    """400: the request cannot be understood."""


class RefusedTooLarge(Refusal, RequestEntityTooLarge):
    """413: the request is larger than the policy allows."""


class RefusedMediaType(Refusal, UnsupportedMediaType):
    """415: the body is not of a kind that is accepted here."""


class RefusedTooMany(Refusal, TooManyRequests):
    """429: more requests than the policy allows."""


class ProblemRefusal(Refusal):
    """A refusal with a list of problems; programs get it as a problem document, browsers as a page (RFC 9457).

    Attributes:
        errors: For each problem ``in``, ``pointer`` or ``name``, ``detail`` and ``type``; never a submitted value.
    """

    errors: tuple[Mapping[str, str], ...] = ()

    def get_response(self, environ: Any = None, scope: Any = None) -> Any:
        """Return ``application/problem+json`` unless the client prefers HTML and did not send JSON itself."""
        response = super().get_response(environ, scope)
        if environ is not None and _speaks_json(Request(environ)):
            problem = {"title": self.name, "status": self.code, "detail": self.description, "errors": self.errors}
            response.set_data(json.dumps(problem))
            response.content_type = "application/problem+json"
        return response


class RefusedInvalid(ProblemRefusal, UnprocessableEntity):
    """422: the request is understood, and is not what the view declares."""


class RefusedUnparsable(ProblemRefusal, BadRequest):
    """400: the body of a declared kind cannot be parsed."""


class RefusedBodyType(ProblemRefusal, UnsupportedMediaType):
    """415: the body is not of the kind that the view declares."""


def _speaks_json(request: Request) -> bool:
    kinds = ("application/problem+json", "application/json", "text/html")
    return request.is_json or request.accept_mimetypes.best_match(kinds) != "text/html"


class RefusedUnavailable(Refusal, ServiceUnavailable):
    """503: the service is not set up to answer this safely."""


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """Return the choice most like ``word``, or ``None`` if nothing is like it."""
    matches = difflib.get_close_matches(word, list(choices), n=1, cutoff=0.6)
    return matches[0] if matches else None
