"""Log files: who can read them, and whether they ever end. And whether the server writes one at all."""

from __future__ import annotations

import logging
import logging.handlers
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from ....findings import Confidence, Evidence, Severity
from ...facts.gunicorn import gunicorn_of, uses_gunicorn
from ...facts.log_handlers import handlers_of
from ...files import shown
from ...inspected import Inspected
from ...rule import Match, Rule, Unchecked, checks

CONTROL = "monitoring.log-settings"
_ROTATING = (logging.handlers.BaseRotatingHandler, logging.handlers.WatchedFileHandler)

PUBLIC = Rule(
    id="monitoring.public-log-file",
    kind="runtime",
    control=CONTROL,
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(532, 538),
    asvs=("V16.4.2",),
    title="Everybody can fetch the log",
    why="The file lies in a folder that the application serves. Its address is guessed in a minute, and it tells "
    "errors, paths, users and addresses.",
    fix="Write the log to a folder that nobody serves.",
    before='logging.FileHandler("static/app.log")',
    after='logging.FileHandler("/var/log/shop/app.log")',
    guard="Nothing: a file in a static folder is one that was put there to be fetched.",
    language="python",
    items=(129,),
)
READABLE = Rule(
    id="monitoring.readable-log-file",
    kind="runtime",
    control=CONTROL,
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(532, 732),
    asvs=("V16.4.2",),
    title="Every user of the machine can read or change the log",
    why="A log holds what happened and often who it happened to. Who can write to it removes what they did.",
    fix="Let only the application's user and the group that reads logs have it: chmod 640.",
    before="-rw-r--r-- shop shop app.log",
    after="-rw-r----- shop adm app.log",
    guard="Nothing: the file is the application's.",
    language="text",
    items=(129,),
)
ENDLESS = Rule(
    id="monitoring.endless-log-file",
    kind="runtime",
    control=CONTROL,
    severity=Severity.INFO,
    confidence=Confidence.MEDIUM,
    cwe=(400, 779),
    asvs=("V16.1.1",),
    title="A log file grows until the disk is full",
    why="Visitors decide how much is logged. When the disk is full, uploads, sessions and the database on it stop too. "
    "A program that rotates the file from outside leaves this handler writing to the old one.",
    fix="Use RotatingFileHandler, or WatchedFileHandler together with logrotate, or write to standard error.",
    before='logging.FileHandler("app.log")',
    after='logging.handlers.RotatingFileHandler("app.log", maxBytes=10_000_000, backupCount=5)',
    guard="It sums up floods of its own events. The file is the application's.",
    language="python",
    items=(129,),
)
NO_ACCESS_LOG = Rule(
    id="monitoring.no-access-log",
    kind="runtime",
    control=CONTROL,
    severity=Severity.INFO,
    confidence=Confidence.LOW,
    cwe=(223, 778),
    asvs=("V16.1.1",),
    title="gunicorn logs no requests",
    why="Without a log of requests nobody can tell afterwards what an attacker asked for, and from where. A proxy in "
    "front may keep one; then this is nothing to change.",
    fix="Set accesslog, or make sure that the server in front keeps a log of requests.",
    before='bind = "127.0.0.1:8000"',
    after='bind = "127.0.0.1:8000"\naccesslog = "-"',
    guard="It records refusals and errors as events, and no ordinary requests.",
    language="python",
    items=(123, 129),
)


def _files(inspected: Inspected) -> list[tuple[logging.FileHandler, Path]]:
    handlers = [handler for handler in handlers_of(inspected) if isinstance(handler, logging.FileHandler)]
    return [(handler, Path(handler.baseFilename)) for handler in handlers if handler.baseFilename != os.devnull]


def _has_files(inspected: Inspected) -> bool:
    return bool(_files(inspected))


def _public_folders(inspected: Inspected) -> list[Path]:
    scaffolds = (inspected.app, *inspected.app.blueprints.values())
    return [Path(one.static_folder).resolve() for one in scaffolds if one.static_folder]


@checks(PUBLIC, reads="app", needs=_has_files)
def public_log_files(inspected: Inspected) -> Iterator[Match]:
    """Find a log below a static folder."""
    for _, file in _files(inspected):
        folder = next((one for one in _public_folders(inspected) if file.resolve().is_relative_to(one)), None)
        if folder is not None:
            evidence = (Evidence("file", f"{shown(file)} lies in the static folder {shown(folder)}"),)
            yield Match(f"{file.name} is served to everybody", subject=file.name, path=shown(file), evidence=evidence)


@checks(READABLE, reads="app", needs=_has_files)
def readable_log_files(inspected: Inspected) -> Iterator[Match]:
    """Find log files that others may read, or write."""
    for _, file in _files(inspected):
        try:
            mode = file.stat().st_mode
        except OSError:
            # A handler with delay opens its file at the first entry.
            continue
        may = "change" if mode & stat.S_IWOTH else "read" if mode & stat.S_IROTH else ""
        if may and os.name == "posix" and stat.S_ISREG(mode):
            severity = Severity.MEDIUM if may == "change" else None
            evidence = (Evidence("file", f"{stat.filemode(mode)} {shown(file)}"),)
            words = f"others can {may} {file.name}"
            yield Match(words, severity=severity, subject=file.name, path=shown(file), evidence=evidence)


@checks(ENDLESS, reads="app", needs=_has_files)
def endless_log_files(inspected: Inspected) -> Iterator[Match]:
    """Find files that no handler rotates and no program can."""
    for handler, file in _files(inspected):
        rotates = isinstance(handler, _ROTATING)
        if isinstance(handler, logging.handlers.RotatingFileHandler):
            rotates = handler.maxBytes > 0
        if not rotates:
            yield Match(f"{file.name} is never rotated", subject=file.name, path=shown(file))


@checks(NO_ACCESS_LOG, reads="app", needs=uses_gunicorn)
def no_access_log(inspected: Inspected) -> Iterator[Match | Unchecked]:
    """Find gunicorn without a log of requests."""
    settings = gunicorn_of(inspected)
    yield from settings.unchecked("accesslog")
    configured = ("logconfig", "logconfig_dict", "logconfig_json", "logger_class", "accesslog", "syslog")
    if not any(settings.states(name) for name in configured):
        yield Match("accesslog is not set", subject="accesslog")
