"""Under which addresses the routes of an application are asked: named ones, ones that pages link to, made-up ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from itertools import islice, product
from typing import Any
from urllib.parse import urljoin, urlsplit
from uuid import UUID

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import (
    AnyConverter,
    BaseConverter,
    FloatConverter,
    IntegerConverter,
    MapAdapter,
    RequestRedirect,
    UUIDConverter,
)

from ..extension import EXTENSION
from ..guard.hosts import declared_hosts
from .route import Route, routes_of

_LINK = re.compile(rb"""\b(?:href|src|action)\s*=\s*(?:"([^"<>]{1,500})"|'([^'<>]{1,500})'|([^\s"'<>]{1,500}))""", re.I)
_TEXTS = ("x", "1", "a-b", "en", "x.txt", "2024-01-31", "2024-01", "2024", "00000000-0000-0000-0000-000000000001")
_LONGEST = 64
_TRIES = 16


@dataclass(frozen=True, slots=True)
class Address:
    """Where one route is asked.

    Attributes:
        url: Whole address, such as ``https://shop.example/items/1``.
        made_up: Whether its arguments are Garrison's own invention.
    """

    url: str
    made_up: bool


class Addresses:
    """The addresses of one application.

    Attributes:
        routes: Every route.
        host: Under which it is asked: the first that is declared, else ``localhost``.
        root: Path that the application is mounted at (``APPLICATION_ROOT``); empty for ``/``.
    """

    def __init__(self, app: Flask) -> None:
        self._app = app
        self.routes = routes_of(app)
        self._by_rule = {id(route.url_rule): route for route in self.routes}
        self._known: dict[Route, str] = {}
        self._invented: dict[Route, str | None] = {}
        self.host = _host_of(app)
        self.root = f"/{(app.config.get('APPLICATION_ROOT') or '/').strip('/')}".rstrip("/")

    def url(self, path: str, *, host: str | None = None, scheme: str = "https") -> str:
        """Return the whole address of a path of the application."""
        return f"{scheme}://{host or self.host}{self.root}{path}"

    def of(self, route: Route) -> Address | None:
        """Return where a route is asked, or ``None`` where no address that leads to it can be made up."""
        if route in self._known:
            return Address(self._known[route], made_up=False)
        if route not in self._invented:
            with self._app.app_context():
                self._invented[route] = self._invent(route)
        url = self._invented[route]
        return None if url is None else Address(url, made_up=bool(route.arguments))

    def is_hidden(self, route: Route) -> bool:
        """Return whether another route of the very same rule answers in its place, so that its view is never called."""
        with self._app.app_context():
            found = [self.route_at(url, _method_of(route)) for url in self._made_up(route)]
        return any(other is not None and other is not route and other.rule == route.rule for other in found)

    def _invent(self, route: Route) -> str | None:
        made_up = list(self._made_up(route))
        leading = next((url for url in made_up if self._leads(url, route)), None)
        # Werkzeug sends who asks for a default to the rule that leaves it out: that is all this route ever answers.
        return leading or next((url for url in made_up if self._is_sent_on(url, route)), None)

    def _is_sent_on(self, url: str, route: Route) -> bool:
        try:
            self._adapter(url).match(self._path(url), method=_method_of(route))
        except RequestRedirect:
            return True
        except Exception:  # A converter of the application may raise what it likes.
            return False
        return False

    def _leads(self, url: str, route: Route) -> bool:
        return route.redirects or self.route_at(url, _method_of(route)) is route

    def name(self, path: str) -> bool:
        """Take an address that the user names for the route that it leads to; return whether there is one."""
        url = self.url(path)
        with self._app.app_context():
            route = self.route_at(url, "GET")
        if route is None:
            return False
        self._known[route] = url
        return True

    def learn(self, url: str, body: bytes) -> None:
        """Take addresses of routes with arguments from the links of a page."""
        with self._app.app_context():
            for link in _links(url, body):
                route = self.route_at(link, "GET") if urlsplit(link).netloc == urlsplit(url).netloc else None
                if route is not None and route.arguments:
                    self._known.setdefault(route, link)

    def route_at(self, url: str, method: str) -> Route | None:
        """Return the route that answers at an address, or ``None`` where none does."""
        path = self._path(url)
        try:
            if path is None:
                return None
            return self._by_rule[id(self._adapter(url).match(path, method=method, return_rule=True)[0])]
        except HTTPException:
            return None
        except Exception:  # A converter of the application may raise what it likes.
            return None

    def methods_at(self, url: str) -> set[str]:
        """Return the methods that some route takes at an address."""
        with self._app.app_context():
            return set(self._adapter(url).allowed_methods(self._path(url)))

    def _adapter(self, url: str) -> MapAdapter:
        host = urlsplit(url).netloc
        if self._app.url_map.host_matching or not self._app.subdomain_matching:
            return self._app.url_map.bind(host, url_scheme="https")
        subdomain = host.removesuffix(self.host).rstrip(".") if host != self.host else None
        return self._app.url_map.bind(self.host, subdomain=subdomain, url_scheme="https")

    def _path(self, url: str) -> str | None:
        path = urlsplit(url).path or "/"
        return path.removeprefix(self.root) or "/" if f"{path}/".startswith(f"{self.root}/") else None

    def _made_up(self, route: Route) -> Iterator[str]:
        # Several values: one may be a default, whose address leads elsewhere, or lead to another route.
        samples = self._samples(route)
        for choices in islice(product((0, 1), repeat=len(samples)), _TRIES):
            chosen = zip(samples, choices, strict=True)
            texts = {name: found[min(choice, len(found) - 1)] for (name, found), choice in chosen}
            values = {**texts, **(route.url_rule.defaults or {})}
            complete = len(values) >= len(route.arguments)
            built = route.url_rule.build(values, append_unknown=False) if complete else None
            if built is not None:
                yield self.url(built[1], host=self._domain(built[0]))

    def _domain(self, part: str) -> str | None:
        if self._app.url_map.host_matching or not part:
            return part or None
        return f"{part}.{self.host}"

    def _samples(self, route: Route) -> list[tuple[str, list[Any]]]:
        # Werkzeug has no public way to ask a rule for its converters.
        converters: dict[str, BaseConverter] = route.url_rule._converters
        found = [(name, list(_accepted(converter, 2))) for name, converter in converters.items()]
        return [(name, values) for name, values in found if values]


