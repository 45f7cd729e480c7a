"""What values refer to: functions, classes, instances and containers of the code that is read.

What can change is the ``payload``, which is replaced and never changed in place; :class:`.heap.Heap` keeps a journal of
the replacements, so that a branch can be taken back.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any, Final

from .value import Value

if TYPE_CHECKING:
    from ..project.sources import Source
    from .refinement import Test

MAX_ITEMS: Final = 400
"""Above this a container is one value for all its items."""


class Held(tuple[Any, Any]):
    """A payload of a container of which more is known than its items.

    Attributes:
        truth: Whether it holds anything; ``None`` where that is not known.
        test: What follows where it does, and where it does not: a list of errors is empty where nothing was wrong.
    """

    truth: bool | None = None
    test: Test | None = None


def held_as(payload: Any, truth: bool | None, test: Test | None = None) -> Held:
    """Return a payload with what is known of it."""
    made = Held(payload)
    made.truth, made.test = truth, test
    return made


def emptiness(payload: Any) -> tuple[bool | None, Test | None]:
    """Return whether a container of some payload holds anything, and what follows from that."""
    if isinstance(payload, Held):
        return payload.truth, payload.test
    items, rest = payload
    return (True if items else None if rest is not None else False), None


class Thing:
    """Anything that a value can refer to; equal only to itself.

    Attributes:
        payload: What of it can change.
    """

    __slots__ = ("payload",)

    def __init__(self, payload: Any = None) -> None:
        self.payload = payload

    @property
    def truth(self) -> bool | None:
        """Whether it is true; ``None`` where that is not known."""
        return True


class Sequence(Thing):
    """A list, tuple, set or generator.

    The payload is ``(items, rest)``: the items in order, and what every further item is (``None``: there is none).
    """

    __slots__ = ("kind",)

    def __init__(self, items: tuple[Value, ...] = (), rest: Value | None = None, kind: str = "list") -> None:
        super().__init__((items, rest))
        self.kind = kind

    @property
    def truth(self) -> bool | None:
        """Whether it holds anything; a generator is true whatever it gives."""
        return True if self.kind == "generator" else emptiness(self.payload)[0]


class Mapping(Thing):
    """A dictionary.

    The payload is ``(items, rest)``: values by constant key, and the value under every other key (``None``: none).

    Attributes:
        keys: What the keys that are no constants are.
        factory: What is called to make the value of a key that is missing, as in a ``defaultdict``.
    """

    __slots__ = ("factory", "keys")

    def __init__(self, items: dict[Any, Value] | None = None, rest: Value | None = None, keys: Value | None = None):
        super().__init__((items or {}, rest))
        self.keys = keys
        self.factory: Value | None = None

    @property
    def truth(self) -> bool | None:
        """Whether it holds anything."""
        return emptiness(self.payload)[0]


class Scope(Thing):
    """Names of a module, a class or a function; the payload is the dictionary of names.

    Attributes:
        given: The names that are parameters.
    """

    __slots__ = ("given", "kind", "parent")

    def __init__(self, parent: Scope | None, kind: str, names: dict[str, Value] | None = None) -> None:
        super().__init__({} if names is None else names)
        self.parent = parent
        self.kind = kind
        self.given: tuple[str, ...] = () if names is None else tuple(names)

    def find(self, name: str) -> Value | None:
        """Return the value of a name here or further out; a class's names are not seen from its functions."""
        scope: Scope | None = self
        while scope is not None:
            value: Value | None = scope.payload.get(name)
            if value is not None and (scope.kind != "class" or scope is self):
                return value
            scope = scope.parent
        return None


class Module(Thing):
    """A module of the project; its names are a scope's.

    Attributes:
        name: Dotted.
        state: ``new``, ``running`` or ``done``.
    """

    __slots__ = ("name", "scope", "source", "state")

    def __init__(self, name: str, source: Source | None) -> None:
        super().__init__()
        self.name = name
        self.source = source
        self.scope = Scope(None, "module")
        self.state = "new"


