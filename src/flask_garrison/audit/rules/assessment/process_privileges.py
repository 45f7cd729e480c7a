"""What the process may do: its user, its files, and whether asserts count."""

from __future__ import annotations

import ast
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

from ....findings import Confidence, Evidence, Severity
from ...facts.gunicorn import gunicorn_of, uses_gunicorn
from ...facts.own_code import own_modules
from ...facts.project_files import MOST_FILES, walk
from ...facts.start_commands import image_of
from ...files import shown
from ...inspected import Inspected
from ...rule import Match, Rule, Unchecked, checks

CONTROL = "assessment.process-privileges"
SHOWN = 5
_CODE = frozenset({".py", ".so", ".html", ".j2", ".jinja", ".jinja2", ".toml", ".cfg", ".ini", ".yaml", ".yml"})
_ROOT = ("root", "0")

ROOT = Rule(
    id="assessment.runs-as-root",
    kind="runtime",
    control=CONTROL,
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    cwe=(250,),
    asvs=("V13.2.2",),
    title="The application runs as root",
    why="Whatever runs in the application by a flaw may then read and write everything, in a container too: its files, "
    "its secrets, mounted folders, and what a flaw of the kernel adds.",
    fix="Run it as a user of its own that owns nothing but its data.",
    before='FROM python:3.13\nCMD ["gunicorn", "shop:app"]',
    after='FROM python:3.13\nRUN useradd shop\nUSER shop\nCMD ["gunicorn", "shop:app"]',
    guard="Nothing: it has the rights of the process.",
    language="dockerfile",
    items=(122,),
    of_machine=True,
)
WRITABLE_CODE = Rule(
    id="assessment.writable-code",
    kind="runtime",
    control=CONTROL,
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(276, 732),
    asvs=("V13.2.2",),
    title="Every user of the machine can change the code",
    why="A file that everybody may write runs as the application at the next start, or with the next page where it "
    "is a template. Any other service on the machine that is broken into is then a way in.",
    fix="Take the right away: chmod -R o-w, and set a umask of 022 or 027 where releases are made.",
    before="-rw-rw-rw- shop shop views.py",
    after="-rw-r--r-- root shop views.py",
    guard="Nothing: it is part of the code.",
    language="text",
    items=(122,),
    of_machine=True,
)
NO_ASSERTS = Rule(
    id="assessment.asserts-switched-off",
    kind="runtime",
    control=CONTROL,
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(617, 670),
    asvs=("V16.5.3",),
    title="Checks written as assert are not made",
    why="With python -O or PYTHONOPTIMIZE every assert is left out when the code is compiled. A check of rights, of an "
    "amount or of a type that is written as one passes whatever it is given.",
    fix="Write checks as if and raise. Until then start Python without -O.",
    before="assert current_user.is_admin",
    after="if not current_user.is_admin:\n    abort(403)",
    guard="Nothing: it has none of its checks in asserts.",
    language="python",
    items=(126,),
)


@checks(ROOT, reads="app")
def runs_as_root(inspected: Inspected) -> Iterator[Match]:
    """Find root by what the project says of its server; the auditing process itself says little."""
    if uses_gunicorn(inspected):
        user = str(gunicorn_of(inspected).get("user", ""))
        if user in _ROOT:
            yield Match("gunicorn's workers run as root", severity=Severity.MEDIUM, subject="gunicorn")
        if user:
            return
    image = image_of(inspected.root)
    if image is not None and (not image.user or image.user in _ROOT):
        where = f"{shown(image.file)}:{image.user_line}"
        yield Match(
            "the image runs as root",
            subject="image",
            path=shown(image.file),
            line=image.user_line,
            evidence=(Evidence("file", f"{where}: the last stage names no other USER"),),
        )
    elif image is None and os.geteuid() == 0:
        words = "the process that was audited runs as root"
        yield Match(words, severity=Severity.INFO, confidence=Confidence.LOW, subject="process")


def _has_permissions(inspected: Inspected) -> bool:
    return os.name == "posix"


@checks(WRITABLE_CODE, reads="app", needs=_has_permissions)
def writable_code(inspected: Inspected) -> Iterator[Match | Unchecked]:
    """Find code, templates and settings, or their folders, that every user may write."""
    open_paths: dict[Path, int] = {}
    for count, file in enumerate(path for path in walk(inspected) if path.suffix in _CODE):
        if count == MOST_FILES:
            yield Unchecked("permissions of the code", "the project has too many files", "Run the audit in its folder.")
            break
        open_paths.update(_open_to_all(file))
        if file.parent not in open_paths:
            open_paths.update(_open_to_all(file.parent))
    if open_paths:
        listed = list(open_paths.items())
        evidence = [Evidence("file", f"{stat.filemode(mode)} {shown(path)}") for path, mode in listed[:SHOWN]]
        if len(listed) > SHOWN:
            evidence.append(Evidence("file", f"and {len(listed) - SHOWN} others"))
        words = f"everybody may write {shown(listed[0][0])}{' and others' if len(listed) > 1 else ''}"
        yield Match(words, subject="code", evidence=tuple(evidence))


def _open_to_all(path: Path) -> dict[Path, int]:
    try:
        mode = path.lstat().st_mode
    except OSError:
        return {}
    # In a sticky folder, such as /tmp, nobody replaces the files of others; a link's own mode says nothing.
    harmless = stat.S_ISLNK(mode) or (stat.S_ISDIR(mode) and mode & stat.S_ISVTX)
    return {path: mode} if mode & stat.S_IWOTH and not harmless else {}


def _is_optimised(inspected: Inspected) -> str | None:
    """Return what switches asserts off, or ``None``."""
    image = image_of(inspected.root)
    if image is not None and image.environment.get("PYTHONOPTIMIZE", "").strip():
        return "PYTHONOPTIMIZE in the Dockerfile"
    if inspected.environ.get("PYTHONOPTIMIZE"):
        return "PYTHONOPTIMIZE"
    return "python -O" if sys.flags.optimize else None


def _drops_asserts(inspected: Inspected) -> bool:
    return _is_optimised(inspected) is not None


@checks(NO_ASSERTS, reads="app", needs=_drops_asserts)
def asserts_switched_off(inspected: Inspected) -> Iterator[Match]:
    """Find asserts in the application's own modules while something leaves them out."""
    for module in own_modules(inspected):
        file = Path(str(module.__file__))
        lines = _assert_lines(file)
        if lines:
            words = f"{_is_optimised(inspected)} leaves out {len(lines)} assert{'s' if len(lines) > 1 else ''}"
            summary = f"{shown(file)}:{lines[0]}: assert"
            evidence = (Evidence("path", summary, {"lines": lines}),)
            yield Match(words, subject=module.__name__, path=shown(file), line=lines[0], evidence=evidence)


def _assert_lines(file: Path) -> list[int]:
    try:
        tree = ast.parse(file.read_bytes())
    except (OSError, SyntaxError, ValueError):
        return []
    return sorted(node.lineno for node in ast.walk(tree) if isinstance(node, ast.Assert))
