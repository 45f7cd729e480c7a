"""What the interpreter tells rules of: calls, comparisons, answers, and the like; each knows where it stands."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ...findings import Confidence, Evidence, Severity
from ..rule import Match
from .paths import path_of
from .values.pieces import Hole, holes, text_of
from .values.taint import ALL, WEAK, both
from .values.value import UNKNOWN, Value

if TYPE_CHECKING:
    from .html_uses import Place
    from .interpreter.frames import Frame
    from .interpreter.machine import Machine
    from .project.sources import Source
    from .values.objects import Class, Function
    from .values.refinement import Refinement
    from .values.steps import Step


class Sighting:
    """Something that the interpreter came by.

    Attributes:
        machine: Its state then.
        node: The code.
    """

    __slots__ = ("machine", "node")

    def __init__(self, machine: Machine, node: ast.AST) -> None:
        self.machine = machine
        self.node = node

    @property
    def source(self) -> Source:
        """The file."""
        return self.machine.frame.source

    @property
    def function(self) -> Function | None:
        """The function that it stands in, or ``None`` at the top level of a module."""
        return self.machine.frame.function

    @property
    def where(self) -> str:
        """Name of the function that it stands in, with the names around that; empty at the top level."""
        return self.function.name if self.function is not None else ""

    def taint(self, value: Value) -> int:
        """Return the taint of a value at this point."""
        return self.machine.taint(value)

    def reach(self, value: Value) -> int:
        """Return the taint of a value and of everything that it holds."""
        from .interpreter.expressions import reach

        return reach(self.machine, value)[0]

    def tainted(self, value: Value | None, uses: int) -> Iterator[Hole]:
        """Yield the parts of a value that a client controls and that are dangerous for one of some uses.

        A part of a text says what stands before and after it; of a container, what it holds counts.
        """
        if value is None:
            return
        value = self.machine.resolve(value)
        if not value.taint and not value.refs:
            return
        wanted = both(uses)
        for hole in holes(value):
            part = self.machine.resolve(hole.value)
            taint = self.machine.taint(part)
            if taint & wanted:
                yield Hole(part, hole.before, hole.after, _via(value, part))
            elif part.refs:
                yield from self._held(part, hole, wanted)

    def _held(self, part: Value, hole: Hole, wanted: int) -> Iterator[Hole]:
        from .interpreter.expressions import reach

        taint, step = reach(self.machine, part)
        if taint & wanted:
            yield Hole(Value(taint, step=step), hole.before, hole.after)

    def labelled(self, value: Value, labels: int) -> Iterator[Hole]:
        """Yield the parts of a value that have one of some labels, see :mod:`.labels`."""
        for hole in holes(self.machine.resolve(value)):
            if self.machine.taint(hole.value) & labels:
                yield hole

    def match(
        self,
        title: str,
        *,
        node: ast.AST | None = None,
        source: Source | None = None,
        severity: Severity | None = None,
        confidence: Confidence | None = None,
        fix: str = "",
    ) -> Match:
        """Return a finding at this place, or at another node of this file or another."""
        at = node or self.node
        steps = path_of(self.machine, UNKNOWN, at, source)[-1:]
        return Match(
            title,
            severity=severity,
            confidence=confidence,
            subject=self._subject(at) if source is None else f"{source.name}\n{brief(at, 400)}",
            path=(source or self.source).shown,
            line=getattr(at, "lineno", 1),
            evidence=(Evidence("path", steps[-1]["summary"], {"steps": steps}),),
            fix=fix,
        )

    def flow(
        self,
        found: Hole | Value,
        uses: int,
        title: str,
        *,
        node: ast.AST | None = None,
        severity: Severity | None = None,
        confidence: Confidence | None = None,
        fix: str = "",
    ) -> Match:
        """Return a finding with the path of a client's value to this place.

        Args:
            found: The value, or the part of a text.
            uses: What it is dangerous for; decides, where ``confidence`` is not given, how sure the finding is.
        """
        value = found.value if isinstance(found, Hole) else found
        at = node or self.node
        steps = path_of(self.machine, value, at, via=found.via if isinstance(found, Hole) else None)
        return Match(
            title,
            severity=severity,
            confidence=self._confidence(value, uses) if confidence is None else confidence,
            subject=self._subject(at),
            path=self.source.shown,
            line=getattr(at, "lineno", 1),
            evidence=(Evidence("path", steps[-1]["summary"], {"steps": steps}),),
            fix=fix,
        )

    def at(
        self, step: Step, title: str, *, severity: Severity | None = None, confidence: Confidence | None = None
    ) -> Match:
        """Return a finding at a step of a value's path: where a thing was made that is used wrongly here."""
        there = path_of(self.machine, Value(step=step), self.node)
        line = getattr(step.node, "lineno", 1)
        return Match(
            title,
            severity=severity,
            confidence=confidence,
            subject=f"{step.source.name}\n{brief(step.node, 400)}",
            path=step.source.shown,
            line=line,
            evidence=(Evidence("path", f"{step.source.shown}:{line}: {brief(step.node)}", {"steps": there}),),
        )

    def _confidence(self, value: Value, uses: int) -> Confidence | None:
        taint = self.machine.taint(value)
        if not taint & uses:
            return Confidence.LOW
        if value.step is not None and value.step.stored:
            return Confidence.MEDIUM
        return None

    def _subject(self, node: ast.AST) -> str:
        return f"{self.source.name}\n{self.where}\n{brief(node, 400)}"


