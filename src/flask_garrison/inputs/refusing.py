"""Tells the client and the operator what is wrong: names and kinds, never a value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn

from ..context import SecurityContext
from ..errors import ProblemRefusal, RefusedBodyType, RefusedInvalid, RefusedUnparsable
from ..events import Outcome, name_with, record
from ..guard.body_limits import RefusedEncoding
from .problems import DUPLICATE, MISSING, UNKNOWN, Problem
from .unknown_keys import CONTROL as MASS_ASSIGNMENT

SCHEMAS = "inputs.schemas"
_LIMIT = 20
_ENCODED = "content_encoding"
_EXPECTED = {"form": "A form is expected here.", "json": "JSON is expected here."}
# OWASP AppSensor: additional or duplicated data, missing data, unexpected encoding; else violation of an allow list.
_DETECTION_POINTS = {UNKNOWN: "RE5", DUPLICATE: "RE5", MISSING: "RE6", _ENCODED: "EE2"}


class RefusedEncodedBody(RefusedBodyType, RefusedEncoding):
    """415: the body of a declared kind is encoded in a way that is not decoded here."""


def tell(context: SecurityContext, problems: Sequence[Problem], outcome: Outcome, status: int | None = None) -> None:
    """Record what is wrong as one event; an unknown key is what it is about if there is one."""
    first = next((item for item in problems if item.kind == UNKNOWN), problems[0])
    found = [{"in": item.part, "type": item.kind, "name": item.parameter} for item in problems[:_LIMIT]]
    record(
        context,
        _event(problems),
        control=MASS_ASSIGNMENT if first.kind == UNKNOWN else SCHEMAS,
        outcome=outcome,
        status=status,
        parameter=first.parameter,
        appsensor=_DETECTION_POINTS.get(first.kind, "IE2"),
        detail={"problems": found, "count": len(problems)},
    )


def _event(problems: Sequence[Problem]) -> str:
    names = dict.fromkeys(item.parameter or item.part for item in problems)
    return name_with("input_validation_fail", *list(names)[:_LIMIT])


def refuse_invalid(context: SecurityContext, problems: Sequence[Problem]) -> NoReturn:
    """Refuse with 422 and up to twenty problems."""
    tell(context, problems, "refused", RefusedInvalid.code)
    _raise(RefusedInvalid, problems)


def refuse_body_type(context: SecurityContext, part: str) -> NoReturn:
    """Refuse with 415: the body is not of the declared kind."""
    problems = (Problem(part, "content_type", (), _EXPECTED[part]),)
    tell(context, problems, "refused", RefusedBodyType.code)
    _raise(RefusedBodyType, problems)


def refuse_encoding(context: SecurityContext) -> NoReturn:
    """Refuse with 415: the body is said to be compressed or encoded otherwise, and nobody has decoded it."""
    words = "JSON is accepted without a content encoding only."
    problems = (Problem("headers", _ENCODED, ("content-encoding",), words),)
    tell(context, problems, "refused", RefusedEncodedBody.code)
    _raise(RefusedEncodedBody, problems)


def refuse_unparsable(context: SecurityContext, part: str) -> NoReturn:
    """Refuse with 400: the body is said to be JSON and is not."""
    problems = (Problem(part, "json_invalid", (), "This is not JSON."),)
    tell(context, problems, "refused", RefusedUnparsable.code)
    _raise(RefusedUnparsable, problems)


def _raise(kind: type[ProblemRefusal], problems: Sequence[Problem]) -> NoReturn:
    shown = problems[:_LIMIT]
    control = MASS_ASSIGNMENT if any(item.kind == UNKNOWN for item in problems) else SCHEMAS
    refusal = kind(control, _words(shown), event=_event(problems))
    refusal.errors = tuple(item.as_dict() for item in shown)
    # What a validator raised holds what was sent, and a traceback would show it.
    raise refusal from None


def _words(problems: Sequence[Problem]) -> str:
    places = dict.fromkeys(f"{'.'.join(map(str, item.location)) or item.part}: {item.detail}" for item in problems)
    return "\n".join(("What was sent is not accepted.", *places))
