"""Builds the nodes of strings with fields from their text and their parsed expressions."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator

from .constructs import Field, Literal, Part, Strings
from .nodes import Interpolation, TemplateStr
from .positions import Positions

_QUOTED = re.compile(r'\\.|"', re.DOTALL)
_COMMENT = re.compile(r"#[^\n]*")


class Joiner:
    """Builds nodes for the strings of one source."""

    def __init__(self, text: bytes, positions: Positions) -> None:
        """Take the source, as it was before anything was overwritten."""
        self._text = text
        self._positions = positions

    def join(self, strings: Strings, expressions: Iterator[ast.expr]) -> ast.expr:
        """Return the node of strings, given the expressions of all their fields in their order."""
        values = self._values(strings.parts, expressions, strings.template)
        node: TemplateStr | ast.JoinedStr = TemplateStr() if strings.template else ast.JoinedStr(values=values)
        node.values = values
        return self._positions.place(node, strings.start, strings.end)

    def _values(self, parts: list[Part], expressions: Iterator[ast.expr], template: bool) -> list[ast.expr]:
        values: list[ast.expr] = []
        for part in parts:
            if isinstance(part, Literal):
                self._add(values, self._decoded(part), *part.place)
            else:
                self._add(values, self._shown(part), part.start + 1, part.debug_end)
                values.append(self._field(part, expressions, template))
        return values

    def _add(self, values: list[ast.expr], text: str, start: int, end: int) -> None:
        """Add text, joined to the text before it."""
        if not text:
            return
        last = values[-1] if values else None
        if isinstance(last, ast.Constant):
            text, start = str(last.value) + text, self._positions.offset(last)
            values.pop()
        values.append(self._positions.place(ast.Constant(value=text), start, end))

    def _field(self, field: Field, expressions: Iterator[ast.expr], template: bool) -> ast.expr:
        value, spec = self._value(field, next(expressions)), None
        if field.spec_start >= 0:
            spec = ast.JoinedStr(values=self._values(field.spec, expressions, template=False))
            self._positions.place(spec, field.spec_start, field.end - 1)
        shows = field.debug_end and spec is None and field.conversion < 0
        conversion = ord("r") if shows else field.conversion
        if not template:
            node = ast.FormattedValue(value=value, conversion=conversion, format_spec=spec)
            return self._positions.place(node, field.start, field.end)
        interpolation = Interpolation()
        interpolation.value, interpolation.conversion, interpolation.format_spec = value, conversion, spec
        interpolation.str = self._slice(field.start + 1, field.text_end).strip()
        return self._positions.place(interpolation, field.start, field.end)

    def _shown(self, field: Field) -> str:
        """Return the text that a field with ``=`` shows before its value."""
        tail = self._slice(field.text_end, field.debug_end)
        return self._slice(field.start + 1, field.text_end) + _COMMENT.sub("", tail) if tail else ""

    def _value(self, field: Field, parsed: ast.expr) -> ast.expr:
        """Return the expression, as what is yielded where it is."""
        if field.yields is None:
            return parsed
        start, end = field.yields
        last = field.start + 1 + len(self._slice(field.start + 1, field.text_end).rstrip().encode())
        if last == end:
            return self._positions.place(ast.Yield(value=None), start, end)
        kind = ast.YieldFrom if self._slice(start, end).endswith("from") else ast.Yield
        return self._positions.place(kind(value=parsed), start, last)

    def _slice(self, start: int, end: int) -> str:
        return self._text[start:end].decode()

    def _decoded(self, literal: Literal) -> str:
        text = self._slice(literal.start, literal.end)
        if literal.raw or "\\" not in text:
            return text
        quoted = _QUOTED.sub(lambda match: match[0] if match[0] != '"' else '\\"', text)
        if quoted.endswith("\\") and len(text) - len(text.rstrip("\\")) & 1:
            # A backslash before a brace stands for itself.
            quoted += "\\"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return str(ast.literal_eval(f'"""{quoted}"""'))
