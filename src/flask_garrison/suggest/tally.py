"""How often something was seen, and by how many, in bounded memory."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

MAX_DISTINCT = 1_000
"""Distinct clients, accounts, sessions and places that one tally remembers; more are as good as many."""
BROAD_CLIENTS = 5
BROAD_DAYS = 2
_DAY = r"\d{4}-\d\d-\d\d"


@dataclass(slots=True)
class Tally:
    """Evidence for one line or one control.

    Attributes:
        count: Events, those that a flood's summary counts included.
        clients: Distinct clients; an IPv6 network of 64 bits is one.
        routes: Routes, pages or endpoints on which it happened.
    """

    count: int = 0
    clients: set[str] = field(default_factory=set)
    accounts: set[str] = field(default_factory=set)
    sessions: set[str] = field(default_factory=set)
    days: set[str] = field(default_factory=set)
    routes: set[str] = field(default_factory=set)

    def add(self, event: dict[str, Any]) -> None:
        """Count one event."""
        self.count += weight(event)
        _remember(self.clients, network_of(event.get("client", "")))
        _remember(self.accounts, event.get("account", ""))
        _remember(self.sessions, event.get("session", ""))
        day = event.get("time", "")[:10]
        _remember(self.days, day if re.fullmatch(_DAY, day) else "")
        _remember(self.routes, place_of(event))

    @property
    def broad(self) -> bool:
        """Whether so many clients on so many days make one attacker unlikely; it never proves an honest cause."""
        return len(self.clients) >= BROAD_CLIENTS and len(self.days) >= BROAD_DAYS

    def words(self) -> str:
        """Return the counts as one phrase."""
        parts = [(self.clients, "client"), (self.accounts, "account"), (self.sessions, "session"), (self.days, "day")]
        return ", ".join([_plural(self.count, "event"), *(_plural(len(kind), name) for kind, name in parts)])

    def as_dict(self) -> dict[str, object]:
        """Return the counts as plain values, and the places in order."""
        return {
            "count": self.count,
            "clients": len(self.clients),
            "accounts": len(self.accounts),
            "sessions": len(self.sessions),
            "days": len(self.days),
            "routes": sorted(self.routes),
        }


def weight(event: dict[str, Any]) -> int:
    """Return how many events a line stands for: one, or those that the summary of a flood counts."""
    suppressed = event.get("detail", {}).get("suppressed")
    whole = isinstance(suppressed, int) and not isinstance(suppressed, bool)
    return suppressed if whole and 0 < suppressed < 1 << 40 else 1


def network_of(client: str) -> str:
    """Return the client, an IPv6 address as its network of 64 bits: one subscriber has all of that."""
    if ":" not in client:
        return client
    import ipaddress

    try:
        return str(ipaddress.ip_network((client.partition("%")[0], 64), strict=False))
    except ValueError:
        return client


def place_of(event: dict[str, Any]) -> str:
    """Return where it happened: the page of a browser's report, else the route."""
    page = event.get("detail", {}).get("page")
    return page if isinstance(page, str) and page else str(event.get("route", ""))


def _remember(known: set[str], value: str) -> None:
    if value and len(known) < MAX_DISTINCT:
        known.add(value)


def _plural(number: int, name: str) -> str:
    shown = f"{number}+" if number == MAX_DISTINCT and name != "event" else str(number)
    return f"{shown} {name}{'' if number == 1 else 's'}"