class Function(Thing):
    """A function or lambda, with the scope that it closes over.

    Attributes:
        node: Its definition.
        source: The file that it stands in.
        scope: The scope that it was defined in.
        owner: The class that it is a method of.
        name: With the names of what it stands in: ``Cart.total``.
        binding: ``method``, ``class``, ``static``, ``property``; ``plain`` outside of classes.
        defaults: Values of the parameters' defaults, by name.
        setter: Of a property, the function that sets it.
        volatile: Whether it was seen to read an object that is not its own, which others may change.
    """

    __slots__ = ("binding", "defaults", "name", "node", "owner", "scope", "setter", "source", "volatile")

    def __init__(
        self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda, source: Source, scope: Scope, name: str
    ) -> None:
        super().__init__()
        self.node = node
        self.source = source
        self.scope = scope
        self.name = name
        self.owner: Class | None = None
        self.binding = "plain"
        self.defaults: dict[str, Value] = {}
        self.setter: Value | None = None
        self.volatile = False

    def __repr__(self) -> str:
        """Return its name."""
        return f"<Function {self.name}>"


class Bound(Thing):
    """A function whose first argument is given."""

    __slots__ = ("function", "receiver")

    def __init__(self, function: Value, receiver: Value) -> None:
        super().__init__()
        self.function = function
        self.receiver = receiver


class Partial(Thing):
    """A callable some of whose arguments are given.

    Attributes:
        is_method: Whether the object that it is read from comes before them, as with ``partialmethod``.
    """

    __slots__ = ("args", "function", "is_method", "keywords")

    def __init__(
        self, function: Value, args: tuple[Value, ...], keywords: dict[str, Value], is_method: bool = False
    ) -> None:
        super().__init__()
        self.function = function
        self.args = args
        self.keywords = keywords
        self.is_method = is_method


class Class(Thing):
    """A class of the project.

    Attributes:
        bases: As they were written, classes of libraries among them.
        scope: Its names; the payload of the scope changes where attributes are set on the class.
        decorators: Paths of library decorators, such as ``dataclasses.dataclass``.
        fields: Annotated names in order, with their annotations.
    """

    __slots__ = ("_order", "bases", "decorators", "fields", "name", "node", "scope", "source")

    def __init__(self, name: str, node: ast.ClassDef, source: Source, bases: tuple[Value, ...], scope: Scope) -> None:
        super().__init__()
        self.name = name
        self.node = node
        self.source = source
        self.bases = bases
        self.scope = scope
        self.decorators: tuple[str, ...] = ()
        self.fields: dict[str, ast.expr] = {}
        self._order: list[Class] = []

    def __repr__(self) -> str:
        """Return its name."""
        return f"<Class {self.name}>"

    def ancestors(self) -> list[Class]:
        """Return the class and its bases within the project, in the order in which attributes are looked up."""
        if not self._order:
            bases = [ref for base in self.bases for ref in base.refs if isinstance(ref, Class)]
            self._order = [self, *_linear([*(base.ancestors() for base in bases), bases])]
        return self._order

    def library_bases(self) -> list[str]:
        """Return the paths of the classes of libraries that it derives from."""
        return [base.path for one in self.ancestors() for base in one.bases if base.path]


def _linear(orders: list[list[Class]]) -> list[Class]:
    """Return the classes of several orders as one that keeps each of them (C3); as they come where there is none."""
    found: dict[Class, None] = {}
    left = [list(order) for order in orders if order]
    while left:
        heads = [order[0] for order in left]
        behind = {one for order in left for one in order[1:]}
        first = next((head for head in heads if head not in behind), heads[0])
        found[first] = None
        left = [rest for order in left if (rest := [one for one in order if one is not first])]
    return list(found)


class Instance(Thing):
    """An object of a class of the project; the payload is the dictionary of its attributes.

    Attributes:
        inner: What it holds as a container, where its class derives from one.
    """

    __slots__ = ("cls", "inner")

    def __init__(self, cls: Class) -> None:
        super().__init__({})
        self.cls = cls
        self.inner: Sequence | Mapping | None = None


def contents(ref: Thing) -> Thing:
    """Return what is to be asked for items: an object of a class that derives from a container has one inside."""
    return ref.inner if isinstance(ref, Instance) and ref.inner is not None else ref


class Record(Thing):
    """An object of a library whose attributes the code sets; the payload is the dictionary of those.

    Attributes:
        made: The frame and the expression that it was made by, where that matters.
    """

    __slots__ = ("made",)

    def __init__(self, payload: dict[str, Value] | None = None, made: Any = None) -> None:
        super().__init__({} if payload is None else payload)
        self.made = made


class Super(Thing):
    """What ``super()`` returns: looks further after one class in the order of another's ancestors."""

    __slots__ = ("after", "receiver")

    def __init__(self, after: Class, receiver: Value) -> None:
        super().__init__()
        self.after = after
        self.receiver = receiver
