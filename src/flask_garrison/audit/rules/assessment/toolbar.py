"""Tools of developers that are at work: the debug toolbar and profilers."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence, Evidence, Severity
from ...facts.wsgi_chain import is_from, middlewares, name_of
from ...inspected import Inspected
from ...rule import Match, Rule, checks

TOOLBAR = Rule(
    id="assessment.debug-toolbar",
    kind="runtime",
    control="assessment.debug",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(215, 489),
    asvs=("V13.4.2",),
    title="Flask-DebugToolbar writes the configuration into every page",
    why="The toolbar shows the settings, the secret key among them, the headers and the SQL of each request to "
    "everybody who opens a page. With the key anybody signs a session of any user.",
    fix="Set DEBUG_TB_ENABLED in development only. It follows debug mode where it is not set.",
    before='app.config["DEBUG_TB_ENABLED"] = True',
    after='app.config["DEBUG_TB_ENABLED"] = app.debug',
    guard="In debug mode it answers the developer's own machine only. It does not take the toolbar out of pages.",
    language="python",
    lesson="assessment-debug-is-on",
    items=(130,),
)

REDIRECTS = Rule(
    id="assessment.debug-toolbar-redirects",
    kind="runtime",
    control="assessment.debug",
    severity=Severity.INFO,
    confidence=Confidence.HIGH,
    cwe=(489,),
    asvs=("V13.4.2",),
    title="Flask-DebugToolbar answers redirects with a page of its own",
    why="Every redirect becomes a page with status 200, that of a failed login too. Guards and tests that look at the "
    "status of an answer see success.",
    fix="Set DEBUG_TB_INTERCEPT_REDIRECTS to False.",
    before="DebugToolbarExtension(app)",
    after='app.config["DEBUG_TB_INTERCEPT_REDIRECTS"] = False\nDebugToolbarExtension(app)',
    guard="Its redirects are answered behind the toolbar's hooks.",
    language="python",
    items=(130,),
)

PROFILER = Rule(
    id="assessment.profiler",
    kind="runtime",
    control="assessment.debug",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(489, 770),
    asvs=("V13.4.2", "V15.2.3"),
    title="A profiler runs around every request",
    why="Profiles name files, functions and addresses with their parameters, fill the disk or the log at each "
    "request, and make all of them slower.",
    fix="Start the profiler in development only.",
    before='app.wsgi_app = ProfilerMiddleware(app.wsgi_app, profile_dir="profiles")',
    after="if app.debug:\n    app.wsgi_app = ProfilerMiddleware(app.wsgi_app)",
    guard="Nothing: the profiler stands in front of it.",
    language="python",
    items=(130,),
)


def _has_toolbar(inspected: Inspected) -> bool:
    """Return whether the toolbar was set up: it registers a route for its files where it is switched on."""
    return any(route.endpoint == "_debug_toolbar.static" for route in inspected.routes)


@checks(TOOLBAR, reads="app", needs=_has_toolbar)
def toolbar(inspected: Inspected) -> Iterator[Match]:
    """Find the toolbar where it is shown to more than listed addresses; in debug mode Garrison answers nobody else."""
    if inspected.config.get("DEBUG_TB_HOSTS"):
        return
    if inspected.app.debug and inspected.enforces("assessment.debug"):
        return
    evidence = (Evidence("config", "DEBUG_TB_ENABLED is on and DEBUG_TB_HOSTS is empty"),)
    yield Match("the debug toolbar is shown to everybody", evidence=evidence)


@checks(REDIRECTS, reads="app", needs=_has_toolbar)
def redirects(inspected: Inspected) -> Iterator[Match]:
    """Find the setting, which is on by default."""
    if inspected.config.get("DEBUG_TB_INTERCEPT_REDIRECTS"):
        yield Match("DEBUG_TB_INTERCEPT_REDIRECTS is on")


@checks(PROFILER, reads="app")
def profiler(inspected: Inspected) -> Iterator[Match]:
    """Find Werkzeug's middleware, and others by name."""
    for middleware in middlewares(inspected.app):
        if "profil" in name_of(middleware).lower():
            writes = is_from(middleware, "werkzeug") and getattr(middleware, "_profile_dir", None) is not None
            words = "writes profiles of every request" if writes else "profiles every request"
            yield Match(f"{name_of(middleware)} {words}", subject=name_of(middleware))
