"""Keeps what an inspection of a folder found, for as long as no file of it changes.

An entry is named by everything that its contents depend on: this version of Garrison, Python's, the folder as the user
names it, and the contents of every file that was looked at. It is JSON in a folder that belongs to the user alone;
``GARRISON_CACHE_DIR`` names another one, and an empty value none.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from .._version import __version__
from ..findings import Confidence, Evidence, Finding, NotChecked, Severity
from .engine import Outcome
from .inspection import Inspection

VARIABLE: Final = "GARRISON_CACHE_DIR"
KEPT: Final = 40
"""Entries, above which the oldest are removed."""


def kept(root: Path, files: Iterable[Path], compute: Callable[[], Inspection]) -> Inspection:
    """Return what was found before, if nothing has changed since; else compute and keep it.

    Args:
        root: What is inspected, as the user named it.
        files: Every file whose contents the result depends on.
    """
    folder = cache_folder()
    if folder is None:
        return compute()
    entry = folder / f"{_key(root, files)}.json"
    known = _read(entry)
    if known is not None:
        return known
    made = compute()
    _write(entry, made)
    return made


def cache_folder() -> Path | None:
    """Return the folder, made for the user alone; ``None`` where there can be none, or where it is another's."""
    named = os.environ.get(VARIABLE)
    if named == "":
        return None
    base = Path(named) if named else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "flask-garrison"
    try:
        base.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = base.stat()
    except (OSError, RuntimeError):
        return None
    mine = not hasattr(os, "getuid") or (status.st_uid == os.getuid() and not status.st_mode & 0o022)
    return base if mine else None


def _key(root: Path, files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for part in (__version__, sys.version, str(root), os.getcwd(), *_own_state()):
        digest.update(f"{part}\0".encode("utf-8", "surrogatepass"))
    for path in sorted(files):
        digest.update(f"{path}\0".encode("utf-8", "surrogatepass"))
        try:
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        except OSError as error:
            digest.update(str(error.errno).encode())
    return digest.hexdigest()


def _own_state() -> Iterator[str]:
    """Yield what tells one state of this package from another: rules may be changed where it is developed."""
    package = Path(__file__).resolve().parent
    for folder, names, files in os.walk(package):
        names.sort()
        for name in sorted(files):
            if name.endswith(".py"):
                status = os.stat(os.path.join(folder, name))
                yield f"{name} {status.st_size} {status.st_mtime_ns}"


# --- to and from JSON ----------------------------------------------------------------------------------------------


def _write(entry: Path, inspection: Inspection) -> None:
    outcome = inspection.outcome
    document = {
        "findings": [asdict(finding) for finding in outcome.findings],
        "not_checked": [asdict(one) for one in outcome.not_checked],
        "ran": sorted(outcome.ran),
        "not_applicable": sorted(outcome.not_applicable),
        "looked_at": dict(inspection.looked_at),
        "roots": [str(root) for root in inspection.roots],
        "out_of_scope": list(inspection.out_of_scope),
    }
    try:
        handle, name = tempfile.mkstemp(dir=entry.parent, suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8", errors="surrogatepass") as file:
            json.dump(document, file)
        os.replace(name, entry)
        _forget_the_oldest(entry.parent)
    except (OSError, ValueError, TypeError):
        # What cannot be kept is computed again.
        return


def _forget_the_oldest(folder: Path) -> None:
    entries = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in entries[KEPT:]:
        path.unlink(missing_ok=True)


def _read(entry: Path) -> Inspection | None:
    try:
        with entry.open(encoding="utf-8", errors="surrogatepass") as file:
            document = json.load(file)
        return _inspection(document)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _inspection(document: dict[str, Any]) -> Inspection:
    outcome = Outcome(
        findings=[_finding(one) for one in document["findings"]],
        not_checked=[NotChecked(**{**one, "chapters": tuple(one["chapters"])}) for one in document["not_checked"]],
        ran=set(document["ran"]),
        not_applicable=set(document["not_applicable"]),
    )
    roots = tuple(map(Path, document["roots"]))
    return Inspection(outcome, Counter(document["looked_at"]), roots, tuple(document["out_of_scope"]))


def _finding(one: dict[str, Any]) -> Finding:
    return Finding(
        **{
            **one,
            "severity": Severity(one["severity"]),
            "confidence": Confidence(one["confidence"]),
            "cwe": tuple(one["cwe"]),
            "asvs": tuple(one["asvs"]),
            "evidence": tuple(Evidence(**item) for item in one["evidence"]),
        }
    )
