"""What a run needs: an environment of exact, hash-checked packages, the project's source, and Garrison beside them."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from real_apps.environments import FOLDER, PYTHON, ROOT, Say, child_env, sections

from .suites import SUITES

LOCK = ROOT / "benchmarks" / "peer_suites.lock"


def requirements_of(name: str) -> str:
    """Return the part of the lock for a suite."""
    return sections(LOCK.read_text())[name]


def prepare(name: str, say: Say) -> Path:
    """Create or reuse the environment of a suite and download its source; return the interpreter."""
    requirements = requirements_of(name)
    folder = FOLDER / f"peer-suites-{name}-{sys.version_info[0]}.{sys.version_info[1]}"
    python = folder.joinpath(*PYTHON)
    stamp, wanted = folder / "lock.sha256", hashlib.sha256((requirements + sys.version).encode()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return python
    say(f"{name}: installing into {folder.relative_to(ROOT)}")
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run((sys.executable, "-m", "venv", str(folder)), check=True)
    listed = folder / "requirements.txt"
    listed.write_text(requirements)
    # The lock is complete; resolving it again stumbles over a pin that a dependency asks for with an extra.
    _pip(python, "install", "--no-deps", "--require-hashes", "--requirement", str(listed))
    _download(python, SUITES[name].distribution, requirements, folder)
    stamp.write_text(wanted)
    return python


def _download(python: Path, distribution: str, requirements: str, folder: Path) -> None:
    """Fetch the source package, under the hashes of the lock too."""
    alone = folder / "source.txt"
    alone.write_text(_entry(requirements, distribution))
    where = str(folder / "source")
    _pip(
        python, "download", "--no-deps", "--no-binary", distribution, "--require-hashes", "-r", str(alone), "-d", where
    )


def _entry(requirements: str, distribution: str) -> str:
    """Return the lines of one distribution: its pin, and its hashes on lines that are set in."""
    lines = requirements.splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith(f"{distribution}=="))
    last = first + 1
    while last < len(lines) and lines[last].startswith(" "):
        last += 1
    return "\n".join(lines[first:last]) + "\n"


def unpack(python: Path, into: Path) -> Path:
    """Unpack the source into an empty folder; return its top folder."""
    (archive,) = (python.parent.parent / "source").glob("*.tar.gz")
    with tarfile.open(archive) as opened:
        opened.extractall(into, filter="data")
    (top,) = into.iterdir()
    return top


@contextmanager
def garrison() -> Iterator[Path]:
    """Install this checkout, as a wheel, into a folder of its own until the block ends: no bare run can see it."""
    with tempfile.TemporaryDirectory(prefix="peer-suites-") as folder:
        _pip(Path(sys.executable), "install", "--no-deps", "--no-build-isolation", "--target", folder, str(ROOT))
        yield Path(folder)


def _pip(python: Path, command: str, *arguments: str) -> None:
    argv = (str(python), "-m", "pip", command, "-qqq", "--disable-pip-version-check", *arguments)
    subprocess.run(argv, check=True, env=child_env(), stdout=sys.stderr)
