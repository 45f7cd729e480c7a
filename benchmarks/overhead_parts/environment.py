"""The throw-away environment: exact, hash-checked peers, and this checkout installed as a user would get it."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from .rounds import Progress

ROOT = Path(__file__).resolve().parent.parent.parent
LOCK = ROOT / "benchmarks" / "overhead.lock"
PYTHON = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")


def child_env() -> dict[str, str]:
    """Return the environment of child processes: nothing of Python's is inherited, compiled files are kept."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


def prepare_environment(say: Progress) -> Path:
    """Create or reuse the environment of this Python version and lock file; return its interpreter.

    The checkout is installed anew each time, as a wheel, so that its files are compiled and found like the peers'.
    """
    folder = ROOT / ".venvs" / f"overhead-{sys.version_info[0]}.{sys.version_info[1]}"
    python = folder.joinpath(*PYTHON)
    stamp, wanted = folder / "lock.sha256", hashlib.sha256(LOCK.read_bytes() + sys.version.encode()).hexdigest()
    if not stamp.exists() or stamp.read_text() != wanted:
        say(f"environment: installing the peers into {folder.relative_to(ROOT)}")
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run((sys.executable, "-m", "venv", str(folder)), check=True)
        _pip(python, "--require-hashes", "--requirement", str(LOCK))
        stamp.write_text(wanted)
    say("environment: installing this checkout")
    _pip(python, "--no-deps", "--no-build-isolation", "--force-reinstall", str(ROOT))
    return python


def _pip(python: Path, *arguments: str) -> None:
    argv = (str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *arguments)
    subprocess.run(argv, check=True, env=child_env(), stdout=sys.stderr)
