"""One ``garrison check`` of one app in one mode, in the app's own environment, with this checkout's Garrison."""

from __future__ import annotations

import json
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from real_apps.environments import ROOT, Say, child_env, prepare

from .packages import complete
from .setups import VARIABLE, user_of

SECONDS = 240
MODES = ("bare", "adopted")
REPORT, PRINTED = "report.json", "printed.txt"
_FAILED = 2
"""Exit status of ``garrison check`` where the application cannot be run."""


class NotCheckedError(RuntimeError):
    """The check came to no end; the text is what it printed."""


@dataclass(frozen=True)
class Checked:
    """One report.

    Attributes:
        report: As ``--format json`` writes it.
        seconds: From start to end, the start of the app included.
    """

    name: str
    mode: str
    report: dict[str, Any]
    seconds: float


def check_app(name: str, folder: Path, say: Say) -> list[Checked]:
    """Install an app if need be, and check it bare and guarded.

    Args:
        folder: Gets a folder with the report for each mode.
    """
    # The environment may hold an older Garrison: what stands in PYTHONPATH comes first.
    python = prepare(name, say, guarded=False)
    complete(python, say)
    return [_check(name, mode, python, folder / name / mode, say) for mode in MODES]


def _check(name: str, mode: str, python: Path, folder: Path, say: Say) -> Checked:
    say(f"{name}: {mode}")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / REPORT).unlink(missing_ok=True)
    user = user_of(name)
    target = f"real_app_checks.target:create_app({name!r}, {mode!r})"
    argv = [str(python), "-m", "flask_garrison.cli", "check", target, "--timeout", str(SECONDS)]
    argv += ["--format", "json", "--output", str(folder / REPORT)]
    argv += ["--user", f"{user[0]}:@{VARIABLE}:admin"] if user else []
    started = time.perf_counter()
    with (folder / PRINTED).open("wb") as printed:
        status = subprocess.run(
            argv,
            cwd=folder,
            env=_env(folder, user[1] if user else ""),
            stdout=printed,
            stderr=subprocess.STDOUT,
            timeout=SECONDS * 2,
            check=False,
        ).returncode
    seconds = time.perf_counter() - started
    if status == _FAILED or not (folder / REPORT).exists():
        raise NotCheckedError(f"{name}, {mode}: {(folder / PRINTED).read_text(errors='replace')[-3_000:]}")
    return Checked(name, mode, json.loads((folder / REPORT).read_text()), seconds)


def _env(folder: Path, password: str) -> dict[str, str]:
    path = f"{ROOT / 'src'}:{ROOT / 'benchmarks'}"
    settings = {"HOME": str(folder), "PYTHONPATH": path, "PYTHONHASHSEED": "0", "TZ": "UTC", VARIABLE: password}
    return {**child_env(), **settings}
