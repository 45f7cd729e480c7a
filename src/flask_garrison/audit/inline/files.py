"""The comments of one file that are about findings, and which lines each is about."""

from __future__ import annotations

import io
import tokenize
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from jinja2 import Environment, TemplateError

from ..code.reading.parsing import Parsed, parse
from ..files import UnreadableError, read_bytes
from ..templates.reading import is_template
from .comments import comments_of
from .directives import WORD, Directive, Foreign, directive_of, foreign_of
from .statements import Statements

_MOST_BYTES = 64 * 2**20
_WORDS = (b"garrison", b"nosec", b"noqa")


@dataclass(frozen=True, slots=True)
class Noted:
    """What the comments of one file say.

    Attributes:
        directives: To Garrison.
        foreign: To other tools.
        lines: Gives, for the line of a finding, the first and the last line on which a comment is about it.
    """

    directives: tuple[Directive, ...]
    foreign: tuple[Foreign, ...]
    lines: Callable[[int], tuple[int, int]]


def noted_in(path: Path, *, others: bool = True) -> Noted | None:
    """Return what the comments of a file say; ``None``: nothing, or it cannot be read, which others report.

    Args:
        path: The file.
        others: Whether comments to other tools are wanted too; very many files have some.
    """
    try:
        data = read_bytes(path, _MOST_BYTES)
        plain = data.lower()
        if not any(word in plain for word in (_WORDS if others else _WORDS[:1])):
            return None
        text = _text(data, path)
    except (UnreadableError, SyntaxError, ValueError, LookupError):
        return None
    return _in_template(text) if is_template(path) else _in_code(text, path)


def _text(data: bytes, path: Path) -> str:
    if is_template(path):
        return data.decode("utf-8")
    encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    return data.decode(encoding)


def _in_code(text: str, path: Path) -> Noted | None:
    comments = [comment for comment in comments_of(text) if WORD.search(comment.text)]
    directives = tuple(filter(None, (directive_of(*comment) for comment in comments)))
    foreign = tuple(filter(None, (foreign_of(*comment) for comment in comments)))
    if not directives and not foreign:
        return None
    return Noted(directives, foreign, _Lines(path))


def _in_template(text: str) -> Noted | None:
    found = list(_template_directives(text))
    # A comment stands behind a tag, or on the line in front of it; a long one ends there.
    return Noted(tuple(found), (), lambda line: (line - 1, line)) if found else None


def _template_directives(text: str) -> Iterator[Directive]:
    try:
        tokens = list(Environment(autoescape=True).lex(text))
    except TemplateError:
        return
    for line, kind, words in tokens:
        if kind == "comment":
            directive = directive_of(line + words.count("\n"), words.strip())
            if directive is not None:
                yield directive


class _Lines:
    """Which lines belong together; the file is parsed when that is first asked for."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @cached_property
    def _statements(self) -> Statements | None:
        parsed = parse(self._path, giant=True)
        return Statements(parsed.tree) if isinstance(parsed, Parsed) else None

    def __call__(self, line: int) -> tuple[int, int]:
        return (line, line) if self._statements is None else self._statements.lines(line)
