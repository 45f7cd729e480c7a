"""Sessions of SQLAlchemy that a request leaves open for the next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ....findings import Confidence, Severity
from ...facts.own_code import names_in, own_modules
from ...inspected import Inspected
from ...rule import Match, Rule, checks

_ENDS = frozenset(("remove", "close", "rollback", "close_all", "shutdown_session"))

SESSION_LEFT_OPEN = Rule(
    id="database.session-left-open",
    kind="database",
    control="database.transactions",
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    cwe=(404, 460),
    asvs=("V2.3.3",),
    title="A request leaves its database session to the next",
    why="A scoped_session lives as long as its thread. After an error the next request on it finds a broken "
    "transaction, and finds objects as the last one left them, changes that were never meant to be written included.",
    fix="Remove it when the application context ends.",
    before="session = scoped_session(sessionmaker(engine))",
    after="session = scoped_session(sessionmaker(engine))\n\n\n@app.teardown_appcontext\n"
    "def shutdown_session(error=None):\n    session.remove()",
    guard="Nothing.",
    language="python",
    items=(110,),
)


def scoped_sessions(inspected: Inspected) -> list[str]:
    """Return the names of the session registries in modules of the application."""
    if inspected.module("sqlalchemy.orm") is None:
        return []
    from sqlalchemy.orm import scoped_session

    found: dict[int, str] = {}
    for module in own_modules(inspected):
        for name, value in list(vars(module).items()):
            if isinstance(value, scoped_session) and not _is_flask_sqlalchemys(inspected, value):
                found.setdefault(id(value), f"{module.__name__}.{name}")
    return list(found.values())


def _is_flask_sqlalchemys(inspected: Inspected, session: Any) -> bool:
    return session is getattr(inspected.extension("sqlalchemy"), "session", None)


def _has_sessions(inspected: Inspected) -> bool:
    return bool(scoped_sessions(inspected))


@checks(SESSION_LEFT_OPEN, reads="app", needs=_has_sessions)
def left_open(inspected: Inspected) -> Iterator[Match]:
    """Find registries where no function that runs at the end of a request ends a session."""
    app = inspected.app
    per_request = [hook for hooks in app.teardown_request_funcs.values() for hook in hooks]
    per_request += [hook for hooks in app.after_request_funcs.values() for hook in hooks]
    if any(_ENDS & names_in(hook) for hook in (*app.teardown_appcontext_funcs, *per_request)):
        return
    for name in scoped_sessions(inspected):
        yield Match(f"nothing removes {name} at the end of a request")
