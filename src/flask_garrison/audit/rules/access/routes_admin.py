"""Flask-Admin: views of the database that everybody may open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ....findings import Confidence, Evidence, Severity
from ...facts.guarding import refuses_strangers
from ...facts.layers import layers, written_in
from ...inspected import Inspected
from ...rule import Match, Rule, checks

OPEN_ADMIN = Rule(
    id="access.open-admin-view",
    kind="runtime",
    control="access.route-rules",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(306, 862),
    asvs=("V8.2.1", "V8.3.1"),
    title="Everybody may open a view of Flask-Admin",
    why="Flask-Admin asks is_accessible before each of its pages, and its own answer is yes. A view of a model lists, "
    "changes and deletes rows for whoever knows the address, which is /admin in most applications.",
    fix="Override is_accessible in a base class of all views, the index included.",
    before="admin.add_view(ModelView(User, db.session))",
    after="class Private(ModelView):\n    def is_accessible(self):\n"
    "        return current_user.is_authenticated and current_user.is_admin\n\n"
    "admin.add_view(Private(User, db.session))",
    guard="Nothing in this version: it does not decide yet who may call a view.",
    language="python",
    lesson="access-hidden-admin-page",
    items=(53,),
)


def admins(inspected: Inspected) -> list[Any]:
    """Return the Flask-Admin instances of an application."""
    return list(inspected.extension("admin") or ())


def has_admins(inspected: Inspected) -> bool:
    """Return whether Flask-Admin is at work."""
    return bool(admins(inspected))


@checks(OPEN_ADMIN, reads="app", needs=has_admins)
def open_admin(inspected: Inspected) -> Iterator[Match]:
    """Find views that answer with Flask-Admin's own ``is_accessible``."""
    for admin in admins(inspected):
        for view in admin._views:
            if _is_open(view) and not _is_hooked(inspected, view):
                yield _match(view)


def _match(view: Any) -> Match:
    is_index = type(view).__name__ == "AdminIndexView"
    summary = f"{type(view).__qualname__} at {view.url} does not override is_accessible"
    return Match(
        f"{view.endpoint} is open to everybody",
        severity=Severity.LOW if is_index else None,
        route=view.url or None,
        evidence=(Evidence("config", summary),),
    )


def _is_open(view: Any) -> bool:
    accessible = written_in(next(layers(type(view).is_accessible)))
    handle = written_in(next(layers(type(view)._handle_view)))
    return accessible.startswith("flask_admin.") and handle.startswith("flask_admin.")


def _is_hooked(inspected: Inspected, view: Any) -> bool:
    owners = (None, getattr(view.blueprint, "name", None))
    return any(
        refuses_strangers(hook) for owner in owners for hook in inspected.app.before_request_funcs.get(owner, ())
    )
