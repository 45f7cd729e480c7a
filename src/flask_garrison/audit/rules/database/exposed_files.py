"""SQLite files that a browser can fetch, or another user of the machine can read or change."""

from __future__ import annotations

import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from ....findings import Confidence, Evidence, Severity
from ...databases.files import (
    can_be_replaced,
    files_of,
    has_files,
    is_reachable,
    mode_of,
    static_folders,
    template_folders,
)
from ...inspected import Inspected
from ...rule import Match, Rule, checks

_NAMED = (".db", ".sqlite", ".sqlite3")

SERVED = Rule(
    id="database.file-served",
    kind="database",
    control="database.exposed-files",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(219, 538, 552),
    asvs=("V13.4.7",),
    title="The database lies where files are served from",
    why="Whoever asks for its address downloads every account and every hash in one request; Flask serves each file "
    "of a static folder. (In a template folder severity is low: that is not served, and is copied about with the "
    "pages.)",
    fix="Keep it in the instance folder.",
    before='SQLALCHEMY_DATABASE_URI = "sqlite:///" + os.path.join(app.static_folder, "shop.db")',
    after='SQLALCHEMY_DATABASE_URI = "sqlite:///shop.db"  # in the instance folder, with Flask-SQLAlchemy',
    guard="Nothing: it does not decide what a static folder holds.",
    language="python",
    lesson="database-backup-in-static",
    items=(56, 103),
)
FILE_ACCESS = Rule(
    id="database.file-access",
    kind="database",
    control="database.exposed-files",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(276, 732),
    asvs=("V13.2.2",),
    title="Every user of the machine reads the database, or changes it",
    why="Another service that is taken over on the same machine has the data as well. Where it can write, or put "
    "another file in its place (severity medium), it makes itself an administrator.",
    fix="Give the file the mode 600 and its folder 700, and start the application with umask 077.",
    before="-rw-rw-rw- shop.db",
    after="-rw------- shop.db",
    guard="Nothing: files are the business of the system.",
    language="text",
    items=(103,),
)


@checks(SERVED, reads="app", needs=has_files)
def served_files(inspected: Inspected) -> Iterator[Match]:
    """Find database files below a static or a template folder, but for those that are known by their names.

    A file that is there and is called like a database is what ``assessment.secrets-in-static`` finds.
    """
    static, templates = list(static_folders(inspected.app)), list(template_folders(inspected.app))
    for database, path in files_of(inspected):
        words = f"{database.name} is {path.name} below"
        if _is_below(path, static) and not (path.is_file() and path.suffix.lower() in _NAMED):
            yield Match(f"{words} the static folder", path=str(path), evidence=_file(path))
        elif _is_below(path, templates) and not _is_below(path, static):
            yield Match(f"{words} the template folder", severity=Severity.LOW, path=str(path), evidence=_file(path))


def _is_below(path: Path, folders: Iterable[Path]) -> bool:
    return any(path.resolve().is_relative_to(folder) for folder in folders)


def _file(path: Path) -> tuple[Evidence, ...]:
    mode = mode_of(path)
    shown = "not made yet" if mode is None else stat.filemode(stat.S_IFREG | mode)
    return (Evidence("file", f"{path} ({shown})", {"path": str(path)}),)


@checks(FILE_ACCESS, reads="app", needs=has_files)
def accessible_files(inspected: Inspected) -> Iterator[Match]:
    """Find files that others may read or write, where the folders above let them come so far."""
    for database, path in files_of(inspected):
        mode = mode_of(path)
        if mode is None or not is_reachable(path):
            continue
        if mode & stat.S_IWOTH or can_be_replaced(path):
            words = f"every user of the machine can change {database.name}"
            yield Match(words, severity=Severity.MEDIUM, path=str(path), evidence=_file(path))
        elif mode & stat.S_IROTH:
            words = f"every user of the machine can read {database.name}"
            yield Match(words, path=str(path), evidence=_file(path))
