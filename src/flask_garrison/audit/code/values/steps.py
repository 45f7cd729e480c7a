"""Where a tainted value comes from, one step after the other, for the path that a finding shows."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..project.sources import Source


class Step:
    """One expression that made a tainted value out of another one.

    Attributes:
        node: The expression.
        source: The file that it stands in.
        tick: When it was evaluated: later steps and calls have higher numbers.
        parent: The step before; ``None`` for the one that read the client's data.
        stored: Whether the data were read back from storage.
        label: For the first: what the client controls, such as ``request.args``.
    """

    __slots__ = ("label", "node", "parent", "source", "stored", "tick")

    def __init__(
        self, node: ast.AST, source: Source, tick: int, parent: Step | None, stored: bool = False, label: str = ""
    ) -> None:
        self.node = node
        self.source = source
        self.tick = tick
        self.parent = parent
        self.stored = stored
        self.label: str = label or (parent.label if parent is not None else "")

    def chain(self) -> list[Step]:
        """Return the steps from the client's data to this one."""
        steps: list[Step] = []
        step: Step | None = self
        while step is not None:
            steps.append(step)
            step = step.parent
        return steps[::-1]
