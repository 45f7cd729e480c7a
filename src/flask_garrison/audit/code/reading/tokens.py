"""Tokens of Python source in bytes, of every version at once, and a place in the source that moves along them."""

from __future__ import annotations

import re
from typing import Protocol

from .constructs import Constructs

Token = re.Match[bytes]
"""Its ``lastgroup`` is one of space, newline, string, name, number, open, close and operator."""

_TOKEN = re.compile(
    rb"""(?P<space>[ \t\f]+ | \\\n | \#[^\n]*)
    | (?P<newline>\n)
    | (?P<string>(?P<prefix>[bBfFtT][rR] | [rR][bBfFtT] | [rRbBfFtTuU] | )(?P<quote>\"\"\" | ''' | " | '))
    | (?P<name>[A-Za-z_\x80-\xff][\w\x80-\xff]*)
    | (?P<number>\.?[0-9][\w.]*)
    | (?P<open>[(\[{])
    | (?P<close>[)\]}])
    | (?P<operator>[!=<>:]= | -> | \*\* | .)""",
    re.VERBOSE | re.DOTALL,
)
_NO_NEWLINE = re.compile(rb"[^\n]")


class MalformedError(SyntaxError):
    """What was found is in no version of Python."""


class Source:
    r"""Source in UTF-8, its lines ended by ``\n``, and what is written over it.

    Attributes:
        text: The source.
        out: The same, with newer syntax overwritten; no byte moves.
        pos: Offset of the next token.
        found: What was overwritten.
    """

    def __init__(self, text: bytes) -> None:
        """Start at the first byte."""
        self.text = text
        self.out = bytearray(text)
        self.pos = 0
        self.found = Constructs()

    def peek(self) -> Token:
        """Return the next token.

        Raises:
            MalformedError: at the end of the source.
        """
        token = self.at_end()
        if token is None:
            raise self.malformed(len(self.text) - 1, "the file ends too early")
        return token

    def at_end(self) -> Token | None:
        """Return the next token, or ``None`` at the end of the source."""
        return _TOKEN.match(self.text, self.pos)

    def blank(self, start: int, end: int) -> None:
        """Overwrite with spaces; lines stay."""
        self.out[start:end] = _NO_NEWLINE.sub(b" ", self.text[start:end])

    def put(self, offset: int, replacement: bytes) -> None:
        """Overwrite with other bytes."""
        self.out[offset : offset + len(replacement)] = replacement

    def malformed(self, offset: int, words: str) -> MalformedError:
        """Return an error that tells its line."""
        line = self.text.count(b"\n", 0, max(offset, 0)) + 1
        return MalformedError(words, ("", line, 0, ""))


class Reader(Protocol):
    """What reads the expressions inside strings.

    Attributes:
        source: Where it reads.
        inside: In how many fields it is.
        previous: The token before, if it is of the same statement or field.
    """

    source: Source
    inside: int
    previous: Token | None

    @property
    def depth(self) -> int:
        """How many brackets are open."""

    def step(self, token: Token) -> None:
        """Read one token, and a string with all that it holds."""
