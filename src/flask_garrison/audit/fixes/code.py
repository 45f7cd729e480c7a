"""The source of one file as its author wrote it, and where the nodes of its tree stand in it."""

from __future__ import annotations

import ast
import io
import re
import tokenize
import warnings
from functools import cached_property
from typing import TypeVar

from ..code.reading.newer_syntax import parse_newer
from .names import Names

Node = TypeVar("Node", bound=ast.AST)

_LINE_END = re.compile(r"\r\n|\r|\n")
_BLANK = re.compile(r"(?:[ \t\f\r\n]|\\\r?\n|#[^\r\n]*)*")


class Code:
    """One file.

    Attributes:
        data: Its bytes.
        encoding: As the file says it; ``utf-8-sig`` where it begins with a byte order mark.
        text: Its text; line ends and tabs are as they were.
        tree: What it means.
        names: What its names mean.
    """

    def __init__(self, data: bytes) -> None:
        """Read a file.

        Raises:
            SyntaxError, ValueError, LookupError: where it cannot be read.
        """
        self.data = data
        self.encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        self.text = data.decode(self.encoding)
        self.tree = self.parse(self.text)
        self.names = Names(self.tree)
        self._starts = [0, *(found.end() for found in _LINE_END.finditer(self.text))]

    def parse(self, text: str) -> ast.Module:
        """Return the tree of the same file with another text."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                return ast.parse(text)
            except SyntaxError:
                return parse_newer(text.encode(self.encoding))[0]

    @cached_property
    def newline(self) -> str:
        """The line end that the file uses first."""
        found = _LINE_END.search(self.text)
        return found[0] if found else "\n"

    def span(self, node: ast.AST) -> tuple[int, int]:
        """Return where a node begins and ends in the text."""
        line, column = getattr(node, "lineno", 1), getattr(node, "col_offset", 0)
        end_line, end_column = getattr(node, "end_lineno", None) or line, getattr(node, "end_col_offset", None) or 0
        return self._offset(line, column), self._offset(end_line, end_column)

    def of(self, node: ast.AST) -> str:
        """Return a node as it is written."""
        start, end = self.span(node)
        return self.text[start:end]

    def column(self, node: ast.AST) -> int:
        """Return the column of a node, from 1, in UTF-16 code units, as findings give it."""
        start, _ = self.span(node)
        before = self.text[self.line_start(start) : start]
        return len(before.encode("utf-16-le", "surrogatepass")) // 2 + 1

    def line_start(self, offset: int) -> int:
        """Return where the line of an offset begins."""
        return max(self.text.rfind("\n", 0, offset), self.text.rfind("\r", 0, offset)) + 1

    def line_end(self, offset: int) -> int:
        """Return where the line of an offset ends, in front of what ends it."""
        found = _LINE_END.search(self.text, offset)
        return found.start() if found else len(self.text)

    def next_line(self, offset: int) -> int:
        """Return where the line behind that of an offset begins."""
        found = _LINE_END.search(self.text, offset)
        return found.end() if found else len(self.text)

    def start_of(self, line: int) -> int:
        """Return where a line begins, counted from 1."""
        return self._starts[line - 1]

    def skip(self, offset: int) -> int:
        """Return the offset of the next sign that is neither space nor comment."""
        found = _BLANK.match(self.text, offset)
        return found.end() if found else offset

    def nodes(self, kind: type[Node], line: int, column: int | None) -> list[Node]:
        """Return the nodes of a kind that are meant by a place: those that begin there, or on that line."""
        all_ = [node for node in ast.walk(self.tree) if isinstance(node, kind)]
        here = [node for node in all_ if getattr(node, "lineno", 0) == line]
        exact = [node for node in here if column is not None and self.column(node) == column]
        return exact or here

    def _offset(self, line: int, column: int) -> int:
        start = self._starts[line - 1]
        end = self._starts[line] if line < len(self._starts) else len(self.text)
        words = self.text[start:end]
        return start + (column if words.isascii() else len(words.encode()[:column].decode("utf-8", "ignore")))
