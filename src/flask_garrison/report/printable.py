"""Words from elsewhere, made safe to look at: a report must show what is there, not do what it says."""

from __future__ import annotations

import re

_CONTROLS = r"\x00-\x08\x0b-\x1f\x7f-\x9f"
_WIDTHLESS = (
    r"\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff"
)
_NO_CHARACTERS = r"\ud800-\udfff\ufffe\uffff"
_INVISIBLE = _CONTROLS + _WIDTHLESS + _NO_CHARACTERS
_IN_BLOCKS = re.compile(f"[{_INVISIBLE}]")
_IN_LINES = re.compile(rf"[\t\n{_INVISIBLE}]")


def printable(text: str) -> str:
    """Make visible what could move the cursor, break the line, change colours or turn the direction of writing."""
    return _IN_LINES.sub(_escape, text)


def printable_block(text: str) -> str:
    """Do the same where line breaks and tabs belong to the text."""
    return _IN_BLOCKS.sub(_escape, text.replace("\r\n", "\n"))


def cut(text: str, most: int) -> str:
    """Return text of at most ``most`` characters and a remark on what was left out."""
    return text if len(text) <= most else f"{text[:most]}… ({len(text) - most} more characters)"


def number(count: int, noun: str) -> str:
    """Return a count with its noun."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
