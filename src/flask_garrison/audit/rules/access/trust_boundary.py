"""What a client says of itself, put into the session, where the application believes it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ....findings import Confidence, Severity
from ...code.events import Call, Setting, Sighting
from ...code.interpreter.expressions import entries_of
from ...code.models.logins import PASSWORD, is_proved
from ...code.models.sessions import SESSION
from ...code.values.facts import CHECKED, EMPTY
from ...code.values.taint import Use, both
from ...code.values.value import Value, constant
from ...rule import Match, Rule, checks

TRUST_BOUNDARY = Rule(
    id="access.trust-boundary",
    kind="code",
    control="access.session-cookie",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(501, 639),
    asvs=("V8.3.1",),
    title="A client says who it is or what it may, and the session keeps it",
    why="What is in the session counts as known: later views ask it for the user, the role, the tenant. A client that "
    "may write there unchecked is whoever it likes to be.",
    fix="Put into the session what the application found out itself: the id and the role of the record whose password "
    "was checked. Test a choice against what this user may choose.",
    before='session["role"] = request.form["role"]',
    after='session["role"] = user.role',
    guard="Garrison signs the session cookie, which keeps clients from writing to it themselves; what a view puts "
    "there "
    "is the view's to check.",
    language="python",
    lesson="access-cookie-says-admin",
)

RIGHTS: Final = re.compile(
    r"(?i)role|admin|staff|superuser|permission|privilege|scope|^rights?$|(^|_)(groups?|level|plan|tier)$|^is_|verified|"
    r"authenticated|authori[sz]ed|logged_?in|premium|balance|credit|(^|_)(price|total|discount|amount|paid)$"
)
IDENTITY: Final = re.compile(
    r"(?i)(^|_)(user|username|user_?name|login|uid|account|member|customer|employee|worker|student|teacher|patient|"
    r"tenant|organi[sz]ation|org|company|household|team|owner|identity|email)(_?(id|no|number|name|key))?$|_id$|^id$"
)
_HARMLESS: Final = re.compile(
    r"(?i)(cart|basket|page|lang|language|theme|request|correlation|session|tab|step|category)_?id$"
)
_TITLE: Final = "The session keeps {} as the client says it, unchecked"


@checks(TRUST_BOUNDARY, reads="setting")
def item_set(setting: Setting) -> Iterator[Match]:
    """``session["role"] = value``."""
    if setting.is_item and setting.path == SESSION:
        yield from _set(setting, setting.key, setting.value)


@checks(TRUST_BOUNDARY, reads="call", of=(f"{SESSION}.update", f"{SESSION}.setdefault"), by_client=True)
def updated(call: Call) -> Iterator[Match]:
    """``session.update(role=value)``, ``session.update(request.form)``."""
    if call.name == "setdefault":
        yield from _set(call, call.arg(0) or constant(""), call.arg(1) or constant(""))
        return
    for name, value in call.keywords.items():
        yield from _set(call, constant(name), value)
    for argument in call.args[:1]:
        items, rest, names = entries_of(call.machine, argument)
        for key, value in items.items():
            yield from _set(call, constant(key), value)
        if rest is not None and names is not None:
            yield from _set(call, names, rest)


def _set(sighting: Sighting, key: Value, value: Value) -> Iterator[Match]:
    names = [text for text in key.texts() if RIGHTS.search(text) or IDENTITY.search(text)]
    names = [text for text in names if not _HARMLESS.search(text)]
    named_by_client = bool(sighting.taint(key) & both(Use.CODE)) and key.consts is None
    if not names and not named_by_client:
        return
    for asked in _asked(sighting, value) if any(RIGHTS.search(name) for name in names) else ():
        yield sighting.flow(asked, Use.CLIENT, _TITLE.format(f'"{names[0]}"'))
        return
    for hole in sighting.tainted(value, Use.CLIENT):
        if not _unchecked(sighting, hole.value):
            continue
        rights = named_by_client or any(RIGHTS.search(name) for name in names)
        if not rights and is_proved(sighting.machine, PASSWORD):
            continue
        words = "what the client names" if named_by_client else f'"{names[0]}"'
        doubtful = not rights and _asked_for_password(sighting)
        confidence = Confidence.LOW if doubtful else None
        yield sighting.flow(hole, Use.CLIENT, _TITLE.format(words), confidence=confidence)
        return


def _unchecked(sighting: Sighting, value: Value) -> bool:
    """Return whether a client's value was compared with nothing that the application knows."""
    if value.consts is not None or value.path.startswith("@"):
        return False
    if value.step is not None and value.step.stored:
        return False
    facts = sighting.machine.resolve(value).facts
    base = value.derived[1] if value.derived is not None else value
    return CHECKED not in facts and CHECKED not in sighting.machine.resolve(base).facts


def _asked(sighting: Sighting, value: Value) -> Iterator[Value]:
    """Yield the client's value where a right hangs on whether that is a word which everybody knows."""
    if value.test is None:
        return
    for change in value.test.when_false:
        label = change.value.step.label if change.value.step is not None else ""
        if EMPTY in change.facts and change.value.taint & Use.CLIENT and not _PASSWORD.search(label):
            yield change.value
    for change in value.test.when_true:
        label = change.value.step.label if change.value.step is not None else ""
        words = bool(change.consts) and all(isinstance(one, str) for one in change.consts or ())
        chosen = bool(change.value.taint & Use.CLIENT) and not is_proved(sighting.machine, PASSWORD)
        if words and chosen and not _PASSWORD.search(label):
            yield change.value


_PASSWORD: Final = re.compile(r"(?i)pass|pwd|\bpin\b|otp|code|token|secret|signature")


def _asked_for_password(sighting: Sighting) -> bool:
    """Return whether the same request was asked for a proof, which may be checked in a way that is not seen."""
    return any(
        isinstance(key, tuple)
        and len(key) == 3
        and key[0] == "client"
        and isinstance(key[2], str)
        and _PASSWORD.search(key[2])
        for key in sighting.machine.reads
    )
