"""Throw-away environments, one a tool, of exact, hash-checked packages, and the applications' wheels."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from real_apps.environments import FOLDER, PYTHON, ROOT, Say, child_env, pinned, sections

LOCK = ROOT / "benchmarks" / "audit.lock"
APPS = "apps"


def version_of(name: str) -> str:
    """Return the version of a peer in the lock."""
    return pinned(sections(LOCK.read_text())[name], name)


def prepare(name: str, say: Say) -> Path:
    """Create or reuse the environment of a tool; return the folder of its commands."""
    folder = _made(name, say)
    python = folder.joinpath(*PYTHON)
    if name == "garrison":
        say("garrison: installing this checkout")
        _pip(python, "install", "--no-deps", "--no-build-isolation", "--force-reinstall", str(ROOT))
    return python.parent


def wheels(say: Say) -> Path:
    """Download the applications, or find them downloaded; return their folder."""
    return _made(APPS, say) / "wheels"


def _made(name: str, say: Say) -> Path:
    requirements = sections(LOCK.read_text())[name]
    folder = FOLDER / f"audit-{name}-{sys.version_info[0]}.{sys.version_info[1]}"
    stamp, wanted = folder / "lock.sha256", hashlib.sha256((requirements + sys.version).encode()).hexdigest()
    if not stamp.exists() or stamp.read_text() != wanted:
        say(f"{name}: installing into {folder.relative_to(ROOT)}")
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run((sys.executable, "-m", "venv", str(folder)), check=True)
        _fill(folder, requirements, download=name == APPS)
        stamp.write_text(wanted)
    return folder


def _fill(folder: Path, requirements: str, *, download: bool) -> None:
    listed = folder / "requirements.txt"
    listed.write_text(requirements)
    what = ("download", "--only-binary", ":all:", "--dest", str(folder / "wheels")) if download else ("install",)
    _pip(folder.joinpath(*PYTHON), *what, "--no-deps", "--require-hashes", "--requirement", str(listed))


def _pip(python: Path, command: str, *arguments: str) -> None:
    argv = (str(python), "-m", "pip", command, "--quiet", "--disable-pip-version-check", *arguments)
    subprocess.run(argv, check=True, env=child_env(), stdout=sys.stderr)
