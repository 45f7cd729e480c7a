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
_COMMANDS = re.compile(r"^(?P<before>[^\S\n]*):(?=:)|#(?=#\[)", re.MULTILINE)
_PASSWORD_IN_ADDRESS = re.compile(r"(://[^/\s:@'\"]*:)[^/\s@]+(?=@)")


def printable(text: str) -> str:
    """Make visible what could move the cursor, break the line, change colours or turn the direction of writing."""
    return _IN_LINES.sub(_escape, text)


def printable_block(text: str) -> str:
    """Do the same where line breaks and tabs belong to the text."""
    return _IN_BLOCKS.sub(_escape, text.replace("\r\n", "\n"))


def no_commands(text: str) -> str:
    """Keep GitHub's runner from taking what is printed for a command: ``::name`` at a line's start, ``##[name]``.

    What stands there instead means the same in JSON, and is inside its strings only.
    """
    return _COMMANDS.sub(_spelt, text)


def printable_error(text: str) -> str:
    """Make an error safe to print, which may hold a traceback of the application and what it said at its end."""
    return no_commands(printable_block(_PASSWORD_IN_ADDRESS.sub(r"\1...", text)))


def cut(text: str, most: int) -> str:
    """Return text of at most ``most`` characters and a remark on what was left out."""
    return text if len(text) <= most else f"{text[:most]}… ({len(text) - most} more characters)"


def number(count: int, noun: str) -> str:
    """Return a count with its noun."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _spelt(found: re.Match[str]) -> str:
    return r"\u0023" if found[0] == "#" else rf"{found['before']}\u003a"


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
