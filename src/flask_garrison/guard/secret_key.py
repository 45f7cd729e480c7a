"""Control ``access.secret-key``: a weak, short, known or missing secret key does not start.

Whoever knows or guesses the key writes any session: OWASP ASVS 5.0, V11.2.3 and V13.3.1. Under a command line, and in
tests, an application without a good key must still load; what was let through for that never serves strangers.
"""

from __future__ import annotations

import logging
from typing import Any

from flask import Flask

from ..context import SecurityContext
from ..errors import PolicyError, RefusedUnavailable
from ..events import Outcome, Words, name_with
from .addresses import is_loopback_peer
from .gate import Gate, refuse
from .notices import Notices
from .secret_strength import COMMAND, MISSING, Flaw, flaws_of

CONTROL = "access.secret-key"
WORDS = "This service is not ready to answer."
_FORWARDED = ("X-Forwarded-For", "X-Real-IP")
_log = logging.getLogger("flask_garrison")


def install(gate: Gate) -> None:
    """Judge the keys now, and again at the first request and whenever they change.

    Raises:
        PolicyError: in enforce, unless a command line loads the application or ``TESTING`` is set.
    """
    mode = gate.mode(CONTROL)
    if mode == "off":
        return
    watch = _Watch(gate)
    if watch.flaws and mode == "enforce" and not (gate.app.config["TESTING"] or is_under_cli()):
        raise PolicyError(watch.flaws[0].setting, advice(watch.flaws))
    watch.warn()
    gate.arrivals.append(watch.arrive)


def advice(flaws: tuple[Flaw, ...]) -> str:
    """Return what is wrong and what to do, in words that hold no key and follow the first flaw's setting."""
    first, *others = flaws
    words = [f"{first.problem}.", *(f"{flaw}." for flaw in others), f"Make one with: {COMMAND}"]
    if first.problem == MISSING:
        words.append("- or say sessions=False, if the application has no sessions and signs nothing.")
    words.append("The key, and TESTING for tests, must be set before Garrison(app).")
    return " ".join(words)


def is_under_cli() -> bool:
    """Return whether Flask's or Garrison's command line is loading the application in this thread."""
    import click
    from flask.cli import FlaskGroup

    context = click.get_current_context(silent=True)
    if context is None:
        return False
    command = context.find_root().command
    ours = any(kind.__module__.startswith("flask_garrison.cli") for kind in type(command).__mro__)
    return ours or isinstance(command, FlaskGroup)


class _Watch:
    """Knows the flaws of the keys as they are now."""

    def __init__(self, gate: Gate) -> None:
        self._app = gate.app
        self._mode = gate.mode(CONTROL)
        self._sessions = gate.policy.sessions
        self._notices = Notices(CONTROL)
        self._judged = _keys(gate.app)
        self.flaws = flaws_of(gate.app.config, sessions=self._sessions)

    def warn(self) -> None:
        """Say in the log what is wrong."""
        if self.flaws:
            _log.warning("%s: %s %s", self._app.name, self.flaws[0].setting, advice(self.flaws))

    def arrive(self, context: SecurityContext) -> None:
        """Refuse strangers while a key is weak or missing; a key that was set late counts from then on."""
        keys = _keys(self._app)
        if keys != self._judged:
            self._judged = keys
            self.flaws = flaws_of(self._app.config, sessions=self._sessions)
            self.warn()
        if self.flaws:
            self._act(context)

    def _act(self, context: SecurityContext) -> None:
        if self._mode == "enforce" and not self._app.config["TESTING"] and not is_local(context):
            refuse(context, self._mode, _refusal(context, self.flaws))
        outcome: Outcome = "allowed" if self._mode == "enforce" else "would_refuse"
        for flaw in self.flaws:
            if self._notices.is_new(flaw.problem, flaw.setting):
                self._notices.say(context, flaw.problem, name=flaw.setting, line=COMMAND, outcome=outcome)


def is_local(context: SecurityContext) -> bool:
    """Return whether a request comes from this machine, and no proxy on it says that it came from elsewhere.

    A forwarding header nobody vouched for is believed here, since it can only close the door.
    """
    headers = context.request.headers
    if "Forwarded" in headers:
        return False
    stated = ",".join(value for name in _FORWARDED for value in headers.getlist(name))
    hops = [hop.strip() for hop in stated.split(",")] if stated else []
    return all(is_loopback_peer(address) for address in (context.peer, context.client, *hops))


def _keys(app: Flask) -> tuple[Any, Any]:
    fallbacks = app.config.get("SECRET_KEY_FALLBACKS")
    return app.config.get("SECRET_KEY"), tuple(fallbacks) if fallbacks else None


def _refusal(context: SecurityContext, flaws: tuple[Flaw, ...]) -> RefusedUnavailable:
    event = name_with("authz_fail", context.client or "unknown", "weak secret key")
    evidence = {"setting": flaws[0].setting, "advice": Words(f"{flaws[0].setting} {advice(flaws)}")}
    return RefusedUnavailable(CONTROL, WORDS, event=event, evidence=evidence)
