"""Control ``access.login-throttle``: failed logins, tokens and codes are limited by account and by client.

An attempt takes its place under every limit when it comes in and gives it back when it succeeds, so that guesses sent
at the same time cannot pass a limit together. What is refused is the next attempt where attempts are made, and nothing
else.
"""

from __future__ import annotations

import time
from typing import NamedTuple

from flask import Response

from ..context import Principal, SecurityContext
from ..events import Words, name_with, record
from ..policy import Mode
from .gate import Gate, refuse
from .limits.answers import ask_to_wait, refusal_of, state_wait
from .limits.attempts import Attempt, LoginPages
from .limits.credentials import accounts_in
from .limits.keys import client_of, hashed
from .limits.once import OncePerWindow
from .limits.outcomes import Outcome, outcome_of
from .limits.store import Store
from .limits.windows import Limit, limit_of
from .proxies import client_is_vouched

CONTROL = "access.login-throttle"
_ATTEMPTS = "_garrison_attempts"
_DENIED = (401, 403)


class Count(NamedTuple):
    """One limit and the key under which an attempt is counted.

    Attributes:
        by_client: The client is part of the key.
        cleared: A success forgets the failures before it.
    """

    limit: Limit
    key: str
    by_client: bool
    cleared: bool


def install(gate: Gate) -> None:
    """Count attempts to log in; refuse the next one of an account or client that failed too often."""
    mode = gate.mode(CONTROL)
    if mode == "off":
        return
    throttle = Throttle(Store(gate.policy, CONTROL, mode, time.monotonic), mode)
    gate.arrivals.append(throttle.arrive)
    gate.departures.append(throttle.depart)


