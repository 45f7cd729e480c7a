"""Tokens, codes and keys that can be foretold."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence, Severity
from ...code.events import Call, Named
from ...code.labels import RANDOM, names_what_must_not_be_guessed
from ...rule import Match, Rule, checks

WEAK_RANDOMNESS = Rule(
    id="access.weak-randomness",
    kind="code",
    control="access.unguessable-secrets",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(330, 338),
    asvs=("V11.5.1",),
    title="A token is made by a generator whose output can be foretold",
    why="Python's random tells its whole state to whoever has seen 624 outputs, and a UUID of version 1 is made of the "
    "clock: the next reset link, key or code can be computed.",
    fix="Use the module secrets: token_urlsafe(), token_hex(), choice(), randbelow().",
    before='token = "".join(random.choices(ALPHABET, k=32))',
    after="token = secrets.token_urlsafe(24)",
    guard="Nothing: what the application makes by itself is its own.",
    language="python",
    items=(114,),
)


@checks(WEAK_RANDOMNESS, reads="labelled")
def named(labelled: Named) -> Iterator[Match]:
    """Find such a value under the name of something that must not be guessed."""
    name = labelled.name.rpartition(".")[2]
    step = labelled.value.step
    if labelled.value.taint & RANDOM and step is not None and names_what_must_not_be_guessed(name):
        yield labelled.at(step.chain()[0], f"{name} is made by a generator that can be foretold")


@checks(WEAK_RANDOMNESS, reads="call", of=("?.set_cookie", "flask.Response().set_cookie"))
def in_cookie(call: Call) -> Iterator[Match]:
    """Find one that becomes a cookie."""
    value = call.arg(1, "value")
    if value is not None and value.taint & RANDOM and value.step is not None:
        yield call.at(value.step.chain()[0], "a cookie is made by a generator that can be foretold")
