"""Finds newer syntax in source and overwrites it with what Python 3.11 parses; no byte moves to another place.

So that the parser gives every node its true line and column:

- ``f"a {b["c"]!r:>{d}}"`` becomes ``(f  [b["c"]]    [d]  )``: expressions stay where they are, as subscripts;
- ``type A[T] = b`` becomes ``type.A[0] = b``, ``def f[T](a)`` becomes ``def f(   a)``, ``class A[T]:`` ``class A( ):``;
- ``except A, B:`` becomes ``except A< B:``, ``lazy import a`` ``lazy;import a``, ``[*a for ...]`` ``[ a for ...]``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .constructs import (
    BARE_EXCEPT,
    KEYWORDS,
    LAZY_IMPORTS,
    TYPE_PARAMETERS,
    TYPE_STATEMENTS,
    UNPACKING,
    Constructs,
)
from .strings import read_strings
from .tokens import Source, Token

_NAME = rb"[A-Za-z_\x80-\xff][\w\x80-\xff]*"
_GAP = rb"(?:[ \t\f]|\\\n)"
_GENERIC = re.compile(rb"(?:def|class)%b+%b%b*\[" % (_GAP, _NAME, _GAP))
_ALIAS = re.compile(rb"type[ \t]%b*(%b)%b*(?:=(?!=)|\[)" % (_GAP, _NAME, _GAP))
_LAZY = re.compile(rb"lazy[ \t]+(?:import|from)\b")
_PAIRS = {b")": b"(", b"]": b"[", b"}": b"{"}


def scan(text: bytes) -> tuple[str, Constructs]:
    """Return the source as Python 3.11 parses it, and what was overwritten.

    Raises:
        MalformedError: for what is in no version of Python.
    """
    source = Source(text)
    _Scanner(source).scan()
    return source.out.decode(), source.found


@dataclass(slots=True)
class _Bracket:
    start: int
    sign: bytes
    star: bytes = b""
    star_at: int = 0
    comma: bool = False


class _Scanner:
    """Reads source once, from its start to its end."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.inside = 0
        self._brackets: list[_Bracket] = []
        self._fresh = True
        self.previous: Token | None = None
        self._except = -1
        self._commas: list[int] = []

    @property
    def depth(self) -> int:
        return len(self._brackets)

    def scan(self) -> None:
        while token := self.source.at_end():
            self.step(token)
        if self._brackets:
            raise self.source.malformed(self._brackets[-1].start, "a bracket is never closed")

    def step(self, token: Token) -> None:
        self.source.pos = token.end()
        kind = str(token.lastgroup)
        if kind == "newline" and not (self._brackets or self.inside):
            self._fresh, self.previous = True, None
            self.source.found.ends.append(token.end())
        elif kind not in ("space", "newline"):
            fresh, self._fresh = self._fresh, False
            self._read(kind, token, fresh)
            self.previous = token

    def _read(self, kind: str, token: Token, fresh: bool) -> None:
        if kind == "string":
            read_strings(self, token, self.previous)
        elif kind == "name":
            self._name(token, fresh)
        elif kind == "open":
            self._brackets.append(_Bracket(token.start(), token[0]))
        elif kind == "close":
            self._close(token)
        elif kind == "operator":
            self._operator(token)

    # brackets and operators

    def _close(self, token: Token) -> None:
        if not self._brackets or self._brackets[-1].sign != _PAIRS[token[0]]:
            raise self.source.malformed(token.start(), f"unmatched '{token[0].decode()}'")
        self._brackets.pop()

    def _operator(self, token: Token) -> None:
        sign = token[0]
        if sign in (b"*", b"**"):
            self._star(token)
        elif sign == b",":
            self._comma(token.start())
        elif not self._brackets and not self.inside:
            if sign == b":":
                self._end_except()
            self._fresh = sign in (b":", b";")

    def _star(self, token: Token) -> None:
        opens = self.previous is not None and self.previous.lastgroup == "open"
        if opens and self._brackets:
            self._brackets[-1].star, self._brackets[-1].star_at = token[0], token.start()

    def _comma(self, offset: int) -> None:
        if self._brackets:
            self._brackets[-1].comma = True
        elif self._except >= 0 and not self.inside:
            self._commas.append(offset)

    def _end_except(self) -> None:
        start, self._except = self._except, -1
        if start < 0 or not self._commas:
            return
        for offset in self._commas:
            self.source.put(offset, b"<")
        if not self.source.text[self._commas[-1] + 1 : self.source.pos - 1].strip():
            self.source.put(self._commas[-1], b" ")
        self.source.found.handlers.add(start)
        self.source.found.newer.add(BARE_EXCEPT)

    # names

    def _name(self, token: Token, fresh: bool) -> None:
        word, start = token[0], token.start()
        if word in (b"def", b"class"):
            self._generic(start, function=word == b"def")
        elif fresh and word == b"type":
            self._alias(start)
        elif fresh and word == b"lazy":
            self._lazy(start)
        elif fresh and word == b"except":
            self._except, self._commas = start, []
        elif word == b"as" and not self._brackets:
            self._except = -1
        elif word == b"for" and self._brackets:
            self._unpacking(self._brackets[-1])

    def _lazy(self, start: int) -> None:
        if _LAZY.match(self.source.text, start):
            self.source.put(start + 4, b";")
            self.source.found.lazy.add(start)
            self.source.found.newer.add(LAZY_IMPORTS)
            # The import is no statement of its own for what follows.
            self._fresh = False

    def _unpacking(self, bracket: _Bracket) -> None:
        if bracket.star and not bracket.comma:
            self.source.blank(bracket.star_at, bracket.star_at + len(bracket.star))
            self.source.found.unpacked[bracket.start] = bracket.star == b"**"
            self.source.found.newer.add(UNPACKING)
        # A second "for" belongs to the same comprehension.
        bracket.star = b""

    def _generic(self, start: int, *, function: bool) -> None:
        opening = _GENERIC.match(self.source.text, start)
        if opening is None:
            return
        end = self._parameters(opening.end() - 1)
        end = self._arguments() if function else end
        self.source.blank(opening.end(), end)
        self.source.put(opening.end() - 1, b"(")
        if not function:
            self._end_class(end)
        self.source.found.newer.add(TYPE_PARAMETERS)

    def _end_class(self, end: int) -> None:
        """Close the bracket that stands for a class's type parameters, or join it to that of its bases."""
        self._skip_space()
        if self.source.text[self.source.pos : self.source.pos + 1] != b"(":
            self.source.put(end - 1, b")")
            return
        self.step(self.source.peek())
        self.source.blank(end, self.source.pos)

    def _arguments(self) -> int:
        self._skip_space()
        token = self.source.peek()
        if token[0] != b"(":
            raise self.source.malformed(token.start(), "expected '('")
        self.step(token)
        return token.end()

    def _skip_space(self) -> None:
        while (token := self.source.at_end()) and token.lastgroup == "space":
            self.source.pos = token.end()

    def _parameters(self, start: int) -> int:
        """Read the type parameters whose bracket is at an offset; return the offset behind them."""
        strings = dict(self.source.found.strings)
        self.source.pos = start
        depth = self.depth
        self.step(self.source.peek())
        while self.depth > depth:
            self.step(self.source.peek())
        self.source.found.strings = strings
        return self.source.pos

    def _alias(self, start: int) -> None:
        alias = _ALIAS.match(self.source.text, start)
        if alias is None or alias[1] in KEYWORDS:
            return
        if alias[0].endswith(b"["):
            end = self._parameters(alias.end() - 1)
            self._skip_space()
            if self.source.peek()[0] != b"=":
                return
            self.source.blank(alias.end(), end - 1)
            self.source.put(alias.end(), b"0")
        self.source.put(start + 4, b".")
        self.source.found.aliases[start] = alias.start(1)
        self.source.found.newer.add(TYPE_STATEMENTS)
