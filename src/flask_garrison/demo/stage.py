"""One app under attack: where it is, who uses it, what its database says."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from .attacker import Attacker
from .client import Client
from .example import PASSWORDS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

PATIENCE = 5.0
"""Seconds to wait for what should happen."""
DOUBT = 0.5
"""Seconds to wait for what should not, once the page is quiet; on the bare app it takes a tenth of that."""
_PAGE_SECONDS = 20.0


@dataclass(frozen=True)
class Stage:
    """The bare or the guarded app, its attacker and, if there is one, the browser of its users.

    Attributes:
        name: ``bare`` or ``guarded``; keeps the two apart at the attacker's.
        url: Origin of the app.
        database: Its SQLite file, read here only to see what an attack did.
    """

    name: str
    url: str
    database: Path
    attacker: Attacker
    browser: Browser | None
    _clients: dict[str, Client] = field(default_factory=dict)
    _profiles: dict[str, BrowserContext] = field(default_factory=dict)

    @property
    def patience(self) -> float:
        """Seconds to wait for an attack to take effect."""
        return PATIENCE if self.name == "bare" else DOUBT

    def value(self, query: str, *values: object) -> object:
        """Return the first column of the first row of a query, as any reader of the file sees it."""
        with closing(sqlite3.connect(self.database)) as connection:
            row = connection.execute(query, values).fetchone()
        return row[0] if row else None

    def changed(self, query: str, *values: object, before: object) -> object:
        """Return the value of a query as soon as it is not ``before``, or after the wait for this app."""
        deadline = time.monotonic() + self.patience
        while (now := self.value(query, *values)) == before and time.monotonic() < deadline:
            time.sleep(0.02)
        return now

    def client(self, user: str) -> Client:
        """Return the client of ``user``, who uses no browser and is signed in."""
        client = self._clients.get(user)
        if client is None:
            client = self._clients[user] = Client(self.url)
            client.post("/login", {"name": user, "password": PASSWORDS[user]})
        return client

    @contextmanager
    def page(self, user: str) -> Iterator[Page]:
        """Open a page in the browser profile of ``user``, who signs in with the app's own form at the first time."""
        profile = self._profiles.get(user)
        if profile is None:
            profile = self._profiles[user] = self._sign_in(user)
        with closing(profile.new_page()) as page:
            yield page

    def _sign_in(self, user: str) -> BrowserContext:
        if self.browser is None:
            raise RuntimeError("There is no browser on this stage.")
        profile = self.browser.new_context()
        profile.set_default_timeout(_PAGE_SECONDS * 1000)
        with closing(profile.new_page()) as page:
            page.goto(f"{self.url}/login")
            page.fill("input[name=name]", user)
            page.fill("input[name=password]", PASSWORDS[user])
            page.click("form.card button")
            page.wait_for_url(f"{self.url}/")
        return profile

    def loot_url(self, name: str) -> str:
        """Return the URL to which a payload of this app appends what it found."""
        return self.attacker.loot_url(f"{name}-{self.name}")

    def received(self, name: str, page: Page) -> str | None:
        """Return what a payload on ``page`` sent to the attacker; ``None`` when the page is quiet and sent nothing."""
        page.wait_for_load_state("networkidle")
        return self.attacker.received(f"{name}-{self.name}", self.patience)
