"""The same routes asked otherwise: HEAD, OPTIONS, from a foreign page, under a foreign host, in the clear."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ..audit.facts.own_code import names_in
from .planned import ATTACKER, Planned, cross_origin, navigation, program, submission
from .record import Record
from .route import SAFE, Route
from .routes import Routes
from .sender import Visitor

_FOREIGN_HOST = urlsplit(ATTACKER).netloc
_CALLBACKS = ("callback", "jsonp", "jsoncallback")
_MALFORMED_HOST = 'shop.example"><script>'


@dataclass(eq=False)
class Variants:
    """Asks the routes of one application otherwise, as a stranger.

    Attributes:
        called: Routes whose views may be called and work.
    """

    routes: Routes
    record: Record
    visitor: Visitor
    called: Callable[[], list[Route]]

    def ask_heads(self) -> None:
        """HEAD and OPTIONS."""
        for route in self.called():
            if "HEAD" in route.methods and route not in self.routes.without_head:
                self._ask("head", route, "HEAD")
        for route in self.routes.all:
            if "OPTIONS" in route.methods:
                self._ask("options", route, "OPTIONS", stand_in=self._is_forbidden(route))

    def ask_across_origins(self) -> None:
        """As a script on a foreign page, on a page without an origin, and as the preflights before them."""
        for route in self.called():
            for origin in (ATTACKER, "null"):
                self._ask("cors", route, headers=cross_origin(origin))
            for name in _callbacks(self.routes.app.view_functions.get(route.endpoint)):
                self._ask("view", route, query=f"{name}=garrison")
        for route in self.routes.all:
            if "OPTIONS" in route.methods:
                methods = sorted(route.methods - SAFE) or ["PUT"]
                headers = cross_origin(ATTACKER, method=methods[0])
                self._ask("preflight", route, "OPTIONS", headers=headers, stand_in=self._is_forbidden(route))

    def ask_hosts(self) -> None:
        """Under a host that is not the application's, and under what is none."""
        for route in self.called():
            self._ask("host", route, host=_FOREIGN_HOST)
        for route in self.called()[:1]:
            self._ask("host", route, host=_MALFORMED_HOST)

    def ask_in_the_clear(self) -> None:
        """Over plain HTTP, from another machine."""
        for route in self.called():
            self._ask("plain-http", route, headers=navigation(secure=False), scheme="http")

    def ask_in_place_of_views(self, without_view: list[Route]) -> None:
        """Have a harmless page answer in place of views that are not called, and of those that were not seen."""
        for route in without_view:
            self._ask("stand-in", route, stand_in=True)
        for route, method in self.routes.unsafe:
            address = self.routes.addresses.of(route)
            if address is not None:
                origin = "://".join(urlsplit(address.url)[:2])
                self._ask("stand-in", route, method, headers=submission(origin), stand_in=True)

    def _is_forbidden(self, route: Route) -> bool:
        """Return whether the view answers OPTIONS itself, beside methods that must not be sent to it."""
        return route.own_options and route not in self.called()

    def _ask(
        self,
        case: str,
        route: Route,
        method: str = "GET",
        *,
        headers: tuple[tuple[str, str], ...] | None = None,
        host: str | None = None,
        scheme: str = "https",
        query: str = "",
        stand_in: bool = False,
    ) -> None:
        address = self.routes.addresses.of(route)
        if address is None or (stand_in and route.endpoint not in self.routes.app.view_functions):
            return
        planned = Planned(
            case=case,
            method=method,
            url=_with(f"{scheme}://{address.url.partition('://')[2]}", query),
            route=route,
            headers=navigation() if headers is None else headers,
            host=host,
            stand_in="page" if stand_in else "",
        )
        sent = self.record.ask(planned, self.visitor)
        if sent.slow:
            self.record.miss(f"{method} {route.rule} ({case})", f"it {sent.slow}", "Give it more time: --timeout.")


def _callbacks(view: Any) -> list[str]:
    """Return the parameters by which a view may take the name of a function to call: JSONP, as a foreign page asks."""
    words = names_in(view)
    return [name for name in _CALLBACKS if name in words]


def _with(url: str, query: str) -> str:
    return url if not query else f"{url}{'&' if '?' in url else '?'}{query}"


def static_requests(routes: Routes) -> Iterator[tuple[Planned, str]]:
    """Yield a request for one file of each static folder, and what it is called in words."""
    for route, folder in routes.static.items():
        file = _first_file(folder)
        name = None if file is None else file.relative_to(folder).as_posix()
        built = None if name is None else route.url_rule.build({"filename": name})
        if built is not None:
            url = routes.addresses.url(built[1])
            yield Planned(case="static", method="GET", url=url, route=route, headers=program("*/*")), route.rule


def _first_file(folder: Path) -> Path | None:
    """Return a file of a folder or one below it, hidden ones apart; the same at each run."""
    for place, below, files in os.walk(folder):
        below[:] = sorted(name for name in below if not name.startswith("."))
        found = next((name for name in sorted(files) if not name.startswith(".")), None)
        if found is not None:
            return Path(place, found)
    return None
