"""The application under proof: its real gate and routes, with stand-ins for what its views would do."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask, Response, redirect, render_template_string
from werkzeug.routing import BuildError, Rule
from werkzeug.test import Client, TestResponse

from ..policy import Policy
from .address import base_url_of

PAGE = "<!doctype html><title>page</title><script>1</script>"
_HOOKS = ("before_request_funcs", "after_request_funcs", "teardown_request_funcs", "url_value_preprocessors")


class Subject:
    """An application whose views are replaced while :func:`without_side_effects` lasts.

    Attributes:
        behaviour: What a stand-in does: ``page``, ``error``, ``redirect``, ``session`` (starts one) or ``body`` (reads
            one).
        bodies: Lengths of the bodies that stand-ins have read.
        reached: Endpoints of the stand-ins that were called since it was cleared.
        unreachable: Rules for which no address could be made, because a converter of the application refuses all.
    """

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.base_url = base_url_of(app)
        self.behaviour = "page"
        self.reached: list[str] = []
        self.unreachable: list[str] = []
        self.bodies: list[int] = []

    @property
    def policy(self) -> Policy:
        """The policy in force; for the words of a hole, never as the proof of anything."""
        policy: Policy = self.app.extensions["garrison"].policy
        return policy

    def ask(self, path: str, method: str = "GET", **options: Any) -> TestResponse:
        """Send one request as a stranger; it has no cookies but those in its headers."""
        options.setdefault("base_url", self.base_url)
        return Client(self.app, use_cookies=False).open(path, method=method, **options)

    def routes(self) -> Iterator[tuple[Rule, str]]:
        """Yield every rule with a path that leads to it."""
        for rule in self.app.url_map.iter_rules():
            path = None if rule.websocket else self._path(rule)
            if path is not None:
                yield rule, path

    def _path(self, rule: Rule) -> str | None:
        adapter = self.app.url_map.bind(self.base_url.partition("://")[2], url_scheme="https")
        for sample in ("1", 1, 1.5, "00000000-0000-0000-0000-000000000001", "a"):
            values = {name: sample for name in rule.arguments}
            try:
                path = adapter.build(rule.endpoint, values, force_external=False)
                adapter.match(path, method=next(iter(rule.methods or {"GET"})))
                return path.partition("?")[0]
            except (BuildError, ValueError, TypeError):
                continue
            except Exception as error:  # an application's converter may raise what it likes
                if getattr(error, "code", 0) in (301, 308):
                    return path
        self.unreachable.append(rule.rule)
        return None

    def first_page(self) -> tuple[Rule, str] | None:
        """Return a route that answers GET with a view of the application, or ``None``."""
        found = (item for item in self.routes() if "GET" in (item[0].methods or ()))
        return next((item for item in found if not _is_flasks(self._view(item[0]))), None)

    def _view(self, rule: Rule) -> object:
        return self.app.view_functions.get(rule.endpoint)

    def answer(self, endpoint: str) -> Any:
        """Answer in place of a view."""
        from flask import request, session

        self.reached.append(endpoint)
        if self.behaviour == "error":
            raise RuntimeError("raised by the proof: a secret inside")
        if self.behaviour == "redirect":
            return redirect("/")
        if self.behaviour == "session":
            session["garrison_proof"] = 1
        if self.behaviour == "body":
            self.bodies.append(len(request.get_data()))
        return Response(render_template_string(PAGE), mimetype="text/html")


@contextmanager
def without_side_effects(app: Flask) -> Iterator[Subject]:
    """Replace views and hooks of the application by stand-ins, and put everything back afterwards."""
    subject = Subject(app)
    views = dict(app.view_functions)
    hooks = {name: dict(getattr(app, name)) for name in _HOOKS}
    propagate = app.config.get("PROPAGATE_EXCEPTIONS")
    try:
        for endpoint, view in views.items():
            if not _is_flasks(view):
                app.view_functions[endpoint] = _stand_in(subject, endpoint, view)
        for name in _HOOKS:
            getattr(app, name).clear()
        app.config["PROPAGATE_EXCEPTIONS"] = False
        yield subject
    finally:
        app.view_functions.update(views)
        for name, known in hooks.items():
            getattr(app, name).update(known)
        app.config["PROPAGATE_EXCEPTIONS"] = propagate


def _is_flasks(view: object) -> bool:
    """Return whether Flask itself wrote the view: it sends static files and changes nothing."""
    return str(getattr(view, "__module__", "")).startswith("flask.")


def _stand_in(subject: Subject, endpoint: str, view: Callable[..., Any]) -> Callable[..., Any]:
    # The view object carries what was declared for it; functools.wraps keeps that.
    @functools.wraps(view, updated=("__dict__",) if hasattr(view, "__dict__") else ())
    def stand_in(*arguments: Any, **values: Any) -> Any:
        return subject.answer(endpoint)

    return stand_in
