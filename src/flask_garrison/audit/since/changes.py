"""Tells of each finding whether a change is about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ...findings import Finding
from ..code.reading.parsing import Parsed, parse
from ..files import UnreadableError, read_bytes
from ..templates.reading import is_template
from .functions import Functions
from .git import Repository
from .hunks import NEW, Hunks, hunks_of

_MOST_BYTES = 64 * 2**20


@dataclass
class Changes:
    """What differs from a revision.

    Attributes:
        revision: As the user wrote it.
        repository: Where.
        base: The commit at which the present state parted from it.
    """

    revision: str
    repository: Repository
    base: str
    _hunks: dict[str, Hunks] = field(default_factory=dict)
    _functions: dict[str, Functions | None] = field(default_factory=dict)

    def split(self, findings: Iterable[Finding]) -> tuple[tuple[Finding, ...], int]:
        """Return the findings that the change is about, and how many others there are."""
        everything = list(findings)
        self._read({path for finding in everything for path, _ in _places(finding)})
        kept = tuple(finding for finding in everything if self._concerns(finding))
        return kept, len(everything) - len(kept)

    def words(self, left_out: int) -> str:
        """Say what was left out, for the report."""
        findings = "1 finding" if left_out == 1 else f"{left_out} findings"
        return f"{findings} in lines and functions that have not changed since {self.revision} (--since)."

    def _concerns(self, finding: Finding) -> bool:
        places = list(_places(finding))
        # What is about no file cannot be told apart, so it is reported.
        return not places or any(self._touches(path, line) for path, line in places)

    def _touches(self, path: str, line: int) -> bool:
        hunks = self._hunks.get(path, NEW)
        if not hunks or hunks.has(line):
            return bool(hunks)
        functions = self._around(path)
        if functions is None:
            # Without functions, what was taken out beside a line is all that can be said.
            return hunks.touch(line - 1, line + 1)
        around = functions.around(line)
        if around is not None:
            return hunks.touch(*around)
        return any(functions.around(gap) is None for gap in hunks.gaps)

    def _around(self, path: str) -> Functions | None:
        if path not in self._functions:
            parsed = None if is_template(Path(path)) else parse(Path(path), giant=True)
            self._functions[path] = Functions(parsed.tree) if isinstance(parsed, Parsed) else None
        return self._functions[path]

    def _read(self, paths: set[str]) -> None:
        names = {path: name for path in paths - set(self._hunks) if (name := self._name(path)) is not None}
        renamed = self.repository.renamed(self.base)
        old = self.repository.contents(self.base, [renamed.get(name, name) for name in names.values()])
        fresh = {name for name in names.values() if renamed.get(name, name) not in old}
        ignored = self.repository.ignored(sorted(fresh))
        for path, name in names.items():
            before = old.get(renamed.get(name, name))
            if name in ignored:
                self._hunks[path] = Hunks(frozenset())
            elif before is not None:
                self._hunks[path] = _compared(before, Path(path))

    def _name(self, path: str) -> str | None:
        """Return a file's path in the repository; one that lies outside has none."""
        real = Path(path).resolve()
        return real.relative_to(self.repository.top).as_posix() if real.is_relative_to(self.repository.top) else None


def changes_since(revision: str, folder: Path) -> Changes:
    """Return what differs from a revision.

    Args:
        revision: Whatever git takes for one.
        folder: A folder in the working tree, or a file.

    Raises:
        TargetError: where git cannot tell; with what to do.
    """
    repository = Repository(folder if folder.is_dir() else folder.parent)
    return Changes(revision, repository, repository.base(revision))


def _compared(before: bytes, path: Path) -> Hunks:
    try:
        return hunks_of(before, read_bytes(path, _MOST_BYTES))
    except UnreadableError:
        return NEW


def _places(finding: Finding) -> Iterator[tuple[str, int]]:
    """Yield the place of a finding and those of the steps that lead to it."""
    if finding.path is not None:
        yield finding.path, finding.line or 1
    for evidence in finding.evidence:
        steps = evidence.data.get("steps")
        for step in steps if evidence.kind == "path" and isinstance(steps, list) else ():
            if step.get("path") and step.get("line"):
                yield str(step["path"]), int(step["line"])
