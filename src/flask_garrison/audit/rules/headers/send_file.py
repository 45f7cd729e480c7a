"""Files that views send: who really sends them, and for how long a cache may keep them."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence, Severity
from ...facts.own_code import names_in
from ...inspected import Inspected, Route
from ...rule import Match, Rule, checks

_SENDERS = frozenset({"send_file", "send_from_directory"})
_SETS_ITSELF = frozenset({"max_age", "no_store", "no_cache", "cache_control"})

X_SENDFILE = Rule(
    id="headers.x-sendfile",
    kind="runtime",
    control="headers.disclosure",
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    cwe=(200, 497),
    asvs=("V13.4.6",),
    title="Files are left to a server that may not send them",
    why="With USE_X_SENDFILE an answer names the file in a header and has no body: the server in front is to send "
    "the file and remove the header. A server that does not know the header passes it on, so that visitors see an "
    "empty page and the path of the file on the machine.",
    fix="Turn it off unless the server in front is known to act on X-Sendfile; nginx knows X-Accel-Redirect instead.",
    before='app.config["USE_X_SENDFILE"] = True',
    after='app.config["USE_X_SENDFILE"] = False',
    guard="Nothing: it cannot see what stands in front.",
    language="python",
    items=(26,),
)
CACHED_FILES = Rule(
    id="headers.cached-files",
    kind="runtime",
    control="headers.caching",
    severity=Severity.LOW,
    confidence=Confidence.LOW,
    cwe=(524, 525),
    asvs=("V14.3.2",),
    title="Files of a view are kept by caches",
    why="SEND_FILE_MAX_AGE_DEFAULT is meant for scripts and pictures, and counts for every file that a view sends: an "
    "invoice made for one visitor is marked as good for everybody and may be handed to the next one from a cache.",
    fix="Give files of visitors an age of their own, and the static folder a long one by get_send_file_max_age.",
    before="return send_file(invoice)",
    after="return send_file(invoice, max_age=0)",
    guard="It forbids storing answers that read a session and say nothing on caching; these say something.",
    language="python",
    items=(27,),
    seen_by=("headers.private-answer-shared",),
)


@checks(X_SENDFILE, reads="app")
def x_sendfile(inspected: Inspected) -> Iterator[Match]:
    """Find files that are only named."""
    if inspected.config.get("USE_X_SENDFILE"):
        yield Match("USE_X_SENDFILE is on", subject="USE_X_SENDFILE")


def _sends_files(inspected: Inspected) -> bool:
    return any(True for _ in _senders(inspected))


def _senders(inspected: Inspected) -> Iterator[Route]:
    """Yield the routes whose own view sends a file and says nothing about caching."""
    for route in inspected.routes:
        module = str(getattr(route.view, "__module__", ""))
        names = names_in(route.view) if route.view is not None and not module.startswith("flask.") else frozenset[str]()
        if not names.isdisjoint(_SENDERS) and route.endpoint.rpartition(".")[2] != "static":
            yield route


@checks(CACHED_FILES, reads="app", needs=_sends_files)
def cached_files(inspected: Inspected) -> Iterator[Match]:
    """Find views that send files while the default age is not 0."""
    with inspected.app.app_context():
        age = inspected.app.get_send_file_max_age("invoice.pdf")
    if age:
        for route in _senders(inspected):
            if names_in(route.view).isdisjoint(_SETS_ITSELF):
                yield Match(f"caches may keep what {route.endpoint} sends for {age} seconds", route=route.rule)
