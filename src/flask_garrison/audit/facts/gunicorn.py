"""gunicorn's settings as they would be: its file, ``GUNICORN_CMD_ARGS`` and the command line, in gunicorn's own order.

The file is Python. It is read, not run: see :mod:`.literals`.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..files import shown
from ..inspected import Inspected
from ..rule import Unchecked
from .literals import assigned_in
from .start_commands import start_commands

DEFAULT_FILE = "gunicorn.conf.py"
CMD_ARGS = "GUNICORN_CMD_ARGS"
_ALIASES = {
    "b": "bind",
    "c": "config",
    "e": "raw_env",
    "env": "raw_env",
    "g": "group",
    "k": "worker_class",
    "m": "umask",
    "t": "timeout",
    "u": "user",
    "w": "workers",
    "log_file": "errorlog",
    "error_logfile": "errorlog",
    "access_logfile": "accesslog",
    "log_level": "loglevel",
    "log_config": "logconfig",
    "proxy_allow_from": "proxy_allow_ips",
    "preload": "preload_app",
}
_LISTS = ("bind", "raw_env")
_TRUE = ("true", "1")
_SWITCHES = frozenset(
    {
        "reload",
        "spew",
        "check_config",
        "print_config",
        "preload_app",
        "daemon",
        "initgroups",
        "capture_output",
        "permit_obsolete_folding",
        "strip_header_spaces",
        "tolerate_dangerous_framing",
        "permit_unconventional_http_method",
        "permit_unconventional_http_version",
        "casefold_http_method",
        "reuse_port",
        "enable_stdio_inheritance",
        "do_handshake_on_connect",
        "suppress_ragged_eofs",
        "log_syslog",
    }
)


@dataclass
class Gunicorn:
    """The settings that are stated; gunicorn's own defaults are not among them.

    Attributes:
        file: The configuration file, or ``None``.
        values: Setting to value.
        places: Setting to where it stands, for people.
        lines: Setting to its line in the file.
        unread: Settings that are stated in a way that only running the file could tell.
        problem: Why the file could not be read, or empty.
        anything: Whether the file may state anything else besides.
        environ: What settings default to.
    """

    file: Path | None
    environ: Mapping[str, str]
    values: dict[str, Any] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    problem: str = ""
    anything: bool = False

    def get(self, name: str, default: Any = None) -> Any:
        """Return a setting, or ``default`` where it is not stated or cannot be read."""
        value = self.values.get(name)
        return default if value is None else value

    def states(self, name: str) -> bool:
        """Return whether something states a setting, readable or not."""
        return name in self.values or name in self.unread or name in self.lines

    def is_on(self, name: str) -> bool:
        """Return whether a switch is on, as gunicorn reads it: text counts by its word."""
        value = self.values.get(name)
        return value.strip().lower() in _TRUE if isinstance(value, str) else value is True

    def number(self, name: str, default: int) -> int:
        """Return a number, as gunicorn reads it: text in any base."""
        value = self.get(name, default)
        try:
            return int(value, 0) if isinstance(value, str) else int(value)
        except (TypeError, ValueError):
            return default

    def listed(self, name: str, default: str = "") -> list[str]:
        """Return a list that may be written as one text with commas."""
        value = self.get(name, default)
        parts = value.split(",") if isinstance(value, str) else list(value)
        return [str(part).strip() for part in parts if str(part).strip()]

    def unchecked(self, *names: str) -> Iterator[Unchecked]:
        """Yield what cannot be said of these settings."""
        where = "gunicorn's configuration" if self.file is None else shown(self.file)
        advice = "Write a constant, or give the value on gunicorn's command line."
        if self.problem:
            yield Unchecked(where, self.problem, "Correct the file.")
            return
        for name in names:
            if name in self.unread:
                yield Unchecked(f"{name} in {where}", "its value is worked out when the file is run", advice)
            elif self.anything and not self.states(name):
                yield Unchecked(f"{name} in {where}", "the file takes names from another module", advice)


def uses_gunicorn(inspected: Inspected) -> bool:
    """Return whether anything says that gunicorn serves the application."""
    if _file_of(inspected) is not None or inspected.environ.get(CMD_ARGS):
        return True
    return any(command.program == "gunicorn" for command in start_commands(inspected.root))


def gunicorn_of(inspected: Inspected) -> Gunicorn:
    """Return the settings: those of the file, over them the environment's, over them the command line's."""
    command = next((one for one in start_commands(inspected.root) if one.program == "gunicorn"), None)
    on_line = _parsed(command.arguments) if command is not None else {}
    in_environ = _parsed(_split(inspected.environ.get(CMD_ARGS, "")))
    named = on_line.get("config") or in_environ.get("config")
    file = _file_of(inspected, named if isinstance(named, str) else None)
    settings = Gunicorn(file, inspected.environ)
    if file is not None:
        _read_file(settings, file)
    elif named:
        settings.problem = f"it is said to be {named!r}, and there is no such Python file"
    _overlay(settings, in_environ, CMD_ARGS)
    _overlay(settings, on_line, shown(command.file) if command is not None else "")
    return settings


def _file_of(inspected: Inspected, named: str | None = None) -> Path | None:
    if inspected.server_config is not None:
        return inspected.server_config
    if named:
        file = inspected.root / named.removeprefix("file:")
        return file if file.suffix == ".py" and file.is_file() else None
    default = inspected.root / DEFAULT_FILE
    return default if default.is_file() else None


def _read_file(settings: Gunicorn, file: Path) -> None:
    try:
        found = assigned_in(file.read_bytes(), settings.environ)
    except (OSError, SyntaxError, ValueError) as error:
        settings.problem = f"it cannot be read: {type(error).__name__}"
        return
    settings.values.update(found.values)
    settings.lines.update(found.lines)
    settings.unread |= found.unread
    settings.anything = found.anything
    settings.places.update({name: f"{shown(file)}:{line}" for name, line in found.lines.items()})


def _overlay(settings: Gunicorn, given: Mapping[str, Any], place: str) -> None:
    for name, value in given.items():
        settings.values[name] = value
        settings.places[name] = place
        settings.lines.pop(name, None)
        settings.unread.discard(name)


def _split(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError:
        return text.split()


def _parsed(words: list[str] | tuple[str, ...]) -> dict[str, Any]:
    """Return options of a command line; a list option that comes twice has both values."""
    found: dict[str, Any] = {}
    waiting = list(words)
    while waiting:
        word = waiting.pop(0)
        if not word.startswith("-"):
            continue
        name, equals, value = word.lstrip("-").partition("=")
        if not word.startswith("--") and len(name) > 1:
            name, equals, value = name[0], "=", name[1:] + equals + value
        setting = _ALIASES.get(name.replace("-", "_"), name.replace("-", "_"))
        if setting in _SWITCHES:
            found[setting] = True
            continue
        text = value if equals else (waiting.pop(0) if waiting else "")
        found[setting] = [*found.get(setting, []), text] if setting in _LISTS else text
    return found
