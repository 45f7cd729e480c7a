"""Lowers one template; see :mod:`flask_garrison.audit.code.jinja` for what comes out and how it is run."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from types import MappingProxyType

from . import captures, composition, control
from .contexts import autoescaped, of_name
from .lowered import Lowered
from .parsing import parse, too_deep
from .position import position_at
from .state import State

_STATEMENTS = {**control.STATEMENTS, **captures.STATEMENTS, **composition.STATEMENTS}
_NOTHING: Mapping[str, str] = MappingProxyType({})


def needs(text: str) -> bool:
    """Return whether a template holds anything but the author's text and comments."""
    return "{{" in text or "{%" in text


def lower(
    text: str,
    name: str | None,
    *,
    block_contexts: Mapping[str, str] = _NOTHING,
    context: str | None = None,
    autoescape: bool | None = None,
) -> Lowered:
    """Lower a template to Python's syntax tree.

    Args:
        text: Its source.
        name: Its name, which decides over escaping and over what it is; ``None`` if it stands in the code as a string.
        block_contexts: Where the parent places its blocks (the parent's :attr:`~.Lowered.block_contexts`).
        context: Where in a document it is included, one of :mod:`.contexts`; by its name if not given.
        autoescape: Whether it escapes, where the application has a rule of its own.

    Raises:
        UnreadableError: where Jinja could not compile it in any application, or it is nested too deeply.
    """
    context = of_name(name) if context is None else context
    escaped = autoescaped(name) if autoescape is None else autoescape
    if not needs(text):
        return Lowered(name=name, autoescaped=escaped, context=context, block_contexts=block_contexts)
    tree, unknown_tags = parse(text, name)
    try:
        state = State(tree, position_at(context), block_contexts, escaped, _STATEMENTS)
        body = state.lower(tree.body)
    except RecursionError as error:
        raise too_deep() from error
    return Lowered(
        name=name,
        autoescaped=escaped,
        context=context,
        body=body,
        extends=state.extends,
        extends_always=state.extends_always,
        blocks=state.blocks,
        macros={item.name: item for item in body if isinstance(item, ast.FunctionDef) and "@" not in item.name},
        block_contexts={**block_contexts, **state.placed},
        references=frozenset(state.references),
        unknown_tags=unknown_tags,
    )
