"""Parses a Python file, or says why not; it is never run."""

from __future__ import annotations

import ast
import hashlib
import warnings
from dataclasses import dataclass
from pathlib import Path

from ....findings import NotChecked
from ...files import UnreadableError, read_bytes, shown
from .depth import shorten
from .newer_syntax import parse_newer
from .python2 import is_python2, python2_handler
from .tokens import MalformedError
from .too_deep import is_too_deep, parse_without

MOST_BYTES = 2**20
MOST_LINES = 40_000
_MOST_BYTES_OF_GIANTS = 64 * 2**20

_GIANT = "Audit it by its own path, or accept this entry in garrison.toml."
_REPAIR = "Repair it, or accept this entry in garrison.toml."
_PORT = "Port it to Python 3, or accept this entry in garrison.toml."
_SPLIT = "Split the statement, or accept this entry in garrison.toml."


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file that was read.

    Attributes:
        path: The file.
        tree: Its tree; :data:`~.depth.CUT` stands where an expression was too deep.
        sha256: Of its bytes, in hexadecimal digits.
        newer: What syntax it has that is newer than the running Python, in words; empty: none.
        cut: Lines of the statements of which a part, or all, was too deep to be kept.
    """

    path: Path
    tree: ast.Module
    sha256: str
    newer: str = ""
    cut: tuple[int, ...] = ()

    def not_checked(self) -> list[NotChecked]:
        """Return the statements that were cut, for the report."""
        what = shown(self.path)
        return [
            NotChecked(what=f"{what}, line {line}", reason="nested too deeply", how_to_include=_SPLIT)
            for line in self.cut
        ]


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that was not read.

    Attributes:
        path: The file.
        reason: Why, in words.
        how_to_include: What the user can do.
    """

    path: Path
    reason: str
    how_to_include: str

    def not_checked(self) -> list[NotChecked]:
        """Return the entry for the report."""
        return [NotChecked(what=shown(self.path), reason=self.reason, how_to_include=self.how_to_include)]


def parse(path: Path, *, giant: bool = False) -> Parsed | Unread:
    """Parse a file.

    Args:
        path: The file.
        giant: Whether it is read even if it is so long that a machine wrote it: somebody asked for this very file.
    """
    try:
        data = _read(path, giant)
        # Python's warnings about the code are no business of whoever audits it.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree, newer, lost = _tree(data)
            cut = shorten(tree, data)
    except UnreadableError as error:
        return Unread(path, error.reason, error.how_to_include)
    except Exception as error:
        # Whatever one file does to the reader must neither end the audit nor pass as clean.
        return Unread(path, f"an error inside the reader: {type(error).__name__}: {error}", _REPAIR)
    return Parsed(path, tree, hashlib.sha256(data).hexdigest(), newer, tuple(sorted({*lost, *cut})))


def _read(path: Path, giant: bool) -> bytes:
    if giant:
        return read_bytes(path, _MOST_BYTES_OF_GIANTS)
    try:
        data = read_bytes(path, MOST_BYTES)
    except UnreadableError as error:
        raise UnreadableError(error.reason, _GIANT if "larger" in error.reason else error.how_to_include) from error
    # Shorter files than that cannot have so many lines, and need no count.
    lines = data.count(b"\n") if len(data) > MOST_LINES else 0
    if lines > MOST_LINES:
        raise UnreadableError(f"{lines:,} lines, more than {MOST_LINES:,}", _GIANT)
    return data


def _tree(data: bytes) -> tuple[ast.Module, str, tuple[int, ...]]:
    """Return the tree, what newer syntax it has, and the lines of statements that had to be left out."""
    try:
        return ast.parse(data), "", ()
    except (SyntaxError, RecursionError, MemoryError) as error:
        if is_too_deep(error):
            return _without_the_deep(data)
        return *_newer(data, error), ()
    except (ValueError, LookupError) as error:
        raise UnreadableError(f"no Python source: {error}", _REPAIR) from error


def _without_the_deep(data: bytes) -> tuple[ast.Module, str, tuple[int, ...]]:
    try:
        tree, lines = parse_without(data)
    except (SyntaxError, RecursionError, MemoryError) as error:
        raise UnreadableError("nested too deeply", _REPAIR) from error
    return tree, "", lines


def _newer(data: bytes, refused: BaseException) -> tuple[ast.Module, str]:
    """Parse what the running Python refuses; where it is right to, say so in its words."""
    try:
        tree, newer = parse_newer(data)
    except (MalformedError, ValueError, LookupError):
        raise _unreadable(data, refused) from refused
    except RecursionError as error:
        raise UnreadableError("nested too deeply", _REPAIR) from error
    except SyntaxError as error:
        raise _unreadable(data, error) from error
    line = python2_handler(tree)
    if line:
        raise UnreadableError(f"Python 2 code (line {line})", _PORT)
    return tree, newer


def _unreadable(data: bytes, error: BaseException) -> UnreadableError:
    line, words = getattr(error, "lineno", None), getattr(error, "msg", str(error))
    if is_python2(data, line):
        return UnreadableError(f"Python 2 code (line {line})", _PORT)
    return UnreadableError(f"a syntax error: line {line}: {words}" if line else f"a syntax error: {words}", _REPAIR)
