"""What Garrison needs and an app may not have brought along: as in ``requirements/test.lock``, hash-checked."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

from real_apps.environments import ROOT, Say, child_env

LOCK = ROOT / "requirements" / "test.lock"
NEEDED = (
    ("pydantic", "pydantic-core", "annotated-types", "typing-extensions", "typing-inspection"),
    ("limits", "deprecated", "wrapt", "packaging"),
    ("nh3",),
)
"""Each of Garrison's dependencies, first, with what it needs itself."""
_LISTED = (
    "import importlib.metadata as m; print(*{d.metadata['Name'].lower().replace('_', '-') for d in m.distributions()})"
)


def complete(python: Path, say: Say) -> None:
    """Install what an environment lacks; what the app brought along stays as it is."""
    there = set(_output(python, "-c", _LISTED).split())
    missing = {name for group in NEEDED if group[0] not in there for name in group if name not in there}
    if not missing:
        return
    say(f"{python.parent.parent.name}: adding {', '.join(sorted(missing))}")
    listed = python.parent.parent / "garrison.txt"
    listed.write_text("\n".join(_entries(LOCK.read_text(), missing)) + "\n")
    arguments = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes")
    _output(python, *arguments, "--requirement", str(listed))


def _entries(lock: str, wanted: set[str]) -> Iterator[str]:
    """Yield the lines of a lock that belong to the packages named."""
    inside = False
    for line in lock.splitlines():
        if line[:1].isalnum():
            inside = line.partition("==")[0] in wanted
        if inside and not line.lstrip().startswith("#"):
            yield line


def _output(python: Path, *arguments: str) -> str:
    return subprocess.run((str(python), *arguments), check=True, env=child_env(), capture_output=True, text=True).stdout
