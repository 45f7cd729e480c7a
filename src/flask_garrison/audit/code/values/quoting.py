"""Inside which quote the end of a text stands: what is safe between quotes is not safe outside, and the other way."""

from __future__ import annotations

from .facts import LACKS
from .value import Value

DOUBLED = "doubled"
"""The fact that every one of a character stands twice."""


def open_quote(before: str, quotes: str = "'\"`", *, escape: str = "") -> str:
    """Return the quote that is open at the end of a text, or nothing.

    Args:
        before: The text, what is not known replaced by NUL.
        quotes: The characters that open a quote, and that the same one closes.
        escape: A character that takes the meaning of the next one, outside of single quotes.
    """
    quote = ""
    skip = False
    for letter in before:
        if skip:
            skip = False
        elif escape and letter == escape and quote != "'":
            skip = True
        elif quote:
            quote = "" if letter == quote else quote
        elif letter in quotes:
            quote = letter
    return quote


def stays_inside(value: Value, quote: str) -> bool:
    """Return whether it is proved that a value cannot end the quote that it stands in."""
    return (LACKS, quote) in value.facts or (DOUBLED, quote) in value.facts


def lacks_all(value: Value, characters: str) -> bool:
    """Return whether it is proved that a value has none of some characters."""
    return all((LACKS, letter) in value.facts for letter in characters)
