"""The application as the rules of the runtime audit see it: loaded, not running, asked for what it would really do."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from flask import Flask
from werkzeug.routing import Rule as UrlRule

from ..extension import EXTENSION
from ..policy import Mode, Policy


class Route(NamedTuple):
    """One rule of the ``url_map`` with its view.

    Attributes:
        rule: As it stands in ``url_map``.
        methods: Without HEAD and OPTIONS where Flask adds them by itself.
    """

    rule: str
    endpoint: str
    methods: frozenset[str]
    view: Any
    url_rule: UrlRule

    @property
    def changes_state(self) -> bool:
        """Whether it takes a method that is there to change something."""
        return not self.methods.isdisjoint({"POST", "PUT", "PATCH", "DELETE"})


@dataclass(eq=False)
class Inspected:
    """One application.

    Attributes:
        app: The application, loaded; no request has been sent to it.
        root: Folder of the project: where ``garrison.toml`` stands, else the current directory.
        environ: The environment of the process.
        server_config: gunicorn's configuration file (``--server-config``), or ``None`` where none was named.
        allow: What the user lets the run do beyond reading (``--allow``), such as ``database``: connect to one.
    """

    app: Flask
    root: Path
    environ: Mapping[str, str]
    server_config: Path | None = None
    allow: frozenset[str] = frozenset()

    @property
    def config(self) -> Mapping[str, Any]:
        """The application's configuration."""
        return self.app.config

    @cached_property
    def policy(self) -> Policy | None:
        """Garrison's policy, or ``None`` where the application is not guarded."""
        gate = self.app.extensions.get(EXTENSION)
        return None if gate is None else gate.policy

    def mode(self, control: str) -> Mode:
        """Return the mode of one of Garrison's controls; ``off`` where the application is not guarded."""
        return "off" if self.policy is None else self.policy.mode_of(control)

    def enforces(self, control: str) -> bool:
        """Return whether Garrison enforces a control, so that a rule need not ask for it again."""
        return self.mode(control) == "enforce"

    def extension(self, *names: str) -> Any:
        """Return what is registered in ``app.extensions`` under the first of ``names`` that is, or ``None``."""
        return next((self.app.extensions[name] for name in names if name in self.app.extensions), None)

    @staticmethod
    def module(name: str) -> Any:
        """Return a module that the application has imported, or ``None``; imports nothing."""
        return sys.modules.get(name)

    @cached_property
    def routes(self) -> tuple[Route, ...]:
        """Every route, in the order of ``url_map``."""
        return tuple(self._routes())

    def _routes(self) -> Iterator[Route]:
        for rule in self.app.url_map.iter_rules():
            methods = set(rule.methods or ()) - {"HEAD"}
            if getattr(rule, "provide_automatic_options", False):
                methods.discard("OPTIONS")
            view = self.app.view_functions.get(rule.endpoint)
            yield Route(rule.rule, rule.endpoint, frozenset(methods), view, rule)
