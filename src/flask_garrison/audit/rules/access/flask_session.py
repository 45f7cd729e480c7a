"""Flask-Session: identifiers that can be guessed, and files that others can read or write."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ....findings import Confidence, Evidence, Severity
from ...facts.static_files import static_folders
from ...facts.uploads import is_below
from ...inspected import Inspected
from ...rule import Match, Rule, checks

SHORT_ID = Rule(
    id="access.session-id-short",
    kind="runtime",
    control="access.server-sessions",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(331, 334),
    asvs=("V7.2.3",),
    title="Identifiers of sessions are short enough to be guessed",
    why="The identifier is all that stands for a login. Below 128 bits a program that tries many of them finds one.",
    fix="Leave SESSION_ID_LENGTH at its default of 32 bytes.",
    before='app.config["SESSION_ID_LENGTH"] = 8',
    after='app.config["SESSION_ID_LENGTH"] = 32',
    guard="It leaves the sessions of Flask-Session as they are.",
    language="python",
    lesson="access-same-session-after-login",
    items=(36,),
)

FILES = Rule(
    id="access.session-files-open",
    kind="runtime",
    control="access.server-sessions",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(276, 502, 732),
    asvs=("V7.2.1", "V1.5.2"),
    title="Session files can be read or written by others",
    why="Files that others read are logins for them. Flask-Session's files are pickles: who writes one runs code when "
    "it is read.",
    fix="Keep them in a folder that only the application's user may enter, with SESSION_FILE_MODE 0o600.",
    before='app.config["SESSION_FILE_MODE"] = 0o666',
    after='app.config["SESSION_FILE_MODE"] = 0o600',
    guard="It leaves the sessions of Flask-Session as they are.",
    language="python",
    items=(38, 124),
)

BYTES = 16


def _interface(inspected: Inspected) -> Any:
    interface = inspected.app.session_interface
    # Garrison's own interface may stand in front and hold the application's.
    for name in ("inner", "_inner", "wrapped"):
        interface = getattr(interface, name, interface)
    return interface


def _is_flask_session(inspected: Inspected) -> bool:
    return type(_interface(inspected)).__module__.startswith("flask_session")


def _cache(inspected: Inspected) -> Any:
    """Return the file cache of the sessions, or ``None``."""
    if not _is_flask_session(inspected):
        return None
    cache = getattr(_interface(inspected), "cache", None)
    return cache if type(cache).__name__ == "FileSystemCache" else None


@checks(SHORT_ID, reads="app", needs=_is_flask_session)
def short_id(inspected: Inspected) -> Iterator[Match]:
    """Ask the interface how many bytes an identifier gets."""
    length = getattr(_interface(inspected), "sid_length", None)
    if isinstance(length, int) and length < BYTES:
        yield Match(f"an identifier has {length} random bytes")


@checks(FILES, reads="app", needs=lambda inspected: _cache(inspected) is not None and os.name == "posix")
def open_files(inspected: Inspected) -> Iterator[Match]:
    """Look at the mode of new files, at the folder, and at where it is."""
    cache = _cache(inspected)
    folder, mode = Path(cache._path).resolve(), cache._mode
    if mode is not None and mode & (stat.S_IRWXG | stat.S_IRWXO):
        severity = None if mode & stat.S_IRWXO else Severity.LOW
        yield Match(f"session files get the mode {mode:04o}", severity=severity, subject="mode")
    if folder.is_dir() and folder.stat().st_mode & stat.S_IWOTH:
        evidence = (Evidence("file", f"{folder} has the mode {stat.S_IMODE(folder.stat().st_mode):04o}"),)
        yield Match("the folder of the session files is writable for everybody", evidence=evidence)
    for static in static_folders(inspected):
        if is_below(folder, static.folder):
            evidence = (Evidence("file", f"{folder} is served at {static.address_of(folder)}"),)
            yield Match("session files lie in a static folder", severity=Severity.CRITICAL, evidence=evidence)
