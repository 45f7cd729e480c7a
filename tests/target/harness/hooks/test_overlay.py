"""The private copy behaves as the file system would have, and the file system does not change."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from flask_garrison.target.harness.hooks.copying import Copier
from flask_garrison.target.harness.hooks.overlay import Overlay
from flask_garrison.target.harness.hooks.reading import Reading
from flask_garrison.target.harness.hooks.writing import Writing
from flask_garrison.target.harness.recorder import Recorder
from tests.target.harness.support import tree

Step = tuple[str, str, str]
NAMES = st.sampled_from(
    ["a", "b", "folder", "folder/a", "folder/b", "folder/inner", "folder/inner/a", "link", "link/a"]
)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "write",
                "append",
                "create",
                "read",
                "mkdir",
                "rmdir",
                "unlink",
                "rename",
                "link",
                "symlink",
                "list",
                "scan",
                "stat",
                "truncate",
                "chmod",
                "readlink",
                "exists",
            ]
        ),
        NAMES,
        NAMES,
    ),
    max_size=12,
)


class NoChannel:
    def send(self, kind: str, **fields: Any) -> None:
        """Nobody listens."""


class Both:
    """One way to name files, for the real functions and for those of the private copy."""

    def __init__(self, folder: Path, os_: Any, open_: Callable[..., Any]) -> None:
        self._folder = folder
        self._os = os_
        self._open = open_

    def do(self, step: Step) -> object:
        """Return what a step returned, or the number of its error."""
        action, first, second = step
        try:
            return getattr(self, f"_{action}")(str(self._folder / first), second)
        except OSError as error:
            return (error.errno, Path(str(error.filename)).name if error.filename else None)

    def _write(self, path: str, _: str) -> object:
        with self._open(path, "w") as file:
            return file.write("new")

    def _append(self, path: str, _: str) -> object:
        with self._open(path, "a") as file:
            return file.write("more")

    def _create(self, path: str, _: str) -> object:
        with self._open(path, "x") as file:
            return file.write("created")

    def _read(self, path: str, _: str) -> object:
        with self._open(path) as file:
            return file.read()

    def _mkdir(self, path: str, _: str) -> object:
        return self._os.mkdir(path)

    def _rmdir(self, path: str, _: str) -> object:
        return self._os.rmdir(path)

    def _unlink(self, path: str, _: str) -> object:
        return self._os.unlink(path)

    def _rename(self, path: str, second: str) -> object:
        return self._os.rename(path, str(self._folder / second))

    def _link(self, path: str, second: str) -> object:
        return self._os.link(path, str(self._folder / second))

    def _symlink(self, path: str, second: str) -> object:
        return self._os.symlink(second, path)

    def _list(self, path: str, _: str) -> object:
        return sorted(self._os.listdir(path))

    def _scan(self, path: str, _: str) -> object:
        return sorted((entry.name, entry.is_dir(), entry.is_symlink()) for entry in self._os.scandir(path))

    def _stat(self, path: str, _: str) -> object:
        found = self._os.stat(path)
        return found.st_mode

    def _truncate(self, path: str, _: str) -> object:
        return self._os.truncate(path, 2)

    def _chmod(self, path: str, _: str) -> object:
        return self._os.chmod(path, 0o700)

    def _readlink(self, path: str, _: str) -> object:
        return self._os.readlink(path)

    def _exists(self, path: str, _: str) -> object:
        try:
            self._os.lstat(path)
        except OSError:
            return False
        return True


class Ours:
    """The functions of the private copy under their names in :mod:`os`."""

    def __init__(self, reading: Reading, writing: Writing) -> None:
        self.stat, self.lstat = reading.stat, reading.lstat
        self.listdir, self.scandir, self.readlink = reading.listdir, reading.scandir, reading.readlink
        self.mkdir, self.rmdir, self.unlink = writing.mkdir, writing.rmdir, writing.unlink
        self.rename, self.link, self.symlink = writing.rename, writing.link, writing.symlink
        self.truncate, self.chmod = writing.changing(os.truncate), writing.changing(os.chmod)


@contextmanager
def folders() -> Iterator[tuple[Path, Path, Path]]:
    """Make two folders that are alike, and one for the private copy."""
    with tempfile.TemporaryDirectory() as base:
        real, lower, private = (Path(os.path.realpath(base), name) for name in ("real", "lower", "private"))
        (real / "folder/inner").mkdir(parents=True)
        (real / "a").write_text("first")
        (real / "folder/a").write_text("second")
        (real / "folder/inner/a").write_text("third")
        (real / "link").symlink_to("folder")
        shutil.copytree(real, lower, symlinks=True)
        private.mkdir()
        yield real, lower, private


def copied(private: Path, budget: int = 1000) -> tuple[Reading, Writing]:
    """Return the functions over an empty private copy."""
    recorder = Recorder(NoChannel(), frozenset())  # type: ignore[arg-type]
    overlay = Overlay(str(private), Copier(budget, lambda path, why: recorder.refuse("write", path)), lambda _: None)
    (private / "files").mkdir()
    reading = Reading(overlay)
    return reading, Writing(overlay, reading, recorder)


@given(STEPS)
@settings(max_examples=150)
def test_copy_answers_as_the_file_system_does_and_leaves_it_alone(steps: list[Step]) -> None:
    with folders() as (real, lower, private):
        before = tree(lower)
        reading, writing = copied(private)
        one, other = Both(real, os, open), Both(lower, Ours(reading, writing), writing.open_file)
        for step in steps:
            assert other.do(step) == one.do(step), step
        assert seen(reading, str(lower)) == seen(Reading(reading._overlay), str(lower))
        assert seen(reading, str(lower)) == {name: value for name, value in real_view(real).items()}
        assert tree(lower) == before


def seen(reading: Reading, folder: str) -> dict[str, object]:
    """Return everything below a folder as the application sees it."""
    found: dict[str, object] = {}

    def walk(path: str, name: str) -> None:
        for entry in reading.scandir(path):
            below = f"{name}{entry.name}"
            if entry.is_symlink():
                found[below] = reading.readlink(entry.path)
            elif entry.is_dir():
                found[below] = None
                walk(entry.path, f"{below}/")
            else:
                found[below] = Path(reading.to_read(entry.path)).read_bytes()

    walk(folder, "")
    return dict(sorted(found.items()))


def real_view(folder: Path) -> dict[str, object]:
    """Return the same of a real folder."""
    found = {name: value if isinstance(value, str) else value[1] for name, value in tree(folder).items()}  # type: ignore[index]
    return dict(sorted(found.items()))
