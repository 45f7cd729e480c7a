"""Where in a script an expression stands: in a string, in a template literal, or bare.

Enough of the lexical grammar of ECMAScript (https://tc39.es/ecma262/#sec-ecmascript-language-lexical-grammar) to tell
strings from the rest, comments and regular expressions included.
"""

from __future__ import annotations

import re
from typing import NamedTuple

CODE, TEMPLATE, REGEX = "code", "`", "/"
_NEXT = {
    CODE: re.compile(r"""["'`{}]|/[/*]?"""),
    "'": re.compile(r"\\.|'|\n", re.DOTALL),
    '"': re.compile(r'\\.|"|\n', re.DOTALL),
    TEMPLATE: re.compile(r"\\.|`|\$\{", re.DOTALL),
    "//": re.compile(r"\n"),
    "/*": re.compile(r"\*/"),
    REGEX: re.compile(r"\\.|\[(?:[^\]\\\n]|\\.)*\]?|/|\n"),
}
_BEFORE_REGEX = "(,=:[!&|?{};+-*%~^<>"
_WORD_BEFORE_REGEX = re.compile(r"(?:^|[^\w$.])(?:return|typeof|case|in|of|delete|void|throw|new|do|else)$")
_REMEMBERED = 12


class Script(NamedTuple):
    """A state of the lexer.

    Attributes:
        mode: ``code``, or what the present string, comment or regular expression began with.
        depths: Open braces in each template literal around.
        last: The code before, as far as it tells a division from a regular expression.
    """

    mode: str = CODE
    depths: tuple[int, ...] = ()
    last: str = ""

    @property
    def in_string(self) -> bool:
        """Whether it stands in a string between quotes."""
        return self.mode in ("'", '"')

    def hole(self) -> Script:
        """Return the state behind an expression."""
        return self._replace(last="x") if self.mode == CODE else self

    def feed(self, text: str) -> Script:
        """Return the state behind a stretch of the script."""
        state, position = self, 0
        while found := _NEXT[state.mode].search(text, position):
            if state.mode == CODE:
                before = state.last + text[max(position, found.start() - _REMEMBERED) : found.start()]
                state = state._of_code(found[0], before)
            else:
                state = state._inside(found[0])
            position = found.end()
        return (
            state._replace(last=(state.last + text[position:]).rstrip()[-_REMEMBERED:]) if state.mode == CODE else state
        )

    def _of_code(self, sign: str, before: str) -> Script:
        depths = self.depths
        if sign == "{" and depths:
            return Script(CODE, (*depths[:-1], depths[-1] + 1), sign)
        if sign == "}" and depths:
            return Script(CODE, (*depths[:-1], depths[-1] - 1), sign) if depths[-1] else Script(TEMPLATE, depths[:-1])
        if sign == "/" and not _may_begin_regex(before.rstrip()):
            return Script(CODE, depths, sign)
        return Script(CODE, depths, sign) if sign in "{}" else Script(sign, depths, before.rstrip()[-_REMEMBERED:])

    def _inside(self, sign: str) -> Script:
        if sign == "${":
            return Script(CODE, (*self.depths, 0), "{")
        if sign == "\n" or sign == self.mode or sign == "*/":
            # A comment is nothing: what stood before it counts. A string is a value.
            return Script(CODE, self.depths, self.last if self.mode in ("//", "/*") else "x")
        return self


def _may_begin_regex(before: str) -> bool:
    return not before or before[-1] in _BEFORE_REGEX or _WORD_BEFORE_REGEX.search(before) is not None