class Call(Sighting):
    """A call of what no function of the project defines.

    Attributes:
        path: What is called, such as ``subprocess.run`` or ``sqlite3.connect().cursor``; ``?.name`` for a method of
            something unknown.
        name: The last word of it as it stands in the code.
        receiver: What stands before the dot, where there is one.
        args: The positional arguments.
        keywords: The keyword arguments.
        star: What ``*`` gives without a known length.
        more: What ``**`` gives under unknown names.
        callee: What is called.
    """

    __slots__ = ("args", "callee", "keywords", "more", "name", "path", "receiver", "star")

    def __init__(
        self,
        machine: Machine,
        node: ast.AST,
        path: str,
        name: str,
        receiver: Value | None,
        args: list[Value],
        keywords: dict[str, Value],
        star: Value | None = None,
        more: Value | None = None,
    ) -> None:
        super().__init__(machine, node)
        self.path = path
        self.name = name
        self.receiver = receiver
        self.args = args
        self.keywords = keywords
        self.star = star
        self.more = more
        self.callee: Value | None = None

    def arg(self, position: int | None, *names: str) -> Value | None:
        """Return an argument by position or by one of its names, or ``None``; a star can be any of them."""
        if position is not None and position < len(self.args):
            return self.args[position]
        for name in names:
            if name in self.keywords:
                return self.keywords[name]
        return self.star if position is not None and self.star is not None else self.more

    def given(self, position: int | None, *names: str) -> bool:
        """Return whether an argument is given, or may be by a star."""
        return self.arg(position, *names) is not None

    def text(self, position: int | None, *names: str) -> str:
        """Return an argument's text, what is not known replaced by NUL; empty where it is not given."""
        value = self.arg(position, *names)
        return "" if value is None else text_of(self.machine.resolve(value))

    @property
    def values(self) -> list[Value]:
        """Every argument."""
        more = [value for value in (self.star, self.more) if value is not None]
        return [*self.args, *self.keywords.values(), *more]


class Named(Sighting):
    """A constant text under a name: assigned, given as an argument, or put under a key.

    Attributes:
        name: The name.
        value: What it is given.
    """

    __slots__ = ("name", "value")

    def __init__(self, machine: Machine, node: ast.AST, name: str, value: Value) -> None:
        super().__init__(machine, node)
        self.name = name
        self.value = value


class Configured(Named):
    """A setting of the application, whatever way it was made.

    Attributes:
        origin: The file in which the value is written.
        written: The code that writes it.
    """

    __slots__ = ("origin", "written")

    def __init__(
        self, machine: Machine, node: ast.AST, name: str, value: Value, origin: Source, written: ast.AST
    ) -> None:
        super().__init__(machine, node, name, value)
        self.origin = origin
        self.written = written


