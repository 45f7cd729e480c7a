"""What may be said of each control: it can act now, something must be decided first, or nothing is known."""

from __future__ import annotations

from typing import Literal, NamedTuple

from .tally import Tally

Verdict = Literal["can enforce now", "enforce after these lines", "not seen"]
NOW: Verdict = "can enforce now"
AFTER: Verdict = "enforce after these lines"
NOT_SEEN: Verdict = "not seen"


class Judgement(NamedTuple):
    """The verdict on one control.

    Attributes:
        why: The evidence in words.
        would_refuse: What observe mode would have refused.
    """

    control: str
    verdict: Verdict
    why: str
    would_refuse: Tally


def judge(control: str, own: Tally, would_refuse: Tally, refused: Tally, added: Tally, traffic: Tally) -> Judgement:
    """Judge a control by its own events and by those of the whole application.

    Args:
        own: All its events.
        added: Those that say what enforcing would add, such as a header that is missing.
        traffic: All events of every control: whether enough was going on for silence to mean something.
    """
    if would_refuse.count:
        return Judgement(control, AFTER, f"would refuse: {would_refuse.words()}", would_refuse)
    if refused.count:
        return Judgement(control, NOW, f"it refuses already: {refused.words()}", would_refuse)
    if added.count:
        return Judgement(control, NOW, f"it refuses nothing and adds what is missing: {added.words()}", would_refuse)
    if own.count:
        return Judgement(control, NOW, f"it would have refused nothing: {own.words()}", would_refuse)
    if traffic.broad:
        return Judgement(control, NOW, f"nothing of it among {traffic.words()}", would_refuse)
    return Judgement(
        control, NOT_SEEN, "no event of it, and too little else to conclude anything from that", would_refuse
    )
