"""Replays a page: its commands are run in a folder, its diffs applied, and its outputs written anew.

Left out are what differs between machines (findings about the machine itself, the time that a run took) and what was
looked at, which changes with every new rule. A comment ``<!-- shown: inputs | Grade -->`` above a block keeps only the
parts of a report that begin with these words, numbers apart, and writes ``...`` for what stands between them.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

WIDTH = 100
LEFT_OUT = "..."
OF_THE_MACHINE = ("assessment.runs-as-root", "dependencies.development-packages")
_BLOCK = re.compile(
    r"^(?P<head>(?:<!-- shown: (?P<shown>[^\n]*) -->\n\n?)?```(?P<kind>console|diff)\n)(?P<body>.*?)^```$", re.M | re.S
)
_SENTENCE = re.compile(r"^(Grade [A-F] |No findings|\d+ findings? |Run inside: |Not part of this run: )")


class Replay:
    """A shell with a folder of its own, which knows the commands that a page uses."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.status = 0
        self.environ = {
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.defpath]),
            "HOME": str(folder),
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            "COLUMNS": str(WIDTH),
            # No repository around the folder is looked for.
            "GIT_CEILING_DIRECTORIES": str(folder.parent),
        }

    def page(self, text: str) -> str:
        """Return a page as it has to read, after everything on it was done."""
        return _BLOCK.sub(self._block, text)

    def _block(self, block: re.Match[str]) -> str:
        body = block["body"]
        if block["kind"] == "diff":
            self._run(["git", "apply", "-"], body)
        else:
            body = "".join(self._command(line, block["shown"]) for line in _commands(body))
        return f"{block['head']}{body}```"

    def _command(self, line: str, shown: str | None) -> str:
        return f"$ {line}\n{self._output(line, shown)}"

    def _output(self, line: str, shown: str | None) -> str:
        if line == "echo $?":
            return f"{self.status}\n"
        if export := re.fullmatch(r"export (\w+)=(.*)", line):
            self.environ[export[1]] = self._run(["sh", "-c", f"printf %s {export[2]}"])
            return ""
        words = shlex.split(line)
        assert words[0] == "garrison", f"{line!r} is no command that is known here"
        done = self._run([sys.executable, "-m", "flask_garrison.cli", *words[1:]], statuses=(0, 1))
        return shortened(made_equal(done), shown) if words[1] == "check" else done

    def _run(self, command: list[str], given: str = "", *, statuses: tuple[int, ...] = (0,)) -> str:
        done = subprocess.run(
            command, input=given, cwd=self.folder, env=self.environ, capture_output=True, text=True, timeout=120
        )
        assert done.returncode in statuses, f"{command} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
        self.status = done.returncode
        return done.stdout


def made_equal(report: str) -> str:
    """Return a text report without what the machine decides."""
    chapters = [_without_the_machine(part) for part in parts(report)]
    return "".join(_summary(part, report) if re.match(r"\d+ findings? \(", part) else part for part in chapters)


def shortened(report: str, shown: str | None) -> str:
    """Return the parts that begin with one of the words between bars, and marks for the others."""
    if shown is None:
        return report
    lines: list[str] = []
    for part in parts(report):
        if re.sub(r"^\d+ ", "", part).startswith(tuple(word.strip() for word in shown.split("|"))):
            lines.append(part)
        elif not (lines and lines[-1].endswith(f"{LEFT_OUT}\n")):
            lines.append(f"{LEFT_OUT}\n")
    return "".join(lines)


def parts(report: str) -> list[str]:
    """Return the chapters of a text report and the sentences of its summary."""
    found: list[str] = []
    begins = True
    for line in report.splitlines(keepends=True):
        if begins or _SENTENCE.match(line):
            found.append("")
        found[-1] += line
        begins = line == "\n"
    return found


def _commands(body: str) -> Iterator[str]:
    return (line.removeprefix("$ ") for line in body.splitlines() if line.startswith("$ "))


def _without_the_machine(part: str) -> str:
    for rule in OF_THE_MACHINE:
        part = re.sub(rf"^    \w+  {re.escape(rule)} .*\n(?: {{5,}}.*\n)*", "", part, flags=re.M)
    part = re.sub(r"^  \S.*\n(?!    )", "", part, flags=re.M)
    return "" if re.fullmatch(r"\w+  [A-F]  \d+ of 100 points\n\n?", part) else part


def _summary(part: str, report: str) -> str:
    """Return the sentence on what was found, without the findings on the machine and without what was looked at."""
    sentence = re.sub(r" Looked at .*", f" {LEFT_OUT}", " ".join(part.split()))
    hidden = [rule[1] for rule in re.finditer(rf"^    (\w+)  (?:{'|'.join(OF_THE_MACHINE)}) ", report, re.M)]
    for label in hidden:
        sentence = re.sub(rf"\b(\d+) {label}\b", lambda count: f"{int(count[1]) - 1} {count[0].split()[1]}", sentence)
    sentence = re.sub(r"(?:, )?\b0 \w+|\b0 \w+, ", "", sentence)
    total = int(sentence.split()[0]) - len(hidden)
    sentence = re.sub(r"^\d+ findings?", f"{total} finding{'' if total == 1 else 's'}", sentence)
    sentence = re.sub(r"^0 findings \(\)", "No findings", sentence)
    return f"{sentence}\n"