class Comparison(Sighting):
    """One comparison.

    Attributes:
        sign: The operator.
    """

    __slots__ = ("left", "right", "sign")

    def __init__(self, machine: Machine, node: ast.Compare, sign: ast.cmpop, left: Value, right: Value) -> None:
        super().__init__(machine, node)
        self.sign = sign
        self.left = left
        self.right = right


class Setting(Sighting):
    """``owner.name = value`` or ``owner[name] = value``.

    Attributes:
        owner: What it is set on.
        key: The attribute's name or the item's key.
        is_item: Whether it is an item.
    """

    __slots__ = ("is_item", "key", "owner", "value")

    def __init__(self, machine: Machine, node: ast.AST, owner: Value, key: Value, value: Value, is_item: bool) -> None:
        super().__init__(machine, node)
        self.owner = owner
        self.key = key
        self.value = value
        self.is_item = is_item

    @property
    def path(self) -> str:
        """Where the owner comes from in a library."""
        return self.owner.path

    @property
    def name(self) -> str:
        """The name or key where it is a known text; else empty."""
        return self.key.constant if self.key.known and isinstance(self.key.constant, str) else ""


class Answer(Sighting):
    """What a view returns.

    Attributes:
        value: The whole of it.
        body: What becomes the body.
        content_type: As the code says it; empty: Flask's own for the kind of value.
        status: As the code says it, or 200.
        route: The route of the view.
        inner: Whether a decorator's wrapper stands around it.
        passes: Whether a wrapper only gives on what the function inside returned.
    """

    __slots__ = ("_frame", "_refined", "body", "content_type", "inner", "passes", "route", "status", "value")

    def __init__(
        self, machine: Machine, node: ast.AST, value: Value, body: Value, content_type: Value, status: Value, route: str
    ) -> None:
        super().__init__(machine, node)
        self.value = value
        self.body = body
        self.content_type = content_type
        self.status = status
        self.route = route
        self.inner = False
        self.passes = False
        self._frame = machine.frame
        self._refined = machine.refined

    def keep(self, frame: Frame, refined: Refinement, *, inner: bool) -> None:
        """Keep the state in which it was returned: it is judged when the view has ended."""
        self._frame, self._refined, self.inner = frame, refined, inner

    @contextmanager
    def state(self) -> Iterator[None]:
        """Put the machine into the state in which it was returned."""
        machine = self.machine
        outer, refined = machine.frame, machine.refined
        machine.frame, machine.refined = self._frame, self._refined
        try:
            yield
        finally:
            machine.frame, machine.refined = outer, refined


class Emission(Sighting):
    """A value that a template shows.

    Attributes:
        value: The value.
        place: Where in the page.
        escaped: Whether Jinja escapes it there.
    """

    __slots__ = ("escaped", "place", "value")

    def __init__(self, machine: Machine, node: ast.AST, value: Value, place: Place, escaped: bool) -> None:
        super().__init__(machine, node)
        self.value = value
        self.place = place
        self.escaped = escaped


class Assertion(Sighting):
    """An ``assert``.

    Attributes:
        test: What it tests.
    """

    __slots__ = ("test",)

    def __init__(self, machine: Machine, node: ast.Assert, test: Value) -> None:
        super().__init__(machine, node)
        self.test = test


class Definition(Sighting):
    """A class of the project.

    Attributes:
        cls: The class.
    """

    __slots__ = ("cls",)

    def __init__(self, machine: Machine, node: ast.AST, cls: Class) -> None:
        super().__init__(machine, node)
        self.cls = cls


def _via(whole: Value, part: Value) -> Step | None:
    """Return the last step of a text that a part went into, where that is known to lead through the part."""
    step = whole.step
    return step if step is not None and part.step is not None and part.step in step.chain() else None


def brief(node: ast.AST, longest: int = 160) -> str:
    """Return code as one line; it is written once for each node."""
    text: str | None = getattr(node, "brief", None)
    if text is None:
        text = node.brief = _one_line(node)  # type: ignore[attr-defined]
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _one_line(node: ast.AST) -> str:
    try:
        text = ast.unparse(node)
    except (RecursionError, ValueError, AttributeError):
        return type(node).__name__
    return " ".join(text.split())


__all__ = ["ALL", "UNKNOWN", "WEAK", "Any", "Call", "Sighting"]
