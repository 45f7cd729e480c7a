"""Asks git for a revision and for the files as they were then."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from ...errors import TargetError

_SAFE = (
    *("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.pager=cat"),
    *("-c", "core.untrackedCache=false", "-c", "protocol.allow=never", "-c", "core.sshCommand=false"),
    *("-c", "core.attributesFile=/dev/null", "-c", "log.showSignature=false"),
)
_ENVIRONMENT = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
# A hook of git's sets these for the repository that it runs in; they would decide which one is asked here.
_DROPPED = frozenset(
    {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR", "GIT_NAMESPACE"}
    | {"GIT_PREFIX", "GIT_EXTERNAL_DIFF", "GIT_PAGER", "GIT_EDITOR", "GIT_TRACE", "GIT_LITERAL_PATHSPECS"}
)
_SECONDS = 60


class Repository:
    """The repository that a folder lies in.

    Attributes:
        top: Its working tree.
    """

    def __init__(self, folder: Path) -> None:
        """Look for the repository.

        Raises:
            TargetError: where there is no git, or no repository.
        """
        program = shutil.which("git")
        if program is None:
            raise TargetError("--since needs git, which is not there: install it, or audit without --since.")
        self._program = program
        self.top = folder.resolve()
        done = self._run("rev-parse", "--show-toplevel")
        if done.returncode:
            words = _words(done.stderr)
            if "dubious ownership" in words:
                raise TargetError(f"--since: git does not trust {folder}: {words}")
            raise TargetError(f"--since: {folder} lies in no working tree of git ({words}); audit without --since.")
        self.top = Path(os.fsdecode(done.stdout.removesuffix(b"\n"))).resolve()

    def base(self, revision: str) -> str:
        """Return the commit at which the present state parted from a revision.

        Raises:
            TargetError: where there is no such revision, or nothing in common with it.
        """
        if revision.startswith("-"):
            raise TargetError(f"--since: {revision!r} is an option and no revision.")
        commit = self._run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        if commit.returncode:
            raise TargetError(
                f"--since: there is no revision {revision!r} in {self.top}. In a CI that fetches one commit alone, "
                "fetch the others too (actions/checkout: fetch-depth: 0)."
            )
        base = self._run("merge-base", commit.stdout.strip().decode(), "HEAD")
        if base.returncode:
            raise TargetError(
                f"--since: {revision!r} and HEAD have no commit in common: fetch the whole history "
                "(git fetch --unshallow), or name another revision."
            )
        return base.stdout.strip().decode()

    def renamed(self, base: str) -> dict[str, str]:
        """Return the names that files had at a commit, by those that they have now, where the two differ."""
        words = self._asked(
            "diff-tree", "-r", "-z", "-M", "--diff-filter=R", "--name-status", "--no-ext-diff", base, "HEAD"
        )
        fields = [os.fsdecode(field) for field in words.split(b"\0")][:-1]
        return {fields[number + 2]: fields[number + 1] for number in range(0, len(fields) - 2, 3)}

    def contents(self, commit: str, names: Iterable[str]) -> dict[str, bytes]:
        """Return what files held at a commit; one that was not there is left out."""
        wanted = set(names)
        blobs = {name: blob for name, blob in self._tree(commit) if name in wanted}
        found = self._blobs(sorted(set(blobs.values())))
        return {name: found[blob] for name, blob in blobs.items() if blob in found}

    def ignored(self, names: Iterable[str]) -> set[str]:
        """Return those of some files that ``.gitignore`` names and that are in no commit."""
        given = b"".join(os.fsencode(name) + b"\0" for name in names)
        done = self._run("check-ignore", "-z", "--stdin", given=given) if given else None
        return set() if done is None else {os.fsdecode(name) for name in done.stdout.split(b"\0") if name}

    def _tree(self, commit: str) -> Iterator[tuple[str, str]]:
        for entry in self._asked("ls-tree", "-r", "-z", "--full-tree", commit).split(b"\0"):
            head, _, name = entry.partition(b"\t")
            fields = head.split()
            if len(fields) == 3 and fields[1] == b"blob":
                yield os.fsdecode(name), fields[2].decode()

    def _blobs(self, blobs: list[str]) -> dict[str, bytes]:
        if not blobs:
            return {}
        output = self._asked("cat-file", "--batch", given="".join(f"{blob}\n" for blob in blobs).encode())
        found: dict[str, bytes] = {}
        at = 0
        for blob in blobs:
            end = output.index(b"\n", at)
            fields = output[at:end].split()
            at = end + 1
            if len(fields) == 3:
                size = int(fields[2])
                found[blob] = output[at : at + size]
                at += size + 1
        return found

    def _asked(self, *arguments: str, given: bytes = b"") -> bytes:
        done = self._run(*arguments, given=given)
        if done.returncode:
            raise TargetError(f"--since: git {arguments[0]}: {_words(done.stderr)}")
        return done.stdout

    def _run(self, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        environment = {name: value for name, value in os.environ.items() if name not in _DROPPED} | _ENVIRONMENT
        command = [self._program, "--no-pager", *_SAFE, "-C", str(self.top), *arguments]
        try:
            return subprocess.run(  # noqa: S603
                command, input=given, capture_output=True, env=environment, timeout=_SECONDS, check=False
            )
        except (OSError, ValueError, subprocess.TimeoutExpired) as error:
            raise TargetError(f"--since: git {arguments[0]}: {error}") from error


def _words(error: bytes) -> str:
    lines = error.decode("utf-8", "replace").strip().splitlines()
    return lines[0].removeprefix("fatal: ") if lines else "it gave no reason"
