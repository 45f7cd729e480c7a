"""How a project says that it is started: ``Procfile`` and ``Dockerfile``, read as text; nothing is run."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_LAUNCHERS = ("exec", "env", "uv", "run", "poetry", "pipenv", "hatch", "pdm", "tini", "dumb-init", "--")


@dataclass(frozen=True, slots=True)
class StartCommand:
    """One command line that starts the application.

    Attributes:
        line: Where it stands, from 1.
        words: As a shell would split it, launchers and assignments in front removed.
    """

    file: Path
    line: int
    words: tuple[str, ...]

    @property
    def program(self) -> str:
        """The program, without its folder; ``python -m name`` is the module's name."""
        words = self.words
        if is_python(words[0]) and words[1:2] == ("-m",) and len(words) > 2:
            return words[2].partition(".")[0]
        return Path(words[0]).name

    @property
    def arguments(self) -> tuple[str, ...]:
        """What follows the program."""
        return self.words[3:] if is_python(self.words[0]) and self.words[1:2] == ("-m",) else self.words[1:]


@dataclass(frozen=True, slots=True)
class Image:
    """What a ``Dockerfile`` says of its last stage.

    Attributes:
        user: As ``USER`` names it; empty where nothing does.
        environment: What ``ENV`` sets.
        command: ``ENTRYPOINT`` and ``CMD`` joined, or ``None``.
    """

    file: Path
    user: str
    user_line: int
    environment: dict[str, str]
    command: StartCommand | None


def is_python(word: str) -> bool:
    """Return whether a word is the name of a Python interpreter."""
    return re.match(r"python[0-9.]*\Z", Path(word).name) is not None


def start_commands(root: Path) -> list[StartCommand]:
    """Return the commands that start the web process."""
    image = image_of(root)
    commands = list(_of_procfile(root / "Procfile"))
    return [*commands, image.command] if image is not None and image.command else commands


def _of_procfile(file: Path) -> Iterator[StartCommand]:
    for number, line in enumerate(_lines(file), 1):
        name, colon, text = line.partition(":")
        if colon and name.strip() == "web":
            command = _command(file, number, text)
            if command is not None:
                yield command


def image_of(root: Path) -> Image | None:
    """Return the last stage of the project's ``Dockerfile``, or ``None`` where there is none."""
    file = root / "Dockerfile"
    if not file.is_file():
        return None
    user, user_line, environment = "", 1, dict[str, str]()
    parts: dict[str, tuple[int, str]] = {}
    for number, instruction, text in _instructions(file):
        if instruction == "FROM":
            user, user_line, environment, parts = "", number, {}, {}
        elif instruction == "USER":
            user, user_line = text.strip().partition(":")[0], number
        elif instruction == "ENV":
            environment.update(_assignments(text))
        elif instruction in ("CMD", "ENTRYPOINT"):
            parts[instruction] = (number, text)
    return Image(file, user, user_line, environment, _of_image(file, parts))


def _of_image(file: Path, parts: dict[str, tuple[int, str]]) -> StartCommand | None:
    given = [parts[name] for name in ("ENTRYPOINT", "CMD") if name in parts]
    if not given:
        return None
    return _command(file, given[-1][0], " ".join(_exec_form(text) for _, text in given))


def _exec_form(text: str) -> str:
    try:
        words = json.loads(text)
    except ValueError:
        return text
    return shlex.join(map(str, words)) if isinstance(words, list) else text


def _instructions(file: Path) -> Iterator[tuple[int, str, str]]:
    """Yield line number, name and arguments of each instruction, continued lines joined."""
    begun, start = "", 1
    for number, line in enumerate(_lines(file), 1):
        if line.lstrip().startswith("#"):
            continue
        start = number if not begun else start
        begun += line.rstrip()
        if begun.endswith("\\"):
            begun = begun[:-1] + " "
            continue
        name, _, rest = begun.strip().partition(" ")
        begun = ""
        if name:
            yield start, name.upper(), rest.strip()


def _assignments(text: str) -> dict[str, str]:
    words = _split(text)
    if words and "=" not in words[0]:
        return {words[0]: " ".join(words[1:])}
    return dict(word.split("=", 1) for word in words if "=" in word)


def _command(file: Path, line: int, text: str) -> StartCommand | None:
    words = _split(text)
    if len(words) > 2 and words[0] in ("sh", "bash", "/bin/sh", "/bin/bash") and words[1] == "-c":
        words = _split(words[2])
    # The last of commands in a row is the one that stays.
    for separator in ("&&", ";"):
        if separator in words:
            words = words[len(words) - words[::-1].index(separator) :]
    while words and (Path(words[0]).name in _LAUNCHERS or re.match(r"[A-Za-z_]\w*=", words[0])):
        words = words[1:]
    return StartCommand(file, line, tuple(words)) if words else None


def _split(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError:
        return text.split()


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text("utf-8", "replace").splitlines() if file.is_file() else []
    except OSError:
        return []
