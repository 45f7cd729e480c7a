"""Files with secrets beside the code: readable by others, or part of the repository."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from ....findings import Confidence, Evidence, Severity
from ....guard.error_pages.secret_values import is_secret_name
from ....guard.secret_strength import is_placeholder
from ...facts.git_index import tracked_files
from ...files import shown
from ...inspected import Inspected
from ...rule import Match, Rule, Unchecked, checks

LARGEST = 1_048_576
_NAMES = re.compile(r"\A(?:\.env|\.flaskenv|secrets?|\.secrets?)(?:\..+)?\Z")
_EXAMPLES = re.compile(r"(?i)\.(?:example|sample|template|dist|defaults?|tpl|py|pyc|md)\Z")
_ASSIGNMENT = re.compile(r"(?m)^[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_.-]*)[ \t]*[=:][ \t]*(\S.*?)[ \t]*$")
_PASSWORD_IN_URL = re.compile(r"://[^/\s:@]*:[^/\s@]+@")

READABLE = Rule(
    id="assessment.readable-secrets-file",
    kind="runtime",
    control="assessment.process-privileges",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(276, 732),
    asvs=("V13.3.1",),
    title="Every user of the machine can read a file with secrets",
    why="Another service on the machine, once it is broken into, reads the keys and passwords of this one, and a "
    "backup or an image carries them with the same permissions.",
    fix="Let only the application's user read it: chmod 600.",
    before="-rw-r--r-- shop shop .env",
    after="-rw------- shop shop .env",
    guard="Nothing: it does not look at files.",
    language="text",
    items=(124,),
)
IN_REPOSITORY = Rule(
    id="assessment.secrets-in-repository",
    kind="runtime",
    control="assessment.hard-coded-secrets",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(540, 798),
    asvs=("V13.3.1",),
    title="A file with secrets is part of the repository",
    why="Everybody who ever gets a copy of the repository has the secrets, and deleting the file leaves them in the "
    "history. They have to be replaced, not only removed.",
    fix="Make new secrets, take the file out of the repository with git rm --cached, and name it in .gitignore.",
    before="git add .env",
    after="echo .env >> .gitignore",
    guard="Nothing: it does not look at files.",
    language="sh",
    items=(124,),
)


def _secret_files(inspected: Inspected) -> list[tuple[Path, list[str]]]:
    """Return the files that hold secrets, each with their names."""
    folders = dict.fromkeys((inspected.root, Path(inspected.app.root_path), Path(inspected.app.root_path).parent))
    near = [folder for folder in folders if folder == inspected.root or folder.is_relative_to(inspected.root)]
    files = {file.resolve() for folder in near for file in _candidates(folder)}
    named = [(file, _names_in(file)) for file in sorted(files)]
    return [(file, names) for file, names in named if names]


def _candidates(folder: Path) -> list[Path]:
    try:
        return [file for file in folder.iterdir() if _is_candidate(file.name) and file.is_file()]
    except OSError:
        return []


def _is_candidate(name: str) -> bool:
    return _NAMES.match(name) is not None and _EXAMPLES.search(name) is None


def _names_in(file: Path) -> list[str]:
    try:
        text = file.read_text("utf-8", "replace") if file.stat().st_size <= LARGEST else ""
    except OSError:
        return []
    return [name for name, value in _ASSIGNMENT.findall(text) if _is_secret(name, value.strip("\"'"))]


def _is_secret(name: str, value: str) -> bool:
    if not value or value.startswith(("$", "<")) or is_placeholder(value):
        return False
    return is_secret_name(name) or _PASSWORD_IN_URL.search(value) is not None


def _has_secret_files(inspected: Inspected) -> bool:
    return bool(_secret_files(inspected))


def _evidence(file: Path, names: list[str], mode: int | None = None) -> tuple[Evidence, ...]:
    listed = f"{stat.filemode(mode)} " if mode is not None else ""
    return (Evidence("file", f"{listed}{shown(file)} sets {', '.join(names)}", {"names": names}),)


@checks(READABLE, reads="app", needs=_has_secret_files)
def readable_secrets(inspected: Inspected) -> Iterator[Match]:
    """Find files with secrets that others may read."""
    for file, names in _secret_files(inspected):
        mode = file.stat().st_mode
        if os.name == "posix" and mode & stat.S_IROTH:
            evidence = _evidence(file, names, mode)
            yield Match(f"others can read {file.name}", subject=file.name, path=shown(file), evidence=evidence)


@checks(IN_REPOSITORY, reads="app", needs=_has_secret_files)
def secrets_in_repository(inspected: Inspected) -> Iterator[Match | Unchecked]:
    """Find files with secrets that git tracks."""
    root = _repository(inspected.root)
    if root is None:
        return
    tracked = tracked_files(root)
    if tracked is None:
        advice = "git ls-files shows it; [[accept]] the entry where it does not name the files."
        yield Unchecked("which files git tracks", "the repository's index cannot be read", advice)
        return
    for file, names in _secret_files(inspected):
        if file.is_relative_to(root.resolve()) and file.relative_to(root.resolve()).as_posix() in tracked:
            evidence = _evidence(file, names)
            yield Match(f"git tracks {file.name}", subject=file.name, path=shown(file), evidence=evidence)


def _repository(folder: Path) -> Path | None:
    return next((one for one in (folder, *folder.parents) if (one / ".git").is_dir()), None)