def _host_of(app: Flask) -> str:
    gate: Any = app.extensions.get(EXTENSION)
    trusted = app.config.get("TRUSTED_HOSTS") or ()
    stated = (trusted,) if isinstance(trusted, str) else tuple(trusted)
    hosts = declared_hosts(app, gate.policy) if gate is not None else stated
    named = hosts[0].lstrip(".") if hosts else app.config.get("SERVER_NAME")
    return str(named or "localhost")


def _method_of(route: Route) -> str:
    methods = route.methods or {"GET"}
    return "GET" if "GET" in methods else min(methods - {"OPTIONS"} or methods)


def _links(url: str, body: bytes) -> Iterator[str]:
    for found in _LINK.finditer(body):
        text = unescape(next(part for part in found.groups() if part is not None).decode("utf-8", "replace"))
        try:
            yield urljoin(url, text).partition("#")[0]
        except ValueError:
            continue


def _accepted(converter: BaseConverter, wanted: int) -> Iterator[Any]:
    """Yield values that a converter writes, and reads back."""
    for value in _samples(converter):
        try:
            text = converter.to_url(value)
            if re.fullmatch(converter.regex, text):
                converter.to_python(text)
                yield value
                wanted -= 1
        except Exception:  # noqa: S112 - a converter of the application may raise what it likes
            continue
        if not wanted:
            return


def _samples(converter: BaseConverter) -> Iterable[Any]:
    if isinstance(converter, AnyConverter):
        return sorted(converter.items, key=lambda item: converter.regex.find(re.escape(item)))
    if isinstance(converter, IntegerConverter | FloatConverter):
        return _numbers(converter)
    if isinstance(converter, UUIDConverter):
        return (UUID(int=1), UUID(int=2))
    return (*_TEXTS, 1, 1.5, *("x" * length for length in range(2, _LONGEST)))


def _numbers(converter: IntegerConverter | FloatConverter) -> Iterator[Any]:
    step = 1.5 if isinstance(converter, FloatConverter) else 1
    low = step if converter.min is None or converter.min <= step else converter.min
    yield from (low, low + 1)
    if converter.max is not None:
        yield from (converter.max, converter.max - 1)
