"""A call that is being interpreted."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any, NamedTuple

from ..values.heap import Changes
from ..values.objects import Class, Function, Scope
from ..values.refinement import Refinement
from ..values.value import Value

if TYPE_CHECKING:
    from ..project.sources import Source


class Stop(Exception):
    """Control does not go on: an exception was raised, or the process ended."""


class Exit(NamedTuple):
    """One way out of a function.

    Attributes:
        value: What is returned.
        changes: What changed on the heap since the call began.
        refined: What is proved there.
    """

    value: Value
    changes: Changes
    refined: Refinement


class Frame:
    """One call.

    Attributes:
        source: The file of the code that runs.
        scope: Its names.
        function: What was called; ``None`` for the top level of a module.
        call: The expression of the call; ``None`` for a root.
        caller: The frame of that expression.
        tick: When it was called.
        mark: Where the heap's journal stood then.
        refined: What was proved then.
        exits: Ways out so far.
        yields: What a generator gave out so far.
        leaves: For each loop around the present statement: states at its ``break`` and ``continue``.
        raises: For each ``try`` around the present statement: where the heap's journal stood, states at which it may be
            left by an exception, and by ``return`` where there is a ``finally``.
        owner: The class whose method runs, for ``super()``.
        receiver: The first argument, for ``super()``.
        depth: How many calls it is deep.
    """

    __slots__ = (
        "call",
        "caller",
        "depth",
        "exits",
        "function",
        "globals",
        "leaves",
        "mark",
        "owner",
        "raises",
        "receiver",
        "refined",
        "scope",
        "source",
        "tick",
        "yields",
    )

    def __init__(
        self,
        source: Source,
        scope: Scope,
        function: Function | None,
        call: ast.AST | None,
        caller: Frame | None,
        tick: int,
        mark: int,
        refined: Refinement,
    ) -> None:
        self.source = source
        self.scope = scope
        self.function = function
        self.call = call
        self.caller = caller
        self.tick = tick
        self.mark = mark
        self.refined = refined
        self.exits: list[Exit] = []
        self.yields: list[Value] = []
        self.leaves: list[list[Any]] = []
        self.raises: list[tuple[int, list[Any], list[Any] | None]] = []
        self.owner: Class | None = function.owner if function is not None else None
        self.receiver: Value | None = None
        self.depth: int = 0 if caller is None else caller.depth + 1
        self.globals: dict[str, Scope] = {}

    def runs(self, function: Function) -> int:
        """Return how often a function is among the calls that are being interpreted.

        Functions of the same code over other names, as the wrappers of one decorator are, count for a third.
        """
        thirds = 0
        frame: Frame | None = self
        while frame is not None:
            if frame.function is not None and frame.function.node is function.node:
                thirds += 3 if frame.function is function else 1
            frame = frame.caller
        return thirds // 3
