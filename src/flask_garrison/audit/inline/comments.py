"""Finds the comments of Python source, whatever version it is written for; a string that looks like one is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_NEXT = re.compile(
    r"""(?P<comment>\#[^\r\n]*)
    | (?P<prefix>[bB][rR]?|[rR][bB]|[fFtT][rR]?|[rR][fFtT]?|[uU]|)(?P<quote>\"\"\"|'''|"|')
    | (?P<sign>[][(){}:])
    | (?P<word>[\w\x80-\U0010ffff]+)""",
    re.VERBOSE,
)
_STRINGS = {
    '"': re.compile(r'(?:[^"\\\r\n]++|\\(?:\r\n|.))*+"?', re.DOTALL),
    "'": re.compile(r"(?:[^'\\\r\n]++|\\(?:\r\n|.))*+'?", re.DOTALL),
    '"""': re.compile(r'(?:[^"\\]++|\\.|"(?!""))*+(?:""")?', re.DOTALL),
    "'''": re.compile(r"(?:[^'\\]++|\\.|'(?!''))*+(?:''')?", re.DOTALL),
}
_LITERAL = {
    # Up to a bracket or the end; what is escaped, and a bracket twice, is text.
    '"': re.compile(r'(?:[^"\\\r\n{}]++|\\(?:\r\n|[^{}])|\\(?=[{}])|\{\{|\}\})*+', re.DOTALL),
    "'": re.compile(r"(?:[^'\\\r\n{}]++|\\(?:\r\n|[^{}])|\\(?=[{}])|\{\{|\}\})*+", re.DOTALL),
    '"""': re.compile(r'(?:[^"\\{}]++|\\[^{}]|\\(?=[{}])|"(?!"")|\{\{|\}\})*+', re.DOTALL),
    "'''": re.compile(r"(?:[^'\\{}]++|\\[^{}]|\\(?=[{}])|'(?!'')|\{\{|\}\})*+", re.DOTALL),
}
_DEEPEST = 100


class Comment(NamedTuple):
    """One comment.

    Attributes:
        line: From 1.
        text: With its sign.
    """

    line: int
    text: str


def comments_of(text: str) -> list[Comment]:
    """Return the comments of a file, those inside the fields of f-strings included."""
    found: list[Comment] = []
    line, last = 1, 0
    for offset, words in _Reader(text).comments():
        line += _lines(text, last, offset)
        last = offset
        found.append(Comment(line, words))
    return found


def _lines(text: str, start: int, end: int) -> int:
    part = text[start:end]
    return part.count("\n") + part.count("\r") - part.count("\r\n")


class _Reader:
    """Reads once from the start to the end."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def comments(self) -> Iterator[tuple[int, str]]:
        while (found := _NEXT.search(self._text, self._at)) is not None:
            yield from self._step(found, 0)

    def _step(self, found: re.Match[str], depth: int) -> Iterator[tuple[int, str]]:
        self._at = found.end()
        if found["comment"]:
            yield found.start(), found[0]
        elif found["quote"]:
            yield from self._string(found["prefix"].lower(), found["quote"], depth)

    def _string(self, prefix: str, quote: str, depth: int) -> Iterator[tuple[int, str]]:
        if "f" in prefix or "t" in prefix:
            yield from self._fields(quote, depth + 1)
            return
        whole = _STRINGS[quote].match(self._text, self._at)
        self._at = whole.end() if whole else len(self._text)

    def _fields(self, quote: str, depth: int) -> Iterator[tuple[int, str]]:
        """Read a string with fields up to its end, or up to the end of its line where it has none."""
        while self._at < len(self._text) and depth < _DEEPEST:
            literal = _LITERAL[quote].match(self._text, self._at)
            self._at = literal.end() if literal else self._at
            if self._text.startswith(quote, self._at):
                self._at += len(quote)
                return
            if self._text[self._at : self._at + 1] == "{":
                self._at += 1
                yield from self._field(quote, depth)
            elif self._text[self._at : self._at + 1] == "}":
                self._at += 1
            else:
                return

    def _field(self, quote: str, depth: int) -> Iterator[tuple[int, str]]:
        """Read one field, from behind its bracket to behind the one that closes it."""
        brackets = 0
        while (found := _NEXT.search(self._text, self._at)) is not None:
            sign = found["sign"]
            if found["quote"] and self._ends(found, quote):
                # Before Python 3.12 the quote ends the string wherever it stands.
                return
            yield from self._step(found, depth)
            if sign == "}" and not brackets:
                return
            if sign == ":" and not brackets:
                yield from self._format(quote, depth + 1)
                return
            brackets += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(sign or "", 0)

    def _ends(self, found: re.Match[str], quote: str) -> bool:
        """Return whether a quote inside a field is the end of a string that was never finished: a bare one, no text."""
        return len(quote) == 1 and found["quote"][0] == quote and not self._closes_on_line(found)

    def _closes_on_line(self, found: re.Match[str]) -> bool:
        whole = _STRINGS[found["quote"]].match(self._text, found.end())
        return whole is not None and whole[0].endswith(found["quote"])

    def _format(self, quote: str, depth: int) -> Iterator[tuple[int, str]]:
        """Read what stands behind the colon of a field: text, and fields in it."""
        while self._at < len(self._text) and depth < _DEEPEST:
            literal = _LITERAL[quote].match(self._text, self._at)
            self._at = literal.end() if literal else self._at
            if self._text[self._at : self._at + 1] != "{":
                self._at += self._text[self._at : self._at + 1] == "}"
                return
            self._at += 1
            yield from self._field(quote, depth)
