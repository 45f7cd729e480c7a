"""A forged Host is refused, where the application declares its own."""

from __future__ import annotations

from collections.abc import Iterator

from ..address import declared_hosts
from ..hole import Hole
from ..subject import Subject

CONTROL = "transport.hosts"


def prove(subject: Subject) -> Iterator[Hole]:
    """Ask under the name of another site; nothing is promised where no host is declared."""
    page = subject.first_page()
    if page is None or not declared_hosts(subject.app):
        return
    rule, path = page
    subject.reached.clear()
    response = subject.ask(path, base_url="https://evil.example")
    if subject.reached:
        what = f"Host: evil.example reached the view ({response.status_code})"
        yield Hole(CONTROL, f"GET {rule.rule}", what, f"modes={{'{CONTROL}': 'enforce'}}")
