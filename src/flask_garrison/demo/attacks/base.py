"""What an attack is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..results import Outcome
from ..stage import Stage

Strike = Callable[[Stage], Outcome]


@dataclass(frozen=True, slots=True)
class Attack:
    """One attack, the same for the bare and the guarded app.

    Attributes:
        slug: Its name for programs.
        title: Its name for people.
        story: What happens, in a sentence.
        control: Id of the control whose event tells of it.
        in_browser: Runs it with a real browser; the proof is what happened.
        over_http: Runs it without one; where only a browser would act, the proof is what the answer tells browsers.
        gap: Id of the planned control that will stop it, empty where this version does.
    """

    slug: str
    title: str
    story: str
    control: str
    in_browser: Strike
    over_http: Strike
    gap: str = ""
