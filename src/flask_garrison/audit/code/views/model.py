"""A view as rules about missing controls see it."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from . import happenings as happened
from .happenings import Happening
from .traits import IDENTITY
from .vocabulary import CAPABILITY, PUBLIC, ROLES, WORD

if TYPE_CHECKING:
    from ..entries import Entry
    from ..project.sources import Source
    from ..values.objects import Class, Function
    from .guards import Hook

SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_ARGUMENT: Final = re.compile(r"<(?:[^:<>]+:)?([^<>]+)>")


@dataclass(frozen=True, slots=True)
class Decorator:
    """One decorator of a view.

    Attributes:
        node: The code of it.
        name: As it stands there.
        guard: What says that it asks who is calling: ``library``, ``code`` or ``name``; empty: it does not.
        is_above: Whether it stands above the decorator of the route, where no request reaches it.
        of_roles: Whether its library asks for a permission of its own for each view, which roles are given.
    """

    node: ast.expr
    name: str
    guard: str
    is_above: bool = False
    of_roles: bool = False


@dataclass(eq=False)
class View:
    """One route of one function.

    Attributes:
        entry: As it was registered.
        function: The function itself, decorators taken off.
        cls: The class that it is a method of, where it is.
        route: With the prefix of its blueprint, as far as that is known.
        methods: That it takes.
        decorators: From the inside out.
        owner: What tells its blueprint from others; ``None``: an application, or not known.
        blueprint: The blueprint's name.
        hooks: The functions that run before it.
        around: What wraps it where it is registered asks who is calling.
        happenings: While it runs, with any method.
        on_get: The same with GET alone, where it takes that.
        is_limited: Whether a limit of Flask-Limiter counts for it.
        layers: The functions that are run for it, from the outside in.
    """

    entry: Entry
    function: Function
    cls: Class | None
    route: str
    methods: frozenset[str]
    decorators: tuple[Decorator, ...] = ()
    owner: Any = None
    blueprint: str = ""
    around: str = ""
    happenings: list[Happening] = field(default_factory=list)
    on_get: list[Happening] = field(default_factory=list)
    is_limited: bool = False
    layers: list[Function] = field(default_factory=list)
    hooks: list[Hook] = field(default_factory=list)

    @property
    def source(self) -> Source:
        """The file that it stands in."""
        return self.function.source

    @property
    def name(self) -> str:
        """The function's name, with that of its class."""
        return self.function.name

    @property
    def line(self) -> int:
        """The line of its ``def``."""
        return self.function.node.lineno

    @property
    def method(self) -> str:
        """The method that says most of it: the first that changes something, or GET."""
        return next((one for one in ("POST", "PUT", "PATCH", "DELETE") if one in self.methods), "GET")

    @property
    def changes(self) -> bool:
        """Whether it takes a method that is meant to change something."""
        return not self.methods <= SAFE

    @property
    def changed(self) -> list[Happening]:
        """What it changes."""
        return [one for one in self.happenings if one.kind == happened.CHANGED]

    def has(self, kind: str) -> bool:
        """Return whether something of a kind happens."""
        return any(one.kind == kind for one in self.happenings)

    @cached_property
    def guards(self) -> list[str]:
        """What asks who is calling before it is run."""
        found = [f"@{one.name}" for one in self.decorators if one.guard and not one.is_above]
        if self.around:
            found.append(self.around)
        return found + [f"{hook.name}()" for hook in self.hooks if hook.refuses]

    @cached_property
    def asks(self) -> bool:
        """Whether it asks who is calling, by itself or before."""
        return bool(self.guards) or any(
            (one.kind == happened.TESTED and one.decides and IDENTITY in one.traits) or one.kind == happened.PROVED
            for one in self.happenings
        )

    @cached_property
    def wants_roles(self) -> bool:
        """Whether it is for more than those who are logged in."""
        from .guards import wants_roles

        named = any(
            one.guard
            and not one.is_above
            and (one.of_roles or ROLES.search(one.name) or (isinstance(one.node, ast.Call) and one.node.args))
            for one in self.decorators
        )
        return named or any(hook.refuses and hook.roles for hook in self.hooks) or wants_roles(self.happenings)

    @cached_property
    def knows(self) -> bool:
        """Whether who is calling plays any part in it."""
        return self.asks or self.has(happened.USED) or self.has(happened.AUTHORISED)

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of its name, and of the last constant part of its address."""
        parts = [part for part in _ARGUMENT.sub("", self.route).split("/") if part]
        text = f"{self.name.removeprefix('create_app.')} {' '.join(parts[-1:])}"
        if self.cls is not None:
            text += f" {self.cls.name}"
        return frozenset(word.lower() for word in WORD.findall(text))

    @cached_property
    def is_public(self) -> bool:
        """Whether strangers are meant to call it, by its words."""
        arguments = " ".join(_ARGUMENT.findall(self.route))
        first = next((part for part in self.route.split("/") if part), "").lower()
        return (
            not self.words.isdisjoint(PUBLIC)
            or first in ("public", "static", "webhook", "webhooks", "hooks", "auth", "oauth", "healthz")
            or CAPABILITY.search(arguments) is not None
            or self.route in ("/", "")
        )

    @property
    def segment(self) -> str:
        """The first constant part of its address."""
        return next((part for part in self.route.split("/") if part and not part.startswith("<")), "")


@dataclass
class Views:
    """The views of a project.

    Attributes:
        all: Every one, in the order in which they were registered.
        has_default_limit: Whether Flask-Limiter limits every route.
        is_guarded: Whether Garrison stands in front, which limits logins by itself.
        makes_limiter: Whether there is a limiter at all.
        failed: Views that could not be looked into, as ``(file, line, reason)``.
        notes: What models of libraries have noted.
    """

    all: list[View] = field(default_factory=list)
    has_default_limit: bool = False
    is_guarded: bool = False
    makes_limiter: bool = False
    failed: list[tuple[str, int, str]] = field(default_factory=list)
    notes: dict[str, Any] = field(default_factory=dict)


def shown(view: View) -> str:
    """Return a view as findings name it: its method, address and function."""
    return f"{view.method} {view.route or '(address not known)'} ({view.name})"
