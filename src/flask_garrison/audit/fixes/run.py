"""From findings to changed files: what would change, the difference, and writing it."""

from __future__ import annotations

import difflib
import os
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ...errors import GarrisonError
from ...findings import Finding
from ..files import UnreadableError, read_bytes, shown
from .applying import repaired
from .catalogue import fixes_of
from .code import Code
from .model import Place, Repair


@dataclass(frozen=True, slots=True)
class Change:
    """What repairs make of one file.

    Attributes:
        path: The file itself, no link.
        old, new: Its bytes.
        encoding: Of both.
        count: How many repairs.
    """

    path: Path
    old: bytes
    new: bytes
    encoding: str
    count: int


def changes_for(findings: Iterable[Finding], root: Path) -> list[Change]:
    """Return what can be repaired in the files below a folder (or in the one file); nothing is written."""
    by_path: dict[Path, list[Finding]] = defaultdict(list)
    top = root.resolve()
    for finding in findings:
        if finding.path is not None and finding.line is not None and fixes_of(finding.rule):
            path = Path(finding.path).resolve()
            # What a link leads to elsewhere belongs to somebody else.
            if path.is_relative_to(top):
                by_path[path].append(finding)
    changes = [_change(path, group) for path, group in sorted(by_path.items())]
    return [change for change in changes if change is not None]


def difference(change: Change) -> str:
    """Return the unified diff of a change; a line end that is none of Unix does not show."""
    old, new = (_lines(data.decode(change.encoding)) for data in (change.old, change.new))
    name = shown(change.path)
    lines = difflib.unified_diff(old, new, f"a/{name.lstrip('/')}", f"b/{name.lstrip('/')}", lineterm="")
    return "\n".join(lines) + "\n"


def write(change: Change) -> None:
    """Put the new bytes in the place of the old ones, all at once.

    Raises:
        GarrisonError: where the file has become another one meanwhile, or cannot be written.
    """
    path = change.path
    try:
        if path.read_bytes() != change.old:
            raise GarrisonError(f"{shown(path)} has changed meanwhile; it was left alone.")
        mode = path.stat().st_mode
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(change.new)
            os.chmod(name, mode & 0o7777)
            os.replace(name, path)
        except BaseException:
            os.unlink(name)
            raise
    except OSError as error:
        raise GarrisonError(f"{shown(path)}: {error.strerror}") from error


def _change(path: Path, findings: list[Finding]) -> Change | None:
    try:
        code = Code(read_bytes(path))
    except (UnreadableError, SyntaxError, ValueError, LookupError, RecursionError):
        return None
    text, done = repaired(code, _repairs(code, findings))
    return Change(path, code.data, text.encode(code.encoding), code.encoding, len(done)) if done else None


def _repairs(code: Code, findings: list[Finding]) -> Iterator[Repair]:
    for finding in findings:
        place = Place(code, finding.line or 1, _column(finding))
        for fix in fixes_of(finding.rule):
            yield from fix.find(place)


def _column(finding: Finding) -> int | None:
    for evidence in finding.evidence:
        steps = evidence.data.get("steps")
        if evidence.kind == "path" and isinstance(steps, list) and steps and steps[-1].get("line") == finding.line:
            column = steps[-1].get("column")
            return column if isinstance(column, int) else None
    return None


def _lines(text: str) -> list[str]:
    lines = re.split(r"\r\n|\r|\n", text)
    return lines[:-1] if lines[-1] == "" else [*lines[:-1], f"{lines[-1]}\n\\ No newline at end of file"]
