"""Parses a template with Jinja's own parser; tags of extensions that are not known here do not lose the file."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from jinja2 import TemplateSyntaxError, nodes
from jinja2.parser import Parser

from ...files import UnreadableError
from ...templates.jinja import HOLE, environment

_Parse: TypeAlias = Callable[[Parser], "nodes.Node | list[nodes.Node]"]
_END = re.compile(r"\{%[-+]?\s*(end\w+)")
_ACCEPT = "Repair it; if it is no Jinja template, accept this entry in garrison.toml."


class _Tags(dict[str, _Parse]):
    """Parsers of the known tags, and one for any other: whether it has a body is told by an ``{% end... %}``."""

    def __init__(self, known: dict[str, _Parse], source: str) -> None:
        super().__init__(known)
        self.unknown: set[str] = set()
        self._source = source
        self._ends: frozenset[str] | None = None
        self._depth = 0

    def get(self, word: str, default: object = None) -> _Parse | None:  # type: ignore[override]
        known = super().get(word)
        if known is not None:
            return known
        # In every application a mistake, unless it belongs to the tag of an extension.
        if word.startswith("end") or (word in ("else", "elif") and not self._depth):
            return None
        return self._parse

    def _parse(self, parser: Parser) -> nodes.Node:
        token = next(parser.stream)
        word = str(token.value)
        self.unknown.add(word)
        while parser.stream.current.type not in ("block_end", "eof"):
            next(parser.stream)
        if f"end{word}" not in self._words_of_ends():
            return nodes.Scope([], lineno=token.lineno)
        self._depth += 1
        body = parser.parse_statements((f"name:end{word}",), drop_needle=True)
        self._depth -= 1
        while parser.stream.current.type not in ("block_end", "eof"):
            next(parser.stream)
        return nodes.Scope(body, lineno=token.lineno)

    def _words_of_ends(self) -> frozenset[str]:
        if self._ends is None:
            self._ends = frozenset(_END.findall(self._source))
        return self._ends


def parse(source: str, name: str | None) -> tuple[nodes.Template, frozenset[str]]:
    """Parse a template.

    Returns:
        Its tree, and the names of tags that no known extension brings; what stands between such a tag and its end is
        taken to be written as it stands.

    Raises:
        UnreadableError: where Jinja could not compile it in any application.
    """
    try:
        parser = Parser(environment(), source.replace(HOLE, "\ufffd"), name)
        tags = parser.extensions = _Tags(parser.extensions, source)
        # What Parser.parse does, without giving each node an environment: nothing is compiled.
        return nodes.Template(parser.subparse(), lineno=1), frozenset(tags.unknown)
    except TemplateSyntaxError as error:
        raise UnreadableError(f"Jinja cannot read it: line {error.lineno}: {error.message}", _ACCEPT) from error
    except RecursionError as error:
        raise too_deep() from error
    except Exception as error:
        # Whatever one file does to Jinja's parser must neither end the audit nor pass as clean.
        raise UnreadableError(f"an error inside the reader: {type(error).__name__}: {error}", _ACCEPT) from error


def too_deep() -> UnreadableError:
    """Return the error of a template that is nested more deeply than can be read."""
    return UnreadableError("nested too deeply", _ACCEPT)
