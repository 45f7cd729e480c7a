"""What a template is lowered to."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockLowered:
    """A ``{% block %}``.

    Attributes:
        name: Its name.
        line: Where it begins.
        context: Where in the document it begins; see :mod:`.contexts`.
        scoped: Whether it sees the names of the loop around it.
        required: Whether a child must override it.
        body: Its statements, which run in a scope of their own inside the template's.
    """

    name: str
    line: int
    context: str
    scoped: bool
    required: bool
    body: list[ast.stmt]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lowered:
    """A template as Python; :mod:`flask_garrison.audit.code.jinja` says how to run it.

    Attributes:
        name: The template's name; ``None`` for one that stands in the code as a string.
        autoescaped: Whether it escapes where no ``{% autoescape %}`` says otherwise.
        context: Where in the document it begins.
        body: The statements of its top level. Of a child, only what runs before its parent: it writes nothing.
        extends: The parent's name, or what evaluates to it; it may use names that the body sets.
        extends_always: Whether the parent is rendered whatever happens; else ``{% extends %}`` stands in a branch, and
            either the body or the parent writes.
        blocks: The blocks by name, nested ones too.
        macros: The macros of the top level by name; they also stand in the body.
        block_contexts: Where each block starts that it or one of its parents places: what a child is lowered with.
        references: Names that it extends, includes or imports, as far as they are literal.
        unknown_tags: Tags of extensions that are not known here; what stands between them is taken as it stands.
    """

    name: str | None
    autoescaped: bool
    context: str
    body: list[ast.stmt] = field(default_factory=list)
    extends: ast.expr | None = None
    extends_always: bool = False
    blocks: Mapping[str, BlockLowered] = field(default_factory=dict)
    macros: Mapping[str, ast.FunctionDef] = field(default_factory=dict)
    block_contexts: Mapping[str, str] = field(default_factory=dict)
    references: frozenset[str] = frozenset()
    unknown_tags: frozenset[str] = frozenset()


def blocks_of(chain: Sequence[Lowered]) -> dict[str, list[BlockLowered]]:
    """Return every version of every block of a page.

    Args:
        chain: The rendered template first, then its parent, up to the one that extends nothing.

    Returns:
        By name, the version that counts first; ``@super`` means the next ones.
    """
    found: dict[str, list[BlockLowered]] = {}
    for template in chain:
        for name, block in template.blocks.items():
            found.setdefault(name, []).append(block)
    return found