class Throttle:
    """Counts the failed logins of one application."""

    def __init__(self, store: Store, mode: Mode) -> None:
        self._store = store
        self._mode = mode
        self._pages = LoginPages()
        self._once = OncePerWindow()

    def arrive(self, context: SecurityContext) -> None:
        """See whether the request is an attempt; reserve its places or refuse it."""
        attempts = self._pages.expect(context, may_read=self._mode == "enforce")
        if not attempts:
            return
        vars(context.request)[_ATTEMPTS] = attempts
        for attempt in attempts:
            if attempt.basic:
                self._look(context, attempt)
            elif attempt.reserved:
                self._reserve(context, attempt)

    def depart(self, context: SecurityContext, response: Response) -> None:
        """Judge what became of an attempt."""
        attempts: list[Attempt] = vars(context.request).pop(_ATTEMPTS, None) or []
        if attempts and self._mode == "enforce":
            state_wait(context, response)
        failed = [self._judge(context, response, attempt) for attempt in attempts]
        if response.status_code in _DENIED and not context.refused and not any(failed):
            # Denied elsewhere: said, and never counted, since honest pages ask for what their visitor may not see.
            name = name_with("authz_fail", "", context.endpoint)
            record(context, name, control=CONTROL, outcome="allowed", status=response.status_code)

    def _judge(self, context: SecurityContext, response: Response, attempt: Attempt) -> bool:
        """Settle an attempt, and return whether it failed."""
        if attempt.basic:
            return self._settle_basic(context, response, attempt)
        return self._pages.recognise(context, attempt) and self._settle(context, response, attempt)

    def _look(self, context: SecurityContext, attempt: Attempt) -> None:
        """Refuse Basic credentials where too many failed; a page that never asked for any is not concerned."""
        if not self._pages.asks_for_basic(context):
            return
        for count in _counts(context, attempt):
            if not self._store.has_room(context, count.limit, count.key):
                self._refuse(context, count)

    def _reserve(self, context: SecurityContext, attempt: Attempt) -> None:
        for count in _counts(context, attempt):
            if self._store.hit(context, count.limit, count.key):
                attempt.taken.append(count)
            else:
                self._refuse(context, count, attempt)

    def _refuse(self, context: SecurityContext, count: Count, attempt: Attempt | None = None) -> None:
        mode: Mode = "observe" if count.by_client and not client_is_vouched(context) else self._mode
        if mode == "observe" and not self._once.is_new(f"{context.endpoint} {count.limit.text}", count.limit.seconds):
            return
        wait = self._store.look(context, count.limit, count.key).wait(count.limit)
        event = name_with("authn_login_fail_max", count.key[:16], str(count.limit.amount))
        evidence = {"limit": Words(count.limit.text), "advice": Words(_ADVICE)}
        if mode == "enforce":
            ask_to_wait(context, wait)
            self._give_back(context, attempt)
        refusal = refusal_of(CONTROL, wait, event=event, evidence=evidence)
        # Many attempts of one client, or many that failed for one account.
        refusal.appsensor = "AE3" if count.by_client and not count.cleared else "AE2"
        refuse(context, mode, refusal)

    def _give_back(self, context: SecurityContext, attempt: Attempt | None) -> None:
        while attempt is not None and attempt.taken:
            count = attempt.taken.pop()
            self._store.give_back(context, count.limit, count.key)

    def _settle(self, context: SecurityContext, response: Response, attempt: Attempt) -> bool:
        outcome = outcome_of(context, response, attempt.before, link=attempt.link)
        if outcome is Outcome.FAILURE:
            self._count_late(context, attempt)
            self._tell_failure(context, attempt)
            return True
        if outcome is Outcome.SUCCESS:
            self._forget(context, attempt)
        self._give_back(context, attempt)
        return False

    def _settle_basic(self, context: SecurityContext, response: Response, attempt: Attempt) -> bool:
        if response.status_code != 401 or context.refused:
            return False
        self._pages.remember_basic(context)
        self._count_late(context, attempt)
        self._tell_failure(context, attempt)
        return True

    def _count_late(self, context: SecurityContext, attempt: Attempt) -> None:
        """Count a failure that was not expected when the request came in."""
        if attempt.reserved:
            return
        for count in _counts(context, attempt):
            if not self._store.hit(context, count.limit, count.key, late=True) and self._mode == "observe":
                self._refuse(context, count)

    def _forget(self, context: SecurityContext, attempt: Attempt) -> None:
        """Forget the failures of this account from this client; those of all clients together stay.

        Not where several accounts are named: an attacker would name a victim beside an account of their own.
        """
        if len(attempt.accounts(context, accounts_in)) != 1:
            return
        retries = 0
        for count in _counts(context, attempt):
            if count.cleared:
                weight = self._store.look(context, count.limit, count.key).weight(count.limit)
                retries = max(retries, weight - int(attempt.reserved))
                self._store.clear(context, count.limit, count.key)
        attempt.taken = [count for count in attempt.taken if not count.cleared]
        if retries > 0:
            name = name_with("authn_login_successafterfail", _who(context, attempt), str(retries))
            record(context, name, control=CONTROL, outcome="allowed")

    def _tell_failure(self, context: SecurityContext, attempt: Attempt) -> None:
        record(context, name_with("authn_login_fail", _who(context, attempt)), control=CONTROL, outcome="allowed")


_ADVICE = "If an office behind one address is refused, raise the limit: failed_logins_per_client='200 per 15 minutes'."


def _who(context: SecurityContext, attempt: Attempt) -> str:
    """Return a keyed hash for the account that was tried: what people type there is personal, and may be a password."""
    accounts = attempt.accounts(context, accounts_in)
    return hashed(context.app, "account", *accounts)[:16] if accounts else ""


def _counts(context: SecurityContext, attempt: Attempt) -> list[Count]:
    policy = context.policy
    per_account = limit_of(policy.failed_logins_per_account)
    if attempt.before is not None:
        # Not cleared by a success: guess nine times, log in as yourself, guess again.
        return [Count(per_account, _principal_key(context, attempt.before), False, False)]
    anywhere = limit_of(policy.failed_logins_per_account_anywhere)
    per_client = limit_of(policy.failed_logins_per_client)
    client = client_of(context)
    counts = [Count(per_client, hashed(context.app, CONTROL, "client", client), True, False)]
    for account in attempt.accounts(context, accounts_in):
        counts.append(Count(per_account, hashed(context.app, CONTROL, "pair", account, client), True, True))
        counts.append(Count(anywhere, hashed(context.app, CONTROL, "account", account), False, False))
    return counts


def _principal_key(context: SecurityContext, principal: Principal) -> str:
    return hashed(context.app, CONTROL, "principal", principal.id)
