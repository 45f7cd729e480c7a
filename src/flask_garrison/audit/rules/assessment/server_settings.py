"""gunicorn's settings for development, its user, and secrets in its file."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence, Evidence, Severity
from ....guard.error_pages.secret_values import is_secret_name
from ...facts.gunicorn import Gunicorn, gunicorn_of, uses_gunicorn
from ...files import shown
from ...inspected import Inspected
from ...rule import Match, Rule, Unchecked, checks

_DEVELOPMENT = {
    "reload": ("workers restart when a file changes", Severity.MEDIUM),
    "spew": ("every line that runs is printed", Severity.MEDIUM),
}

DEVELOPMENT = Rule(
    id="assessment.server-development-settings",
    kind="runtime",
    control="assessment.debug",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(489,),
    asvs=("V13.4.2", "V15.2.3"),
    title="gunicorn runs with a setting for development",
    why="With reload a changed file runs at once, so that whoever can write one runs code; a mistake while files are "
    "copied takes the service down. With spew the log holds what every line did.",
    fix="Remove the setting, and restart the service when a release is complete.",
    before="reload = True",
    after="reload = False",
    guard="Nothing: it runs inside the worker.",
    language="python",
    items=(123,),
)
SECRET_IN_FILE = Rule(
    id="assessment.secret-in-server-settings",
    kind="runtime",
    control="assessment.hard-coded-secrets",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(540, 798),
    asvs=("V13.3.1",),
    title="A secret stands in gunicorn's configuration",
    why="The file lies beside the code and goes where the code goes: into the repository, the image, backups. On the "
    "command line every user of the machine sees it in the list of processes.",
    fix="Set the variable where the service is started, from a secrets store, and delete it here.",
    before='raw_env = ["SECRET_KEY=8f42a73054b1749f8f58848be5e6502c"]',
    after="raw_env = []",
    guard="Nothing: it reads the key and not where it came from.",
    language="python",
    items=(123, 124),
)


@checks(DEVELOPMENT, reads="app", needs=uses_gunicorn)
def development_settings(inspected: Inspected) -> Iterator[Match | Unchecked]:
    """Find settings that belong to a developer's machine."""
    settings = gunicorn_of(inspected)
    yield from settings.unchecked(*_DEVELOPMENT)
    for name, (meaning, severity) in _DEVELOPMENT.items():
        if settings.is_on(name):
            evidence = (Evidence("config", f"{settings.places.get(name, 'gunicorn')}: {name} is on"),)
            yield Match(f"{name}: {meaning}", severity=severity, subject=name, evidence=evidence)


@checks(SECRET_IN_FILE, reads="app", needs=uses_gunicorn)
def secrets_in_settings(inspected: Inspected) -> Iterator[Match | Unchecked]:
    """Find variables with the name of a secret that the file sets; what it takes from the environment is none."""
    settings = gunicorn_of(inspected)
    yield from settings.unchecked("raw_env")
    for name in _secret_names(settings, inspected):
        evidence = (Evidence("config", f"{settings.places.get('raw_env', 'gunicorn')}: raw_env sets {name}"),)
        path = shown(settings.file) if settings.file is not None else None
        yield Match(f"raw_env holds the value of {name}", subject=name, path=path, evidence=evidence)


def _secret_names(settings: Gunicorn, inspected: Inspected) -> Iterator[str]:
    known = set(inspected.environ.values())
    for entry in settings.listed("raw_env"):
        name, _, value = entry.partition("=")
        if value and not value.startswith("$") and value not in known and is_secret_name(name):
            yield name
