"""The nonces of answers: how much chance is in them, and whether one came twice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from ...target.answers import Answer
from .csp import REPORT_ONLY, policies_of

WANTED_BITS = 128
"""What CSP Level 3 (section 7.1) asks of a nonce."""
_NONCE = re.compile(r"'nonce-([^']+)'\Z", re.IGNORECASE)
_ALPHABETS = (
    (re.compile(r"\d+\Z"), 3.32),
    (re.compile(r"[0-9a-f]+\Z|[0-9A-F]+\Z"), 4.0),
    (re.compile(r"[a-z]+\Z|[A-Z]+\Z"), 4.7),
)
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\Z", re.IGNORECASE)
_UUID_BITS = 122


def nonces_of(answer: Answer) -> frozenset[str]:
    """Return the nonces that the policies of an answer name."""
    policies = (*policies_of(answer), *policies_of(answer, REPORT_ONLY))
    matches = (_NONCE.match(source) for each in policies for sources in each.values() for source in sources)
    return frozenset(match[1] for match in matches if match)


def reused(answers: Iterable[Answer]) -> list[Answer]:
    """Return the answers whose nonce came with another answer too; a 304 stands for an answer that was sent before."""
    by_nonce: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        for nonce in nonces_of(answer) if answer.status != 304 else ():
            by_nonce[nonce].append(answer)
    again = {id(answer): answer for group in by_nonce.values() if len(group) > 1 for answer in group}
    return list(again.values())


def bits(nonce: str) -> float:
    """Return how much chance a nonce can hold at most, judged by its length and its letters."""
    if _UUID.match(nonce):
        # A version-4 UUID has 122 random bits; that is guessed by nobody, and is not worth a finding.
        return max(_UUID_BITS, WANTED_BITS)
    bare = nonce.rstrip("=")
    each = next((bits for letters, bits in _ALPHABETS if letters.match(bare)), 6.0)
    return len(bare) * each


def short(answers: Sequence[Answer]) -> list[Answer]:
    """Return the answers with a nonce that cannot hold 128 bits; the last digit of a coding need not be full."""
    return [answer for answer in answers if any(bits(nonce) < WANTED_BITS - 4 for nonce in nonces_of(answer))]
