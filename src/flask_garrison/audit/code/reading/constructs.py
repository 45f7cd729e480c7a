"""What newer syntax is made of: the records that the scanner leaves for the repair of the tree."""

from __future__ import annotations

import keyword
from dataclasses import dataclass, field
from typing import TypeAlias

F_STRINGS = "f-strings of Python 3.12"
TYPE_STATEMENTS = "type statements (Python 3.12)"
TYPE_PARAMETERS = "type parameters (Python 3.12)"
BARE_EXCEPT = "except without parentheses (Python 3.14)"
T_STRINGS = "t-strings (Python 3.14)"
LAZY_IMPORTS = "lazy imports (Python 3.15)"
UNPACKING = "unpacking in comprehensions (Python 3.15)"

KEYWORDS = frozenset(word.encode() for word in keyword.kwlist)


@dataclass(frozen=True, slots=True)
class Literal:
    """Text between the fields of a string.

    Attributes:
        start: Offset of its first byte in the source.
        end: Offset behind its last byte.
        raw: Whether backslashes stand for themselves.
        place: Where Python says that it is: the second brace of two and the quotes of a plain literal belong to it.
    """

    start: int
    end: int
    raw: bool
    place: tuple[int, int]


@dataclass(slots=True)
class Field:
    """A ``{...}`` in a string.

    Attributes:
        start: Offset of its opening brace.
        end: Offset behind its closing brace.
        text_end: Offset behind the expression.
        debug_end: Offset behind the ``=`` and the space after it in ``{x = }``, or ``0``.
        conversion: The letter behind ``!``, as a number, or ``-1``.
        spec_start: Offset of the colon, or ``-1`` where there is none.
        spec: The format specification.
        yields: The ``yield`` or ``yield from`` before the expression, from its start to its end.
    """

    start: int
    end: int = 0
    text_end: int = 0
    debug_end: int = 0
    conversion: int = -1
    spec_start: int = -1
    spec: list[Part] = field(default_factory=list)
    yields: tuple[int, int] | None = None


Part: TypeAlias = Literal | Field


@dataclass(slots=True)
class Strings:
    """String literals side by side, of which at least one has fields.

    Attributes:
        start: Offset of the first.
        end: Offset behind the last.
        template: Whether they are t-strings.
        fields: How many fields there are, those in format specifications included.
        parts: The text and the fields, in their order.
    """

    start: int
    end: int = 0
    template: bool = False
    fields: int = 0
    parts: list[Part] = field(default_factory=list)


@dataclass(slots=True)
class Constructs:
    """Everything in a file that was rewritten, by the offset where the tree has it.

    Attributes:
        strings: By the offset of the name that stands for them.
        aliases: ``type`` statements by the offset of ``type``; what is kept is the offset of the name.
        handlers: Offsets of ``except`` without parentheses.
        lazy: Offsets of ``lazy``.
        unpacked: Brackets of comprehensions that unpack, and whether it is by ``**``.
        newer: What newer syntax was met.
        ends: Offsets behind the logical lines.
    """

    strings: dict[int, Strings] = field(default_factory=dict)
    aliases: dict[int, int] = field(default_factory=dict)
    handlers: set[int] = field(default_factory=set)
    lazy: set[int] = field(default_factory=set)
    unpacked: dict[int, bool] = field(default_factory=dict)
    newer: set[str] = field(default_factory=set)
    ends: list[int] = field(default_factory=list)
