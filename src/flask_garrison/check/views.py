"""Asks every view that may be called, and judges whether its answer can stand for it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ..target.answers import Answer
from .planned import Planned, navigation
from .record import Record
from .route import Route
from .routes import Routes
from .sender import Sent, Visitor

_NAME_IT = 'Name an address at which it works: [target] addresses = ["/..."] in garrison.toml.'
_SHORTEN = "Name an address at which it is shorter: [target] addresses in garrison.toml; or accept it."
_MEND = "Mend the view, or name an address at which it works in [target] addresses of garrison.toml."


@dataclass(eq=False)
class Views:
    """The views of one application, as one visitor sees them.

    Attributes:
        first: The first answer of each view.
        invented: Routes that answered 404 to an address that was made up.
        broken: Routes whose answers cannot be judged.
        hanging: Those of them that did not answer in time; nobody need wait for them again.
    """

    routes: Routes
    record: Record
    visitor: Visitor
    first: dict[Route, Answer] = field(default_factory=dict)
    invented: list[Route] = field(default_factory=list)
    broken: set[Route] = field(default_factory=set)
    hanging: set[Route] = field(default_factory=set)

    def ask_all(self) -> None:
        """Ask every view, routes with arguments last, since pages link to them; then those that a page links to."""
        for route in sorted(self.routes.called, key=lambda route: bool(route.arguments)):
            if route not in self.hanging:
                self._ask(route)
        for route in [route for route in self.invented if not self._is_made_up(route)]:
            self.invented.remove(route)
            self._ask(route)

    def reachable(self) -> list[Route]:
        """Return the routes that the visitor gets a page from, then those that answer otherwise."""
        return sorted(self.first, key=lambda route: (self.first[route].status != 200, self.first[route].status))

    def _is_made_up(self, route: Route) -> bool:
        address = self.routes.addresses.of(route)
        return address is None or address.made_up

    def _ask(self, route: Route) -> None:
        address = self.routes.addresses.of(route)
        if address is None:
            if not self.routes.addresses.is_hidden(route):
                self.record.miss(self._what(route), "no address that leads to it could be made up", _NAME_IT)
            return
        planned = Planned(case="view", method="GET", url=address.url, route=route, headers=navigation())
        sent = self.record.send(planned, self.visitor)
        self._judge(route, sent)
        if sent.answer is None:
            return
        self._keep(route, replace(sent.answer, case=_case_of(sent)))
        if sent.answer.is_page and sent.answer.size > len(sent.answer.body):
            reason = f"a page so long is not kept whole, and rules read its first {len(sent.answer.body)} bytes alone"
            self.record.miss(f"The rest of {self._what(route)}", reason, _SHORTEN)
        if address.made_up and sent.answer.status == 404 and route not in self.invented:
            self.invented.append(route)
        # A stranger asks twice: what is fresh in each answer must differ.
        if not self.visitor.name and route not in self.broken:
            self.record.ask_again(planned, self.visitor, len(self.record.answers) - 1)

    def _keep(self, route: Route, answer: Answer) -> None:
        self.record.answers.append(answer)
        self.first[route] = answer
        if answer.is_page:
            self.routes.addresses.learn(answer.url, answer.body)

    def _judge(self, route: Route, sent: Sent) -> None:
        """Note an answer that says nothing about the view."""
        reason = _unusable(sent)
        if reason is not None:
            self.broken.add(route)
            if sent.slow:
                self.hanging.add(route)
            self.record.miss(self._what(route), reason, _MEND)

    def _what(self, route: Route) -> str:
        return f"GET {route.rule}" + (f" as {self.visitor.name}" if self.visitor.name else "")


def _unusable(sent: Sent) -> str | None:
    if sent.slow:
        return f"it {sent.slow}"
    if sent.raised is not None:
        return f"raised {sent.raised.kind} in {sent.raised.place}: its answer could not be judged"
    status = sent.answer.status if sent.answer is not None else 0
    if status >= 500:
        return f"answered {status}: what it shows otherwise could not be judged"
    return "answered 429: a rate limit stopped the run" if status == 429 else None


def _case_of(sent: Sent) -> str:
    status = sent.answer.status if sent.answer is not None else 0
    if status == 304:
        return "not-modified"
    if 300 <= status < 400:
        return "redirect"
    return "streamed" if sent.streamed else "view"
