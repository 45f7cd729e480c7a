"""Who reads the source: how each is run, with the same files, and what it says of its run."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from real_apps.environments import child_env

from .apps import Source
from .measure import Usage

COLD, WARM, COMMENT, FUNCTION = "cold", "warm", "after a comment", "after a changed function"
ONCE = (COLD,)
CACHED = (COLD, WARM, COMMENT, FUNCTION)
RULES = Path(__file__).with_name("semgrep.yml")
_LIST, _OUTPUT, _CACHE, _PRINTED = "files.txt", "output.json", "cache", "printed.txt"
_INVALID = "invalid-syntax"


@dataclass(frozen=True)
class Place:
    """Where a tool works.

    Attributes:
        scratch: A folder of its own.
        commands: The folder of the environment's commands.
    """

    source: Source
    scratch: Path
    commands: Path

    @property
    def output(self) -> Path:
        """Where the tool writes what it found."""
        return self.scratch / _OUTPUT

    @property
    def cache(self) -> Path:
        """The folder of the tool's cache; the run that is cold finds it empty."""
        return self.scratch / _CACHE

    @property
    def printed(self) -> Path:
        """Where what the tool prints is kept."""
        return self.scratch / _PRINTED

    def command(self, name: str) -> str:
        """Return the path of a command."""
        return str(self.commands / name)

    def listed(self) -> str:
        """Write the list of all Python files; return its path."""
        (self.scratch / _LIST).write_text("".join(f"{path}\n" for path in self.source.files))
        return str(self.scratch / _LIST)


@dataclass(frozen=True)
class Outcome:
    """What a tool says of a run.

    Attributes:
        findings: How many; None if it has none to give or came to no end.
        files: How many Python files it says it read; None if it does not say.
        unread: How many things it says it could not read or finish.
        error: Why the run does not count; empty if it does.
    """

    findings: int | None = None
    files: int | None = None
    unread: int = 0
    error: str = ""


@dataclass(frozen=True)
class Tool:
    """One that reads.

    Attributes:
        environment: Part of the lock; empty for this Python.
        states: What it is measured in: only cold if it keeps nothing.
        argv: Its command line.
        read: What it wrote, as an outcome.
        statuses: How it ends when all went well.
    """

    name: str
    title: str
    environment: str
    states: tuple[str, ...]
    argv: Callable[[Place], list[str]]
    read: Callable[[Any, Place], Outcome]
    statuses: frozenset[int] = frozenset({0, 1})
    settings: Callable[[Place], Mapping[str, str]] = field(default=lambda _: {})

    def env(self, place: Place) -> dict[str, str]:
        """Return the environment of its processes; its home is its scratch folder."""
        return {**child_env(), "HOME": str(place.scratch), **self.settings(place)}

    def outcome(self, usage: Usage, place: Place) -> Outcome:
        """Return what it says of the run that has just ended; a failed run is named, never counted as nothing found."""
        if usage.status not in self.statuses:
            return Outcome(error=f"ended with {usage.status}: {_last(place.printed)}")
        try:
            return self.read(json.loads(place.output.read_text()), place)
        except (OSError, ValueError, LookupError, TypeError) as error:
            return Outcome(error=f"no report: {type(error).__name__}: {error}; {_last(place.printed)}")


def _last(printed: Path) -> str:
    lines = printed.read_text(errors="replace").split("\n")
    return " ".join(" ".join(lines).split())[-300:] or "nothing printed"


def _parse(place: Place) -> list[str]:
    return [sys.executable, "-I", str(Path(__file__).with_name("parse.py")), place.listed(), str(place.output)]


def _read_parse(report: Any, _: Place) -> Outcome:
    return Outcome(None, report["files"], len(report["failed"]))


def _bandit(place: Place) -> list[str]:
    options = ("--quiet", "--recursive", "--format", "json", "--output", str(place.output))
    return [place.command("bandit"), *options, str(place.source.folder)]


def _read_bandit(report: Any, _: Place) -> Outcome:
    files = len(report["metrics"].keys() - {"_totals"})
    return Outcome(len(report["results"]), files, len(report["errors"]))


def _ruff(place: Place) -> list[str]:
    options = ("--isolated", "--select", "S", "--cache-dir", str(place.cache))
    output = ("--output-format", "json", "--output-file", str(place.output))
    return [place.command("ruff"), "check", *options, *output, str(place.source.folder)]


def _read_ruff(report: Any, place: Place) -> Outcome:
    # It does not say in its report what it read; asked for it, it lists that without reading.
    argv = (place.command("ruff"), "check", "--isolated", "--show-files", str(place.source.folder))
    files = subprocess.run(argv, capture_output=True, text=True, check=True, env=child_env()).stdout.splitlines()
    broken = sum(found["code"] in (None, _INVALID) for found in report)
    return Outcome(len(report) - broken, sum(path.endswith(".py") for path in files), broken)


def _semgrep(place: Place) -> list[str]:
    quiet = ("--metrics=off", "--disable-version-check", "--quiet", "--no-git-ignore", "--max-target-bytes=0")
    output = ("--json", "--output", str(place.output))
    return [place.command("semgrep"), "scan", "--config", str(RULES), *quiet, *output, str(place.source.folder)]


def _semgrep_settings(place: Place) -> dict[str, str]:
    path = f"{place.commands}:{child_env().get('PATH', '')}"
    return {"SEMGREP_SEND_METRICS": "off", "SEMGREP_ENABLE_VERSION_CHECK": "0", "PATH": path}


def _read_semgrep(report: Any, _: Place) -> Outcome:
    files = sum(path.endswith(".py") for path in report["paths"]["scanned"])
    return Outcome(len(report["results"]), files, len(report["errors"]))


def _garrison(place: Place) -> list[str]:
    options = ("--format", "json", "--output", str(place.output))
    return [place.command("garrison"), "audit", str(place.source.folder), *options]


def _garrison_settings(place: Place) -> dict[str, str]:
    return {"GARRISON_CACHE_DIR": str(place.cache)}


def _read_garrison(report: Any, _: Place) -> Outcome:
    # What the code analyser read; without it, nothing but templates was read, and no speed is one of the code.
    files = report["summary"]["looked_at"].get("files")
    return Outcome(
        len(report["findings"]), files, len(report["not_checked"]), "" if files else "it read no Python file"
    )


TOOLS = (
    Tool("parse", "`ast.parse` alone", "", ONCE, _parse, _read_parse, frozenset({0})),
    Tool("bandit", "bandit", "bandit", ONCE, _bandit, _read_bandit),
    Tool("ruff", "ruff, `S` rules", "ruff", CACHED, _ruff, _read_ruff),
    Tool(
        "semgrep", "semgrep, own rules", "semgrep", ONCE, _semgrep, _read_semgrep, frozenset({0, 1}), _semgrep_settings
    ),
    Tool(
        "garrison",
        "**garrison audit**",
        "garrison",
        CACHED,
        _garrison,
        _read_garrison,
        # Findings, and what could not be checked, end it with another status; both are an outcome.
        frozenset({0, 1, 3}),
        _garrison_settings,
    ),
)
