"""Every kind of status: those that the application gives by itself, and those that are provoked without a view."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from ..target.answers import Answer
from .planned import HeaderList, Planned, navigation, program, submission
from .provoking import SHOW_IT, Provoking, status_of
from .route import Route
from .sender import Visitor
from .variants import static_requests

_UNTAKEN = ("DELETE", "PUT", "PATCH", "POST")
_UNKNOWN = "garrison-no-such-page"
_FLOOD = 60
_BEYOND_ANY_LIMIT = 1 << 41
"""Stated as the length of a body that is never sent; a limit refuses it before the first byte is read."""
_FORM: HeaderList = (("Content-Type", "application/x-www-form-urlencoded"),)
_TEXT: HeaderList = (("Content-Type", "text/plain"),)


@dataclass(eq=False)
class Statuses:
    """Asks one application for every kind of status."""

    by: Provoking

    def ask_static(self) -> None:
        """One file of each static folder, and again with the validators that it came with."""
        for planned, rule in static_requests(self.by.routes):
            visitor, answer = self._first_with(planned, 200)
            if answer is None:
                reason = f"its file {urlsplit(planned.url).path} was not given out"
                self.by.record.miss(f"GET {rule}", reason, SHOW_IT)
                continue
            names = (("ETag", "If-None-Match"), ("Last-Modified", "If-Modified-Since"))
            headers = tuple((to, answer.headers[name]) for name, to in names if name in answer.headers)
            if headers:
                again = replace(planned, case="not-modified", headers=(*planned.headers, *headers))
                self.by.record.ask(again, visitor)

    def ask_unknown(self) -> None:
        """Paths that no route answers, below the root and below each blueprint; 404."""
        addresses = self.by.routes.addresses
        urls = [addresses.url(f"{prefix}/{_UNKNOWN}") for prefix in ("", *self._prefixes())]
        unknown = [url for url in urls if addresses.route_at(url, "GET") is None]
        asked = [(url, navigation()) for url in unknown] + [(url, program()) for url in unknown[:1]]
        for visitor in self.by.visitors():
            for url, headers in asked:
                self.by.record.ask(Planned(case="not-found", method="GET", url=url, headers=headers), visitor)
        if not unknown:
            self.by.provoke("not-found", 404, [("not-found", "GET", navigation())])

    def ask_untaken(self) -> None:
        """Methods that no route takes at its address; 405."""
        chosen = dict.fromkeys([*self.by.open()[:1], *self._one_of_each_blueprint()])
        asked = [(route, _UNTAKEN) for route in chosen] + [(route, ("TRACE",)) for route in list(chosen)[:1]]
        found = [planned for planned in (self._untaken(*one) for one in asked) if planned is not None]
        for visitor in self.by.visitors():
            for planned in found:
                self.by.record.ask(planned, visitor)
        if chosen and not found:
            self.by.record.miss("An answer with status 405", "every route tried takes every method", SHOW_IT)

    def provoke_errors(self) -> None:
        """An exception in place of a view, for people and for programs, and in each blueprint; 500."""
        self.by.provoke("error", 500, [("error", "GET", navigation())])
        self.by.provoke("error", 500, [("error", "GET", program())])
        for route in self._one_of_each_blueprint():
            self.by.provoke("error", 500, [("error", "GET", navigation())], [route], optional=True)

    def provoke_refusals(self) -> None:
        """What is too large, of the wrong type, too much; the application's own refusal where it has one."""
        origin = self.by.routes.addresses.url("")
        for case, status, way, length in (
            ("too-large", 413, ("read", (*submission(origin), *_FORM)), _BEYOND_ANY_LIMIT),
            ("media-type", 415, ("json", (*submission(origin), *_TEXT)), None),
        ):
            if not self.by.provoke_by_posting(case, status, way, length):
                self.by.provoke(case, status, [(case, "POST", submission(origin)), (case, "GET", navigation())])
        if {"limiter", "garrison"} & set(self.by.routes.app.extensions):
            self._flood()
        self.by.provoke("too-many", 429, [("too-many", "GET", navigation())])

    def provoke_what_was_not_seen(self) -> None:
        """A redirect and a stream, where no view gave one."""
        seen = {answer.case for answer in self.by.record.answers}
        if "redirect" not in seen:
            self.by.provoke("redirect", 302, [("redirect", "GET", navigation())])
        if "streamed" not in seen:
            self.by.provoke("streamed", 200, [("stream", "GET", navigation())])

    def _first_with(self, planned: Planned, status: int) -> tuple[Visitor, Answer | None]:
        """Ask as each visitor until one gets an answer of a status."""
        for visitor in self.by.visitors():
            answer = self.by.record.ask(planned, visitor).answer
            if answer is not None and answer.status == status:
                return visitor, answer
        return visitor, None

    def _untaken(self, route: Route, methods: tuple[str, ...]) -> Planned | None:
        """Return a request with the first of these methods that no route takes there."""
        address = self.by.routes.addresses.of(route)
        taken = self.by.routes.addresses.methods_at(address.url) if address else set(methods)
        method = next((method for method in methods if method not in taken), None)
        if address is None or method is None:
            return None
        origin = "://".join(urlsplit(address.url)[:2])
        return Planned(case="method", method=method, url=address.url, headers=submission(origin))

    def _prefixes(self) -> list[str]:
        """Return the paths below which blueprints answer, without arguments."""
        prefixes = {blueprint.url_prefix or "" for blueprint in self.by.routes.app.blueprints.values()}
        return sorted(prefix.rstrip("/") for prefix in prefixes if prefix.strip("/") and "<" not in prefix)

    def _one_of_each_blueprint(self) -> list[Route]:
        chosen: dict[str, Route] = {}
        for route in self.by.open():
            chosen.setdefault(route.blueprint, route)
        chosen.pop("", None)
        return list(chosen.values())

    def _flood(self) -> None:
        """Ask the first route from one address until a limit answers, in place of its view; sixty times at most."""
        one = Visitor(self.by.routes.app, address="192.0.2.7")
        for planned in list(self.by.planned("too-many", [("page", "GET", navigation())], self.by.open()[:1])):
            for _ in range(_FLOOD):
                sent = self.by.record.send(planned, one)
                if status_of(sent) == 429:
                    self.by.record.keep(sent, "too-many")
                    return
