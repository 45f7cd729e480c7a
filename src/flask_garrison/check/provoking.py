"""Provokes a status without a view: routes and visitors are tried until a stand-in is reached."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from .planned import HeaderList, Planned
from .record import Record
from .route import Route
from .routes import Routes
from .sender import Sent, Visitor

SHOW_IT = "Log a user in (--user), let strangers reach one route before whatever answers first, or accept it."
_TRIED = 12
Ways = Iterable[tuple[str, str, HeaderList]]
"""What a stand-in does, the method, and the headers of the request."""


@dataclass(eq=False)
class Provoking:
    """Provokes answers of one application.

    Attributes:
        visitors: A stranger first, then the users who are logged in.
        open: Routes for GET, those first that a stranger gets a page from.
    """

    routes: Routes
    record: Record
    visitors: Callable[[], list[Visitor]]
    open: Callable[[], list[Route]]

    def provoke(
        self, case: str, status: int, ways: Ways, routes: list[Route] | None = None, *, optional: bool = False
    ) -> None:
        """Keep the answer of the first stand-in that is reached; say so where none is, unless it is optional."""
        planned = list(self.planned(case, ways, self._candidates() if routes is None else routes))
        answered: set[int] = set()
        for visitor, one in [(visitor, one) for visitor in self.visitors() for one in planned]:
            sent = self.record.send(one, visitor)
            if sent.reached or (status >= 300 and status_of(sent) == status):
                self.record.keep(sent, case)
                return
            answered.add(status_of(sent))
        if not optional:
            self._miss(status, answered)

    def provoke_by_posting(self, case: str, status: int, way: tuple[str, HeaderList], length: int | None) -> bool:
        """Keep the answer where the application refuses a body by itself; return whether it did."""
        posting = [route for route, method in self.routes.unsafe if method == "POST"]
        planned = list(self.planned(case, [(way[0], "POST", way[1])], posting))
        for visitor, one in [(visitor, one) for visitor in self.visitors() for one in planned]:
            sent = self.record.send(replace(one, body=b"x", length=length), visitor)
            if status_of(sent) == status:
                self.record.keep(sent, case)
                return True
        return False

    def planned(self, case: str, ways: Ways, routes: Iterable[Route]) -> Iterator[Planned]:
        """Yield the requests to some of these routes, with stand-ins for their views."""
        listed = list(routes)
        for behaviour, method, headers in ways:
            for route in [route for route in listed if method in route.methods][:_TRIED]:
                address = self.routes.addresses.of(route)
                if address is not None and route.endpoint in self.routes.app.view_functions:
                    yield Planned(
                        case=case, method=method, url=address.url, route=route, headers=headers, stand_in=behaviour
                    )

    def _candidates(self) -> list[Route]:
        known = dict.fromkeys([*self.open(), *self.routes.skipped])
        return [*known, *(route for route, _ in self.routes.unsafe if route not in known)]

    def _miss(self, status: int, answered: set[int]) -> None:
        codes = ", ".join(map(str, sorted(answered)))
        said = f"each route tried answered {codes} before a view" if answered else "there is no route"
        self.record.miss(f"An answer with status {status}", f"it could not be provoked: {said}", SHOW_IT)


def status_of(sent: Sent) -> int:
    """Return the status of an answer, 0 where there was none in time."""
    return sent.answer.status if sent.answer is not None else 0
