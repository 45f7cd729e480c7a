"""A walk through a view: what happens in it and in what it calls, with one method and some arguments.

Nothing is run: statements are gone through in their order, branches that the method rules out are left out, and what is
known of values is the union of what they were made of (:mod:`.traits`).
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ..values.objects import Function
from . import happenings as happened
from .happenings import Happening
from .traits import NONE, Traits

if TYPE_CHECKING:
    from .project import Project

NOTHING: Final = object()
"""Stands for a constant that is not known."""
DEPTH: Final = 6
STEPS: Final = 2_500
"""Statements in one walk."""
MOST: Final = 300
"""Things that happen in one function, beyond which no more are kept."""


class Known(NamedTuple):
    """What is known of a value.

    Attributes:
        constant: Where it is one of a simple kind, or :data:`NOTHING`.
    """

    traits: Traits = NONE
    constant: Any = NOTHING


UNKNOWN: Final = Known()
Names = dict[str, Known]


class Frame:
    """A function that is gone through.

    Attributes:
        is_top: Whether what it returns is the answer: a view, a wrapper around it, a hook.
        returned: What was returned so far.
        control: What the ways so far hung on.
        returns: Whether it returns at all.
    """

    def __init__(self, function: Function, names: Names, *, is_top: bool) -> None:
        self.function = function
        self.names = names
        self.is_top = is_top
        self.returned: list[Known] = []
        self.control: Traits = NONE
        self.returns = False
        self.waiting: list[int] = []


class Walk:
    """One walk.

    Args:
        method: The request's method, or ``None`` for any.
        top: The functions whose answer is the view's.
    """

    def __init__(self, project: Project, method: str | None, top: Iterable[Function] = ()) -> None:
        self.project = project
        self.method = method
        self.top = {function.node for function in top}
        self.happenings: list[Happening] = []
        self.attributes: dict[str, Traits] = {}
        self.frames: list[Frame] = []
        self.steps = 0
        self.stopped = False

    @property
    def frame(self) -> Frame:
        """The function that is gone through."""
        return self.frames[-1]

    def note(self, kind: str, node: ast.AST, traits: Traits, word: str = "", *, decides: bool = False) -> None:
        """Note that something happens here."""
        self.happenings.append(Happening(kind, node, self.frame.function, traits, word, decides))

    def run(self, function: Function, names: Names) -> tuple[Known, bool]:
        """Go through a function, and return what it returns and whether it ever does."""
        is_within = any(frame.function.node is function.node for frame in self.frames)
        if is_within or len(self.frames) >= DEPTH or self.steps > STEPS:
            return _joined(names.values()), True
        key = self._key(function, names)
        known = self.project.walked.get(key) if key is not None else None
        if known is not None:
            self.happenings += known[2]
            self.steps += len(known[2]) // 4
            return known[0], known[1]
        mark = len(self.happenings)
        frame = Frame(function, dict(names), is_top=function.node in self.top)
        self.frames.append(frame)
        result = self._through(frame)
        self._settle(frame, mark)
        self.frames.pop()
        self.happenings[mark:] = list(dict.fromkeys(self.happenings[mark:]))[:MOST]
        if key is not None and self.steps < STEPS:
            self.project.walked[key] = (*result, tuple(self.happenings[mark:]))
        return result

    def _through(self, frame: Frame) -> tuple[Known, bool]:
        from .expressions import evaluate
        from .statements import block

        node = frame.function.node
        if isinstance(node, ast.Lambda):
            return evaluate(self, node.body), True
        goes_on = block(self, node.body)
        if goes_on:
            frame.returns = True
            frame.returned.append(Known(frame.control, None))
        return _joined(frame.returned), frame.returns

    def _settle(self, frame: Frame, mark: int) -> None:
        """Let conditions decide on whose one side a helper ends before it changes something on the other."""
        for index in frame.waiting:
            if any(one.kind == happened.CHANGED for one in self.happenings[index + 1 :]):
                self.happenings[index] = self.happenings[index]._replace(decides=True)
        del mark

    def _key(self, function: Function, names: Names) -> Any:
        if function.node in self.top:
            return None
        try:
            key = (function, self.method, frozenset(names.items()), frozenset(self.attributes.items()))
            hash(key)
        except TypeError:
            return None
        return key


def _joined(values: Iterable[Known]) -> Known:
    """Return what is known of a value that is one of some."""
    listed = list(values)
    if not listed:
        return UNKNOWN
    traits = NONE.union(*(one.traits for one in listed))
    first = listed[0].constant
    same = all(one.constant is first or (one.constant == first and type(one.constant) is type(first)) for one in listed)
    return Known(traits, first if same else NOTHING)


joined = _joined


def bind(walk: Walk, function: Function, given: Given) -> Names:
    """Return the names of a function's parameters with what they are given."""
    spec = function.node.args
    parameters = [one.arg for one in (*spec.posonlyargs, *spec.args)]
    names: Names = {}
    if function.owner is not None and function.binding != "static" and parameters:
        names[parameters.pop(0)] = given.receiver
    names.update(zip(parameters, given.positional, strict=False))
    keywords = {*parameters, *(one.arg for one in spec.kwonlyargs)}
    names.update({name: value for name, value in given.keywords.items() if name in keywords})
    rest = [*given.positional[len(parameters) :], *(v for k, v in given.keywords.items() if k not in keywords)]
    for name in keywords - names.keys():
        names[name] = given.rest if given.rest is not None else _default(function, name)
    for star in (spec.vararg, spec.kwarg):
        if star is not None:
            names[star.arg] = Known(_joined([*rest, given.rest or UNKNOWN]).traits)
    return names


class Given(NamedTuple):
    """What a function is called with; ``rest`` is what ``*`` and ``**`` give."""

    receiver: Known
    positional: list[Known]
    keywords: dict[str, Known]
    rest: Known | None = None


def _default(function: Function, name: str) -> Known:
    value = function.defaults.get(name)
    if value is None or not value.known or not isinstance(value.constant, (str, int, bool, type(None))):
        return UNKNOWN
    return Known(NONE, value.constant)
