"""What happens while a view runs, as far as rules about missing controls ask."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from .traits import Traits

if TYPE_CHECKING:
    from ..values.objects import Function


class Happening(NamedTuple):
    """One thing.

    Attributes:
        kind: One of the words below.
        node: The code.
        function: In which it stands.
        traits: Of what it is about.
        word: What is done, or to what.
        decides: Of a test: whether one of its sides does not go on, or does something that counts.
    """

    kind: str
    node: ast.AST
    function: Function
    traits: Traits
    word: str = ""
    decides: bool = False


TESTED = "tested"
"""A condition."""
CHANGED = "changed"
"""State was changed: ``word`` is insert, update, delete, commit, file, mail, store."""
LOOKED_UP = "looked up"
"""An object was looked up by what the client sent."""
READ = "read"
"""Something was read from where it is kept."""
SCOPED = "scoped"
"""An object was looked up by what the client sent and by who it is, or compared with that."""
MADE = "made"
"""An object was made, with its owner."""
USED = "used"
"""Who is calling was used for anything at all."""
PROVED = "proved"
"""A call let nobody through whom it does not know."""
VALIDATED = "validated"
"""A body was validated, or the request ended."""
VERIFIED = "verified"
"""A password was verified."""
SIGNED_IN = "signed in"
"""Somebody was signed in: a session, a token."""
AUTHORISED = "authorised"
"""A function of the project was called that by its name asks whether somebody may, and can refuse."""
