"""A template's source as pieces: what the author wrote as text, and where Jinja stands between."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from functools import cache
from typing import NamedTuple

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.meta import find_referenced_templates

HOLE = "\0"
"""Stands for the output of an expression; a NUL in the source itself is replaced, as browsers do."""

# An {% endif %} or {% else %} without a beginning is "unknown" to Jinja too, and wrong in every application.
_UNKNOWN_TAG = re.compile(r"Encountered unknown tag '(?!end|else'|elif')")
_OPENING = {"variable_begin": "variable_end", "block_begin": "block_end", "comment_begin": "comment_end"}


class Kind(Enum):
    """What a piece of a template is."""

    DATA = "data"
    EXPRESSION = "variable_begin"
    BLOCK = "block_begin"
    COMMENT = "comment_begin"


class Piece(NamedTuple):
    """A stretch of a template.

    Attributes:
        text: The source.
        line: Line of its first character, from 1.
        word: The first word of a block, such as ``if``.
    """

    kind: Kind
    text: str
    line: int
    word: str = ""


class _Token(NamedTuple):
    line: int
    kind: str
    text: str


def plain(source: str) -> list[Piece]:
    """Return a file that Jinja never sees as one piece."""
    return [Piece(Kind.DATA, source.replace(HOLE, "\ufffd"), 1)]


def split(source: str) -> list[Piece]:
    """Return the pieces of a template.

    Raises:
        TemplateSyntaxError: where Jinja's lexer cannot read it.
    """
    tokens = (_Token(*token) for token in environment().lex(source.replace(HOLE, "\ufffd")))
    return [_piece(token, tokens) for token in tokens if token.kind not in ("raw_begin", "raw_end")]


def check_syntax(source: str) -> nodes.Template | None:
    """Parse a template; ``None`` where it uses tags of an extension that is not known here.

    Raises:
        TemplateSyntaxError: where Jinja could not compile it in any application.
    """
    try:
        return environment().parse(source)
    except TemplateSyntaxError as error:
        if _UNKNOWN_TAG.match(error.message or ""):
            return None
        raise


def references(tree: nodes.Template) -> set[str]:
    """Return the names of the templates that one extends, includes or imports by a literal name."""
    return {name for name in find_referenced_templates(tree) if name is not None}


def _piece(token: _Token, tokens: Iterator[_Token]) -> Piece:
    """Take the tokens up to the end of an expression, block or comment; text stands alone."""
    end = _OPENING.get(token.kind)
    if end is None:
        return Piece(Kind.DATA, token.text, token.line)
    texts, word = [token.text], ""
    for inner in tokens:
        texts.append(inner.text)
        word = word or (inner.text if inner.kind == "name" else "")
        if inner.kind == end:
            break
    return Piece(Kind(token.kind), "".join(texts), token.line, word)


@cache
def environment() -> Environment:
    """Return an environment with Jinja's own extensions; it renders nothing, so it needs no escaping."""
    extensions = ["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"]
    return Environment(extensions=extensions, keep_trailing_newline=True)  # noqa: S701
