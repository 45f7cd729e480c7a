"""How a limit is told: 429 with ``Retry-After``, and the ``RateLimit`` fields.

The fields follow draft-ietf-httpapi-ratelimit-headers-10: Structured Field lists whose items are the limits' names,
with ``q`` (quota) and ``w`` (window in seconds), and ``r`` (remaining) and ``t`` (seconds until there is more).
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence

from flask import Response

from ...context import SecurityContext
from ...errors import RefusedTooMany
from ..outgoing import add
from .windows import Limit, Window

WORDS = "There were too many attempts. Please try again later."
_WAIT = "_garrison_retry_after"
_FIELDS = frozenset({"ratelimit", "ratelimit-policy"})


def refusal_of(control: str, wait: int, *, event: str, evidence: Mapping[str, object] | None = None) -> RefusedTooMany:
    """Return a 429 that says when to come back, and nothing of whom or what was counted.

    Args:
        wait: Seconds, at least one.
    """
    refusal = RefusedTooMany(control, WORDS, event=event, evidence=evidence)
    refusal.retry_after = wait
    return refusal


def ask_to_wait(context: SecurityContext, wait: int) -> None:
    """Remember for the answer how long to wait: an error handler of the app's may render the refusal without it."""
    vars(context.request)[_WAIT] = wait


def state_wait(context: SecurityContext, response: Response) -> None:
    """Write ``Retry-After`` if the request was refused by a limit."""
    wait = vars(context.request).get(_WAIT)
    if wait is not None:
        response.headers["Retry-After"] = str(wait)


def state_limits(context: SecurityContext, response: Response, stated: Sequence[tuple[Limit, Window]]) -> None:
    """Write ``RateLimit-Policy`` and ``RateLimit``, unless the application wrote its own."""
    if not context.own_headers.isdisjoint(_FIELDS):
        return
    # Names of limits are what the policy checked, and the rest are numbers.
    policy = _policy_of(tuple([limit for limit, _ in stated]))
    left = ", ".join([window.stated(limit) for limit, window in stated])
    add(response.headers, [("RateLimit-Policy", policy), ("RateLimit", left)])


@functools.lru_cache(maxsize=256)
def _policy_of(limits: tuple[Limit, ...]) -> str:
    return ", ".join([f'"{limit.text}";q={limit.amount};w={limit.seconds}' for limit in limits])
