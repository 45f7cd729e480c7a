"""Whether another site may put an answer into a frame."""

from __future__ import annotations

from ...target.answers import Answer
from .csp import all_allow, foreign_frames, policies_of

X_FRAME_OPTIONS = "X-Frame-Options"
_STOPS = ("deny", "sameorigin")


def may_be_framed(answer: Answer) -> bool:
    """Return whether any site may frame the answer (CSP3, 6.4.2: ``frame-ancestors`` overrules the old header)."""
    policies = policies_of(answer)
    if any("frame-ancestors" in directives for directives in policies):
        return all_allow(policies, foreign_frames)
    # Values that contradict each other count as a refusal (HTML standard, "X-Frame-Options"); unknown ones do not.
    values = _old_values(answer)
    return not any(value in _STOPS for value in values)


def unknown_values(answer: Answer) -> list[str]:
    """Return the values of the old header that browsers do not know, such as ``ALLOW-FROM``."""
    return [value.partition(" ")[0] for value in _old_values(answer) if value not in _STOPS]


def _old_values(answer: Answer) -> list[str]:
    parts = [part for value in answer.headers.getlist(X_FRAME_OPTIONS) for part in value.split(",")]
    return [part.strip().lower() for part in parts]
