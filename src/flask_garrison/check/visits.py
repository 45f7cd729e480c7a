"""One whole run over an application: every route and every kind of status, as a stranger and as each user."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import urljoin, urlsplit

from flask import Flask

from ..errors import TargetError
from ..extension import EXTENSION
from ..findings import NotChecked
from ..target.answers import Answer
from ..target.choices import Choices
from ..target.users import LoginStep
from .addresses import Addresses
from .login import Account, Login, LoginError, find_page
from .provoking import Provoking
from .record import OutOfTime, Record
from .route import Route
from .routes import Routes, listed, shown
from .sender import Sender, Visitor
from .stand_ins import prepared
from .statuses import Statuses
from .variants import Variants
from .views import Views

Progress = Callable[[str], None]
_DENIALS = 8
_USERS = "--user NAME:@VARIABLE:ROLE"
_IN_PLACE = "a harmless page answered in place of each, so that headers were judged."


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """How a run is to go.

    Attributes:
        accounts: Who logs in.
        login: How; empty where the login form is to be found.
        seconds: For the whole run.
        seconds_each: For one request.
    """

    choices: Choices = field(default_factory=Choices)
    accounts: Sequence[Account] = ()
    login: Sequence[LoginStep] = ()
    seconds: float = 60.0
    seconds_each: float = 10.0


@dataclass(slots=True)
class Seen:
    """What a run saw.

    Attributes:
        answers: Every answer, in the order in which they came.
        out_of_scope: Sentences on what is left out on purpose.
        requests: How many were sent.
    """

    answers: list[Answer] = field(default_factory=list)
    not_checked: list[NotChecked] = field(default_factory=list)
    out_of_scope: list[str] = field(default_factory=list)
    requests: int = 0


def visit(app: Flask, wishes: Wishes, progress: Progress) -> Seen:
    """Send the requests of one run.

    Raises:
        TargetError: where ``[target]`` names what is not there.
    """
    with prepared(app):
        return _Run(app, wishes, progress).go()


class _Run:
    def __init__(self, app: Flask, wishes: Wishes, progress: Progress) -> None:
        self._app = app
        self._wishes = wishes
        self._progress = progress
        self._routes = Routes(app, wishes.choices, Addresses(app))
        sender = Sender(app, wishes.seconds_each, self._routes.addresses.root)
        self._record = Record(sender, time.monotonic() + wishes.seconds)
        self._stranger = Visitor(app)
        self._views = Views(self._routes, self._record, self._stranger)
        self._by_user: list[Views] = []

    def go(self) -> Seen:
        problems = self._routes.problems()
        if problems:
            raise TargetError(f"garrison.toml: {' '.join(problems)}")
        phases = list(self._phases())
        try:
            while phases:
                self._progress(phases[0][0])
                phases[0][1]()
                phases.pop(0)
        except OutOfTime:
            self._note_time([words for words, _ in phases])
        self._note_debug_guard()
        self._note_wall()
        record = self._record
        return Seen(record.answers, record.not_checked, list(self._left_out()), record.requests)

    def _phases(self) -> Iterator[tuple[str, Callable[[], None]]]:
        statuses = Statuses(Provoking(self._routes, self._record, self._visitors, self._views.reachable))
        variants = Variants(self._routes, self._record, self._stranger, self._working)
        yield f"asking {len(self._routes.called)} views", self._views.ask_all
        for number, account in enumerate(self._wishes.accounts):
            yield f"asking as {account.name}", partial(self._ask_as, account, number)
        yield "asking for static files", statuses.ask_static
        yield "asking for what is not there", statuses.ask_unknown
        yield "asking by methods that are not taken", statuses.ask_untaken
        yield "provoking errors", statuses.provoke_errors
        yield "provoking refusals", statuses.provoke_refusals
        yield "asking in place of views", lambda: variants.ask_in_place_of_views(self._without_view())
        yield "asking for heads", variants.ask_heads
        yield "asking from foreign pages", variants.ask_across_origins
        yield "asking under foreign hosts", variants.ask_hosts
        yield "asking in the clear", variants.ask_in_the_clear
        yield "provoking what was not seen", statuses.provoke_what_was_not_seen

    def _visitors(self) -> list[Visitor]:
        return [self._stranger, *(views.visitor for views in self._by_user)]

    def _working(self) -> list[Route]:
        return [route for route in self._views.first if route not in self._views.broken]

    def _without_view(self) -> list[Route]:
        unseen = [
            route for route in self._routes.called if route not in self._views.first or route in self._views.broken
        ]
        return [*self._routes.skipped, *dict.fromkeys([*unseen, *self._invented()])]

    def _invented(self) -> list[Route]:
        """Return the routes whose pages nobody has seen, for want of an address."""
        seen = {route for views in self._by_user for route, one in views.first.items() if one.status == 200}
        found = [route for views in (self._views, *self._by_user) for route in views.invented]
        return [route for route in dict.fromkeys(found) if route not in seen]

    def _ask_as(self, account: Account, number: int) -> None:
        visitor = Visitor(self._app, account.name, address=f"198.51.100.{number % 250 + 1}")
        origin = self._routes.addresses.url("")
        login = Login(self._record.sender, origin, self._wishes.login, find_page(self._record.answers))
        try:
            login.log_in(visitor, account, self._denied()[:_DENIALS])
        except LoginError as error:
            how = "Name the right steps in [login] of garrison.toml, or another user."
            self._record.miss(f"Everything as {account.name}", f"the login did not work: {error}", how)
            return
        views = Views(self._routes, self._record, visitor, hanging=set(self._views.hanging))
        self._by_user.append(views)
        views.ask_all()

    def _denied(self) -> list[Answer]:
        """Return the answers by which strangers were told to log in."""
        page = (find_page(self._record.answers) or "").partition("?")[0]
        return [one for one in self._views.first.values() if one.status == 401 or (page and _leads_to(one, page))]

    def _refused(self) -> list[Route]:
        """Return the routes that turned everybody away, and not to the login page: by 403, or to another site."""
        known = {one.route for one in self._denied()}
        asked = [views.first for views in (self._views, *self._by_user)]
        return [
            route
            for route in self._routes.called
            if route.rule not in known
            and (answers := [first[route] for first in asked if route in first])
            and all(_turns_away(one) for one in answers)
        ]

    def _note_wall(self) -> None:
        """Say that no page was seen but, perhaps, the one that logs in: what it would have shown is not known."""
        if len(self._by_user) < len(self._wishes.accounts):
            return  # Somebody could not be logged in, which is said already.
        page = (find_page(self._record.answers) or "").partition("?")[0]
        first = [one for views in (self._views, *self._by_user) for one in views.first.values()]
        others = [one for one in first if one.url.partition("?")[0] != page]
        if others and all(_turns_away(one) or (page and _leads_to(one, page)) for one in others):
            what = "Every page but the login" if page else "Every page"
            self._record.miss(what, "whoever asked was turned away", f"{_USERS} asks as somebody who is let in.")

    def _note_time(self, phases: list[str]) -> None:
        words = f"the {self._wishes.seconds:g} s for all requests were over"
        self._record.miss(f"Not done in time: {', '.join(phases)}", words, "Give it more time: --timeout SECONDS.")

    def _note_debug_guard(self) -> None:
        gate = self._app.extensions.get(EXTENSION)
        if gate is not None and self._app.debug and gate.policy.mode_of("assessment.debug") == "enforce":
            reason = "the application is in debug mode, and Garrison answers nobody but this machine then"
            self._record.miss("The answers of views", reason, "Check it as it is deployed: without debug mode.")

    def _left_out(self) -> Iterator[str]:
        yield from _views_not_called(self._routes)
        invented = self._invented()
        if invented:
            yield (
                f"Pages whose made-up addresses answered 404 ({shown(invented)}); {_IN_PLACE} To see one: [target] "
                f'addresses = ["{_example(invented[0].rule)}"] in garrison.toml.'
            )
        denied = self._denied()
        if denied and not self._wishes.accounts:
            yield f"Pages behind the login ({listed([f'GET {one.route}' for one in denied])}): {_USERS} logs in."
        refused = self._refused()
        if refused:
            yield f"Pages that nobody who asked was shown ({shown(refused)}): {_USERS} asks as somebody else."
        if self._routes.websockets:
            yield f"WebSockets ({listed([route.rule for route in self._routes.websockets])})."


def _views_not_called(routes: Routes) -> Iterator[str]:
    if routes.skipped:
        yield (
            f"Views that look as if a GET changed something ({shown(routes.skipped)}); {_IN_PLACE} To call one: "
            f'[target] include = ["{routes.skipped[0].rule}"] in garrison.toml.'
        )
    if routes.without_head:
        yield f"HEAD for views that show the form of an act ({shown(routes.without_head)}): they may act on it."
    if routes.unsafe:
        yield f"Views for {listed(sorted({method for _, method in routes.unsafe}))}; {_IN_PLACE}"


def _leads_to(answer: Answer, page: str) -> bool:
    location = answer.headers.get("Location", "")
    return 300 <= answer.status < 400 and urljoin(answer.url, location).partition("?")[0] == page


def _turns_away(answer: Answer) -> bool:
    """Return whether an answer is that of a guard, and not of the view."""
    target = urljoin(answer.url, answer.headers.get("Location", ""))
    elsewhere = 300 <= answer.status < 400 and urlsplit(target).netloc != urlsplit(answer.url).netloc
    return answer.status in (401, 403, 407) or elsewhere


def _example(route: str) -> str:
    """Return an address that somebody might write for a route."""
    return re.sub(r"<[^>]*>", "42", route)
