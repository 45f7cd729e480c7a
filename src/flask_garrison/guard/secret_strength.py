"""What makes a secret key weak. Pure: a key in, words out that never hold the key.

Keys can be tried offline on one signed cookie, so a key must be out of reach of guessing (OWASP ASVS 5.0, V11.2.3: 128
bits). How a key was made cannot be seen from the key, so the judge is lenient: it refuses what is plainly not random,
and never a key that a generator made.
"""

from __future__ import annotations

import math
import string
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

from .known_keys import SOURCES

MIN_BYTES = 16
MIN_DIFFERENT = 6
"""A random key of 16 bytes or 32 hex digits has fewer once in 10^12 times."""
MIN_BITS = 48
COMMAND = "python -c 'import secrets; print(secrets.token_hex(32))'"
MISSING = "is missing"
_TELLTALE = """
a an add admin and any app application are at auth be better by change changed changeme changethis changeit char
character characters code complex config cookie created debug default demo dev develop developer development do dont
dummy easy encryption enter env example fake first flask flaskr foo bar baz for from generate generated go goes guess
hard hash hello here i in insecure insert is it jwt key keys later local localhost long made main make me mode must my
need needs never new no non not now of on only or own pass passphrase password phrase place placeholder please prod
production project put python random really replace replaced run safe salt sample scret secert secret secrets secure
security server session set should sign simple site so some something staging stay str string strong super tbd temp
temporary test tester testing tests text that the thing this to todo token top try tutorial unsafe update use user value
var very web website will with word world xxx you your yours
"""
WORDS = frozenset(_TELLTALE.split())
"""Telltale words: a key of these alone is a placeholder. One other word is enough to pass."""
_LONGEST = max(map(len, WORDS))
_LEET = str.maketrans("013457@$!", "oieastasi")
_ROWS = (string.ascii_lowercase, string.digits, "1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_STEPS = frozenset(pair for row in _ROWS for way in (row, row[::-1]) for pair in pairwise(way))
_POOLS = (string.ascii_lowercase, string.ascii_uppercase, string.digits, string.punctuation + " ")


class Flaw(NamedTuple):
    """What is wrong with one key.

    Attributes:
        setting: ``SECRET_KEY`` or ``SECRET_KEY_FALLBACKS[<number>]``.
        problem: Words that follow the setting; they never hold the key.
        known: Whether everybody can read the key.
    """

    setting: str
    problem: str
    known: bool = False

    def __str__(self) -> str:
        return f"{self.setting} {self.problem}"


def flaws_of(config: Mapping[str, Any], *, sessions: bool) -> tuple[Flaw, ...]:
    """Return what is wrong with the keys of an application's configuration, nothing if all is well.

    Args:
        config: Flask's configuration.
        sessions: Whether the application needs a key.
    """
    return tuple(_flaws(config, sessions))


def _flaws(config: Mapping[str, Any], sessions: bool) -> Iterator[Flaw]:
    key = config.get("SECRET_KEY")
    if key:
        yield from _flaws_of_key("SECRET_KEY", key)
    elif sessions:
        yield Flaw("SECRET_KEY", MISSING)
    fallbacks = config.get("SECRET_KEY_FALLBACKS") or ()
    if isinstance(fallbacks, str | bytes):
        yield Flaw("SECRET_KEY_FALLBACKS", "is one key, not a list of keys, so that each letter would count as a key")
        return
    for number, fallback in enumerate(fallbacks):
        yield from _flaws_of_key(f"SECRET_KEY_FALLBACKS[{number}]", fallback)


def _flaws_of_key(setting: str, key: object) -> Iterator[Flaw]:
    problem = weakness_of(key)
    if problem is not None:
        yield Flaw(setting, problem, known=source_of(key) is not None)


def source_of(key: object) -> str | None:
    """Return where everybody can read this key, or ``None`` if it is not known."""
    raw = _raw(key)
    return SOURCES.get(raw.strip()) if raw is not None else None


def weakness_of(key: object) -> str | None:
    """Return why a key is weak, in words that follow its name and do not hold it, or ``None``."""
    raw = _raw(key)
    if raw is None:
        return "is neither text nor bytes"
    source = source_of(key)
    if source is not None:
        return f"is publicly known: it stands in {source}"
    text = key if isinstance(key, str) else raw.decode("latin-1")
    if len(raw) >= MIN_BYTES and len(set(text)) < MIN_DIFFERENT:
        return f"has fewer than {MIN_DIFFERENT} different characters"
    if is_placeholder(text):
        return "is a placeholder: it consists of words that everybody tries first"
    if len(raw) < MIN_BYTES:
        return f"is shorter than {MIN_BYTES} bytes"
    return "repeats itself or follows a sequence" if estimated_bits(text) < MIN_BITS else None


def is_placeholder(text: str) -> bool:
    """Return whether a key consists of telltale words, whatever stands between them and however they are written."""
    lowered = text.lower()
    return any(_is_words(variant) for variant in {lowered, lowered.translate(_LEET)})


def estimated_bits(text: str) -> float:
    """Return how many bits of choice a key shows: its length without repetition and sequences, times its alphabet's."""
    unit = text[: _period(text)]
    steps = [left == right or (left, right) in _STEPS for left, right in pairwise(unit.lower())]
    # One such pair happens in random text too; a run of them does not.
    foreseen = sum(first and second for first, second in pairwise(steps))
    return (len(unit) - foreseen) * math.log2(_alphabet(unit))


def _raw(key: object) -> bytes | None:
    if isinstance(key, str):
        return key.encode("utf-8", "surrogatepass")
    return bytes(key) if isinstance(key, bytes | bytearray) else None


def _is_words(text: str) -> bool:
    """Return whether the letters of a text are telltale words; text that is something else for the most part is not.

    What counts as something else: digits, and what nobody types, of which random bytes are full; and punctuation that
    is no line drawn around words, of which the passwords of a generator are.
    """
    letters = "".join(char for char in text if char.isalpha())
    signs = sum(char.isalnum() or not " " <= char <= "~" for char in text)
    drawn = sum(char != before for before, char in pairwise(f" {text}"))
    return bool(letters) and 2 * len(letters) >= signs and 2 * len(letters) >= drawn and _splits(letters)


def _splits(letters: str) -> bool:
    """Return whether a text can be cut into telltale words without a rest."""
    reached = [True] + [False] * len(letters)
    for end in range(1, len(letters) + 1):
        starts = range(max(0, end - _LONGEST), end)
        reached[end] = any(reached[start] and letters[start:end] in WORDS for start in starts)
        if not any(reached[max(0, end - _LONGEST) : end + 1]):
            return False
    return reached[-1]


def _period(text: str) -> int:
    """Return the length of the shortest piece that makes up the whole text when it is repeated."""
    for length in range(1, len(text) // 2 + 1):
        if text[length:] == text[:-length]:
            return length
    return len(text)


def _alphabet(text: str) -> int:
    if all(char in "0123456789abcdefABCDEF-" for char in text):
        return 10 if text.replace("-", "").isdecimal() else 16
    known = sum(len(pool) for pool in _POOLS if any(char in pool for char in text))
    return known + (0 if text.isascii() and text.isprintable() else 100)
