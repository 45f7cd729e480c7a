"""Throw-away environments: one an app, of exact, hash-checked packages, and this checkout installed beside them."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
LOCK = ROOT / "benchmarks" / "real_apps.lock"
FOLDER = ROOT / ".venvs"
PYTHON = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
MARK = "# === "
Say = Callable[[str], None]


def sections(text: str) -> dict[str, str]:
    """Return the parts of the lock by name; each begins with a line ``# === name``."""
    parts: dict[str, str] = {}
    for part in f"\n{text}".split(f"\n{MARK}")[1:]:
        name, _, lines = part.partition("\n")
        parts[name.strip()] = lines.strip() + "\n"
    return parts


def pinned(section: str, distribution: str) -> str:
    """Return the version of ``distribution`` in a part of the lock; ``"?"`` if it is not there."""
    wanted = _normal(distribution)
    for line in section.splitlines():
        name, equals, version = line.partition("==")
        if equals and _normal(name) == wanted:
            return version.split()[0]
    return "?"


def _normal(name: str) -> str:
    return name.strip().lower().replace("_", "-").replace(".", "-")


def child_env() -> dict[str, str]:
    """Return the environment of child processes: nothing of Python's is inherited."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "FLASK_", "GARRISON_"))}


def folder_of(name: str) -> Path:
    """Return the folder of the environment ``name``, whether it is there or not."""
    return FOLDER / f"real-apps-{name}-{sys.version_info[0]}.{sys.version_info[1]}"


def prepare(name: str, say: Say, *, guarded: bool = True) -> Path:
    """Create or reuse the environment ``name``; return its interpreter.

    Args:
        name: The part of the lock.
        guarded: Install this checkout too, anew each time, as a wheel.
    """
    requirements = sections(LOCK.read_text())[name]
    folder = folder_of(name)
    python = folder.joinpath(*PYTHON)
    stamp, wanted = folder / "lock.sha256", hashlib.sha256((requirements + sys.version).encode()).hexdigest()
    if not stamp.exists() or stamp.read_text() != wanted:
        say(f"{name}: installing into {folder.relative_to(ROOT)}")
        _create(folder, python, requirements)
        stamp.write_text(wanted)
    if guarded:
        _pip(python, "--no-deps", "--no-build-isolation", "--force-reinstall", str(ROOT))
    return python


def _create(folder: Path, python: Path, requirements: str) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run((sys.executable, "-m", "venv", str(folder)), check=True)
    listed = folder / "requirements.txt"
    listed.write_text(requirements)
    _pip(python, "--require-hashes", "--requirement", str(listed))


def _pip(python: Path, *arguments: str) -> None:
    argv = (str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *arguments)
    subprocess.run(argv, check=True, env=child_env(), stdout=sys.stderr)
