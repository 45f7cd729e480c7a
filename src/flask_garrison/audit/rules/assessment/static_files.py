"""What lies in static folders and must not be fetched: secrets, sources, databases, ways out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ....findings import Confidence, Evidence, Severity
from ...facts.static_files import MOST, StaticFolder, entries, is_too_large, static_folders
from ...facts.uploads import is_below, template_roots
from ...inspected import Inspected
from ...rule import Match, Rule, Unchecked, checks

SECRETS = Rule(
    id="assessment.secrets-in-static",
    kind="runtime",
    control="assessment.exposed-files",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(527, 530, 538, 552),
    asvs=("V13.4.1", "V13.4.7"),
    title="A secret, a database or a repository can be fetched",
    why="Flask sends every file of a static folder to whoever asks for its address, names with a dot in front "
    "included. Scanners ask every site for these.",
    fix="Move the file out of the static folder and change every secret that it held.",
    before="static/.env",
    after="instance/.env",
    guard="Nothing: static files are sent as they are.",
    language="text",
    lesson="database-backup-in-static",
    items=(56, 58, 103),
)

SOURCES = Rule(
    id="assessment.sources-in-static",
    kind="runtime",
    control="assessment.exposed-files",
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    cwe=(538, 540),
    asvs=("V13.4.7",),
    title="Files of the project that are not for browsers can be fetched",
    why="Sources, backups of editors and settings of tools show how the application works, and sometimes a secret.",
    fix="Move them out of the static folder.",
    before="static/helper.py",
    after="shop/helper.py",
    guard="Nothing: static files are sent as they are.",
    language="text",
    items=(56, 58),
)

FOLDER = Rule(
    id="assessment.static-holds-the-application",
    kind="runtime",
    control="assessment.exposed-files",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(540, 552),
    asvs=("V13.4.7",),
    title="A static folder holds the application's code, templates or instance folder",
    why="Every file below it can be fetched: the source, the settings with the secret key, the database in the "
    "instance folder.",
    fix="Give static files a folder that holds nothing else.",
    before='Flask(__name__, static_folder=".")',
    after='Flask(__name__, static_folder="static")',
    guard="Nothing: static files are sent as they are.",
    language="python",
    lesson="database-backup-in-static",
    items=(56, 57, 58),
)

LINKS = Rule(
    id="assessment.links-in-static",
    kind="runtime",
    control="assessment.exposed-files",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(59, 552),
    asvs=("V13.4.7",),
    title="A link in a static folder leads out of it",
    why="Flask compares names, and opens what the link points to. Whatever lies behind it can be fetched, and whoever "
    "can change the link chooses what that is.",
    fix="Copy the file in place of the link.",
    before="static/reports -> /srv/reports",
    after="static/reports/2026.pdf",
    guard="Nothing: static files are sent as they are.",
    language="text",
    items=(56,),
)

_SECRET = re.compile(
    r"(?i)^(\.env(\..+)?|\.flaskenv|\.git|\.svn|\.hg|\.htpasswd|\.netrc|\.pgpass|\.aws|\.ssh|id_(rsa|ed25519|ecdsa|dsa)|"
    r".+\.(db|sqlite3?|sqlite|sql|sql\.gz|dump|p12|pfx|kdbx|keystore))$"
)
_EXAMPLE = re.compile(r"(?i)(example|sample|template|dist|^thumbs\.db)$")
_SOURCE = re.compile(
    r"(?i)^(.+\.(py[co]?|bak|orig|swp|old|j2|jinja2?|cfg|toml)|\.DS_Store|Dockerfile|docker-compose\.ya?ml|requirements.*\.txt"
    r"|.+~|Pipfile(\.lock)?|\.idea|\.vscode)$"
)
_PRIVATE_KEY = b"PRIVATE KEY-----"


def _has_static(inspected: Inspected) -> bool:
    return bool(static_folders(inspected))


@checks(SECRETS, reads="app", needs=_has_static)
def secrets(inspected: Inspected) -> Iterator[Match | Unchecked]:
    """Look at the names, and into files that may hold a private key."""
    for static in _own_folders(inspected):
        if is_too_large(static):
            how = "Look through it by hand."
            yield Unchecked(f"the static folder {static.folder}", f"it holds more than {MOST} files", how)
        hidden: list[Path] = []
        for path in entries(static):
            if any(path.is_relative_to(one) for one in hidden):
                continue
            if _is_secret(path):
                hidden.append(path)
                yield _match(static, path, "can be fetched")


@checks(SOURCES, reads="app", needs=_has_static)
def sources(inspected: Inspected) -> Iterator[Match]:
    """Look at the names; many of one folder are one finding."""
    for static in _own_folders(inspected):
        found = [path for path in entries(static) if _SOURCE.match(path.name) and not _is_secret(path)]
        if found:
            rest = f" and {len(found) - 1} more" if len(found) > 1 else ""
            yield _match(static, found[0], f"{rest.strip()} can be fetched".strip())


@checks(FOLDER, reads="app", needs=_has_static)
def folders(inspected: Inspected) -> Iterator[Match]:
    """Compare static folders with the package, its templates and its instance folder."""
    code, instance = Path(inspected.app.root_path).resolve(), Path(inspected.app.instance_path).resolve()
    for static in static_folders(inspected):
        held = []
        if is_below(code, static.folder):
            held.append("code")
        if instance.is_dir() and is_below(instance, static.folder):
            held.append("instance folder")
        if any(is_below(root, static.folder) for root in template_roots(inspected)):
            held.append("templates")
        if held:
            evidence = (Evidence("file", f"{static.folder} is served at {static.url}"),)
            yield Match(f"{static.url} serves the application's {', '.join(held)}", evidence=evidence)


@checks(LINKS, reads="app", needs=_has_static)
def links(inspected: Inspected) -> Iterator[Match]:
    """Follow links by name only."""
    for static in _own_folders(inspected):
        for path in entries(static):
            if path.is_symlink() and not path.resolve().is_relative_to(static.folder):
                yield _match(static, path, "leads out of the static folder")


def _own_folders(inspected: Inspected) -> list[StaticFolder]:
    """Return static folders that do not hold the whole application, which is a finding of its own."""
    code = Path(inspected.app.root_path).resolve()
    return [static for static in static_folders(inspected) if not is_below(code, static.folder)]


def _is_secret(path: Path) -> bool:
    # A certificate ends in .pem too, and a presentation in .key.
    if path.suffix.lower() in (".pem", ".key"):
        return path.is_file() and _PRIVATE_KEY in path.read_bytes()[:4096]
    return _SECRET.match(path.name) is not None and _EXAMPLE.search(path.name) is None


def _match(static: StaticFolder, path: Path, words: str) -> Match:
    address = static.address_of(path)
    evidence = (Evidence("file", f"{address} is {path.name}", {"url": address}),)
    return Match(f"{address} {words}", subject=address, path=str(path), evidence=evidence)
