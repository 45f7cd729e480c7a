"""The key that signs sessions cannot be guessed and is nobody else's."""

from __future__ import annotations

from collections.abc import Iterator

from ..hole import Hole
from ..subject import Subject

CONTROL = "access.secret-key"
MEND = "python -c 'import secrets; print(secrets.token_hex())', and keep what it prints out of the code"


def prove(subject: Subject) -> Iterator[Hole]:
    """Judge the keys themselves, which tests may have weaker than what serves strangers; no key is shown."""
    from ...guard.secret_strength import flaws_of

    for flaw in flaws_of(subject.app.config, sessions=subject.policy.sessions):
        yield Hole(CONTROL, flaw.setting, flaw.problem, MEND)
