"""Settings that help while an application is written, and tell or cost too much afterwards."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence, Severity
from ...inspected import Inspected
from ...rule import Match, Rule, checks

PAGES = "assessment.error-pages"
DEBUG = "assessment.debug"

PROPAGATED = Rule(
    id="assessment.propagated-exceptions",
    kind="runtime",
    control=PAGES,
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(209, 755),
    asvs=("V16.5.1",),
    title="Exceptions leave the application",
    why="With PROPAGATE_EXCEPTIONS an error passes by the application's page for 500 and by its logging, and the "
    "server answers as it likes: without the headers of other answers, on some servers with the traceback.",
    fix="Remove the setting. Flask hands exceptions on by itself in debug and testing mode.",
    before='app.config["PROPAGATE_EXCEPTIONS"] = True',
    after='app.config["PROPAGATE_EXCEPTIONS"] = None',
    guard="It records such an exception as an event, and lets it pass because the application asked for it.",
    language="python",
    items=(5,),
)
TRAPPED = Rule(
    id="assessment.trapped-exceptions",
    kind="runtime",
    control=PAGES,
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(755,),
    asvs=("V16.5.1",),
    title="Refusals become server errors",
    why="With TRAP_HTTP_EXCEPTIONS or TRAP_BAD_REQUEST_ERRORS a missing page, a forbidden one or a missing field is no "
    "longer an answer with its own status but an unhandled exception: 500, an entry in the log for every visitor who "
    "mistypes, and alarms that nobody can read any more.",
    fix="Remove the setting. In debug mode Flask names the missing field by itself.",
    before='app.config["TRAP_HTTP_EXCEPTIONS"] = True',
    after='app.config["TRAP_HTTP_EXCEPTIONS"] = False',
    guard="Its own refusals are trapped like all others.",
    language="python",
    items=(6,),
)
EXPLAINED = Rule(
    id="assessment.explained-templates",
    kind="runtime",
    control=DEBUG,
    severity=Severity.INFO,
    confidence=Confidence.HIGH,
    cwe=(215, 489),
    asvs=("V13.4.2",),
    title="Every template is explained in the log",
    why="Each page that is rendered writes where its template was looked for: paths of the machine, and so much text "
    "that what matters in the log is lost.",
    fix="Remove EXPLAIN_TEMPLATE_LOADING.",
    before='app.config["EXPLAIN_TEMPLATE_LOADING"] = True',
    after='app.config["EXPLAIN_TEMPLATE_LOADING"] = False',
    guard="Nothing: it does not change what the application logs.",
    language="python",
    items=(7,),
)
RELOADED = Rule(
    id="assessment.reloaded-templates",
    kind="runtime",
    control=DEBUG,
    severity=Severity.INFO,
    confidence=Confidence.HIGH,
    cwe=(489,),
    asvs=("V13.4.2",),
    title="Templates are read again when they change",
    why="Whoever can write a template file runs code at the next request, without a restart that somebody would "
    "notice. It also costs a look at the disk for every page.",
    fix="Remove TEMPLATES_AUTO_RELOAD: debug mode turns it on by itself.",
    before='app.config["TEMPLATES_AUTO_RELOAD"] = True',
    after='app.config["TEMPLATES_AUTO_RELOAD"] = None',
    guard="Nothing: it does not change how templates are loaded.",
    language="python",
    items=(8,),
)


@checks(PROPAGATED, reads="app")
def propagated_exceptions(inspected: Inspected) -> Iterator[Match]:
    """Find exceptions handed on for no other reason than the setting."""
    if inspected.config.get("PROPAGATE_EXCEPTIONS") and not _is_for_developers(inspected):
        yield Match("PROPAGATE_EXCEPTIONS is on", subject="PROPAGATE_EXCEPTIONS")


@checks(TRAPPED, reads="app")
def trapped_exceptions(inspected: Inspected) -> Iterator[Match]:
    """Find HTTP errors that are trapped outside debug mode."""
    for setting in ("TRAP_HTTP_EXCEPTIONS", "TRAP_BAD_REQUEST_ERRORS"):
        if inspected.config.get(setting) and not inspected.app.debug:
            yield Match(f"{setting} is on", subject=setting)


@checks(EXPLAINED, reads="app")
def explained_templates(inspected: Inspected) -> Iterator[Match]:
    """Find look-ups of templates that are logged."""
    if inspected.config.get("EXPLAIN_TEMPLATE_LOADING"):
        yield Match("EXPLAIN_TEMPLATE_LOADING is on", subject="EXPLAIN_TEMPLATE_LOADING")


@checks(RELOADED, reads="app")
def reloaded_templates(inspected: Inspected) -> Iterator[Match]:
    """Find an environment that looks for changes outside debug mode."""
    if inspected.app.jinja_env.auto_reload and not inspected.app.debug:
        yield Match("templates are reloaded outside debug mode", subject="TEMPLATES_AUTO_RELOAD")


def _is_for_developers(inspected: Inspected) -> bool:
    return inspected.app.debug or inspected.app.testing
