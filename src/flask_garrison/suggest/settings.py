"""The lines of one setting, joined: what applies, and what a person must decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..policy import Policy
from . import Candidate, Suggestion
from .verdicts import AFTER, NOW

_MODES = {NOW: "enforce", AFTER: "observe"}


def joined(candidates: list[Candidate]) -> object:
    """Return the value that lines of one setting make together, with what the setting holds by default."""
    setting = candidates[0].line.setting
    default = getattr(Policy(), setting)
    if not isinstance(default, tuple) or isinstance(candidates[0].line.value, int):
        return candidates[0].line.value
    return (*default, *(one.line.value for one in candidates))


def applied(suggestion: Suggestion) -> dict[str, object]:
    """Return the settings that the evidence is enough for.

    ``modes`` has the controls that can enforce now, and keeps in observe those that were seen to be in it. A control
    that was not seen is left to the ``mode`` of the policy: nothing is known of it, so nothing is said.
    """
    by_setting: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in suggestion.candidates:
        if candidate.applies:
            by_setting[candidate.line.setting].append(candidate)
    modes = {one.control: _MODES[one.verdict] for one in suggestion.judgements if one.verdict in _MODES}
    settings: dict[str, object] = {name: joined(group) for name, group in by_setting.items()}
    return {**settings, "modes": modes} if modes else settings


def to_decide(suggestion: Suggestion) -> Iterator[Candidate]:
    """Yield what is only ever written as a comment."""
    return (candidate for candidate in suggestion.candidates if not candidate.applies)
