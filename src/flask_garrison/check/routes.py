"""The routes of an application, sorted by what may be sent to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from flask import Flask

from ..target.choices import Choices
from .addresses import Addresses
from .route import SAFE, Route
from .side_effects import SideEffects


@dataclass(eq=False)
class Routes:
    """The routes of one application.

    Attributes:
        addresses: Where they are asked.
    """

    app: Flask
    choices: Choices
    addresses: Addresses

    @cached_property
    def all(self) -> list[Route]:
        """Every route of a view; WebSockets and Flask's own static files are not among them."""
        return [one for one in self.addresses.routes if not one.url_rule.websocket and one not in self.static]

    @cached_property
    def websockets(self) -> list[Route]:
        """Routes of WebSockets."""
        return [one for one in self.addresses.routes if one.url_rule.websocket]

    @cached_property
    def static(self) -> dict[Route, Path]:
        """Flask's own routes of static files, with their folders."""
        folders = _static_folders(self.app)
        own = [one for one in self.addresses.routes if one.endpoint in folders and one.arguments == {"filename"}]
        return {one: folders[one.endpoint] for one in own}

    @cached_property
    def called(self) -> list[Route]:
        """Routes whose views are called with GET; those that end the session come last."""
        allowed = [one for one in self.all if "GET" in one.methods and one not in self.skipped]
        return sorted(allowed, key=lambda one: self._effects.ends_session(one.rule, one.endpoint))

    @cached_property
    def skipped(self) -> list[Route]:
        """Routes for GET whose views are not called, since they look as if they changed something."""
        return [one for one in self.all if "GET" in one.methods and self._is_forbidden(one)]

    @cached_property
    def without_head(self) -> list[Route]:
        """Routes for the form of an act, to which no HEAD is sent: a view that asks only for GET would act."""
        forms = [one for one in self.called if "POST" in self._methods[one.rule]]
        return [one for one in forms if self._effects.acts_unless_get(one.rule, one.endpoint)]

    @cached_property
    def unsafe(self) -> list[tuple[Route, str]]:
        """Routes with each method that is there to change something; their views are never called."""
        return [(one, method) for one in self.all for method in sorted(one.methods - SAFE)]

    def problems(self) -> list[str]:
        """Return a sentence for each entry of ``[target]`` that means nothing here."""
        found = self._effects.problems([(one.rule, one.endpoint) for one in self.all])
        lost = [path for path in self.choices.addresses if not self.addresses.name(path)]
        return [*found, *(f"[target] addresses: no route for GET answers at {path!r}." for path in lost)]

    @cached_property
    def _effects(self) -> SideEffects:
        return SideEffects(self.choices)

    @cached_property
    def _methods(self) -> dict[str, set[str]]:
        known: dict[str, set[str]] = defaultdict(set)
        for one in self.all:
            known[one.rule] |= one.methods
        return known

    def _is_forbidden(self, route: Route) -> bool:
        return self._effects.forbids(route.rule, route.endpoint, self._methods[route.rule])


def _static_folders(app: Flask) -> dict[str, Path]:
    folders = {"static": app.static_folder}
    folders |= {f"{name}.static": blueprint.static_folder for name, blueprint in app.blueprints.items()}
    return {endpoint: Path(folder) for endpoint, folder in folders.items() if folder}


def shown(routes: Iterable[Route]) -> str:
    """Return routes for GET as one piece of text: the first few, and how many more there are."""
    return listed([f"GET {one.rule}" for one in routes])


def listed(items: Sequence[str], limit: int = 8) -> str:
    """Return the first few of a list as text, and how many more there are."""
    unique = list(dict.fromkeys(items))
    more = f" and {len(unique) - limit} more" if len(unique) > limit else ""
    return ", ".join(unique[:limit]) + more
