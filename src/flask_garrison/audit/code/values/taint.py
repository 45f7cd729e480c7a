"""Taint: for which uses a value is still dangerous, as bits of one integer.

A client's text starts with every bit; what cleans it for one use takes away the bits of that use and no others, so that
escaping for HTML leaves SQL as dangerous as it was. Each use has two bits: one for *certain*, and the same one moved up
by :data:`WEAK` places for *perhaps*, which is where taint goes when it passes through what no model describes.
"""

from __future__ import annotations

from typing import Final

WEAK: Final = 40
"""How many places above its certain bit a use has its uncertain one."""

_NAMES = (
    "HTML",  # "<" and "&" in the text of a page
    "QUOTE",  # a quote that ends an attribute
    "SPACE",  # white space that ends an unquoted attribute
    "HREF",  # the scheme of a link: javascript:
    "SCRIPT",  # inside a script
    "STYLE",  # inside a style
    "SQL",
    "SHELL",
    "ARGUMENT",  # a word that begins with "-", or chooses the program
    "CODE",
    "TEMPLATE",
    "PATH",  # "..", an absolute path
    "NAME",  # a separator in a file's name
    "HOST",  # chooses where a request goes
    "REDIRECT",  # chooses where a browser goes
    "LINE",  # a line break: headers, mails
    "LOG",  # a line break in a log
    "LDAP",
    "XPATH",
    "NOSQL",  # an operator where a text is expected
    "PATTERN",  # source of a regular expression
    "FORMAT",  # source of a format string
    "XML",  # a document with entities
    "STYLESHEET",  # XSLT
    "CELL",  # begins a formula
    "OBJECT",  # bytes that are turned into objects
    "FIELDS",  # names of what is set
    "TYPE",  # a content type
    "CLIENT",  # chosen by the client at all, an integer included
    "LONG",  # text of any length, for a pattern that takes exponential time
)


class Use:
    """The uses, each one bit: ``Use.SQL``. Filled from the list above."""

    HTML = QUOTE = SPACE = HREF = SCRIPT = STYLE = SQL = SHELL = ARGUMENT = CODE = TEMPLATE = PATH = NAME = 0
    HOST = REDIRECT = LINE = LOG = LDAP = XPATH = NOSQL = PATTERN = FORMAT = XML = STYLESHEET = CELL = OBJECT = 0
    FIELDS = TYPE = CLIENT = LONG = DETAIL = MAC = 0


for _number, _name in enumerate(_NAMES):
    setattr(Use, _name, 1 << _number)

Use.DETAIL = 1 << 39
"""Words of the inside, such as an exception's text: none that a client chose, and none to show. Not in :data:`ALL`."""
Use.MAC = 1 << 36
"""A digest made with a secret, which who does not know that cannot make. Not in :data:`ALL`."""
ALL: Final = (1 << len(_NAMES)) - 1
"""Every use, certain."""
TEXT: Final = ALL & ~Use.NOSQL & ~Use.FIELDS & ~Use.OBJECT
"""What a client's *text* is dangerous for: it is no object with operators or fields of its own, and no bytes."""
MARKUP: Final = Use.HTML | Use.QUOTE
"""What escaping for HTML takes away."""
LETTERS: Final = ALL & ~Use.CLIENT
"""Everything that hangs on what the text consists of; an integer has none of it."""


def weak(taint: int) -> int:
    """Return taint with every certain bit made uncertain."""
    return ((taint & ALL) << WEAK) | (taint & ~ALL)


def both(uses: int) -> int:
    """Return uses with their uncertain bits, to take away or to keep."""
    return uses | uses << WEAK


def without(taint: int, uses: int) -> int:
    """Return taint without some uses, certain or not."""
    return taint & ~(uses | uses << WEAK)


def certain(taint: int, uses: int) -> bool:
    """Return whether taint is certain for one of the uses."""
    return bool(taint & uses)


def possible(taint: int, uses: int) -> bool:
    """Return whether taint is certain or uncertain for one of the uses."""
    return bool(taint & (uses | uses << WEAK))
