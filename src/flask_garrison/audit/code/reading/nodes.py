"""The nodes of t-strings as Python 3.14 has them, for older ones too."""

from __future__ import annotations

import ast
import sys

if sys.version_info >= (3, 14):
    from ast import Interpolation, TemplateStr
else:

    class TemplateStr(ast.expr):
        """A t-string.

        Attributes:
            values: Constants and interpolations.
        """

        _fields = ("values",)
        values: list[ast.expr]

    class Interpolation(ast.expr):
        """A field of a t-string.

        Attributes:
            value: The expression.
            str: Its source.
            conversion: As in :class:`ast.FormattedValue`.
            format_spec: As in :class:`ast.FormattedValue`.
        """

        _fields = ("value", "str", "conversion", "format_spec")
        value: ast.expr
        str: object
        conversion: int
        format_spec: ast.expr | None


__all__ = ["Interpolation", "TemplateStr"]
