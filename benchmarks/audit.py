"""How fast ``garrison audit PATH`` reads real applications, beside bandit, ruff and semgrep: one command.

    python benchmarks/audit.py [APP ...] [--quick] [--rounds N] [--tool TOOL ...] [--folder FOLDER]
                               [--output FILE] [--json FILE]

Each tool is installed, pinned by ``audit.lock``, into a throw-away environment below ``.venvs``; the applications are
downloaded, unpacked and only read. Memory is measured by Linux's ``/proc``. Progress goes to standard error, Markdown
to standard output.

Exit status: 1 if a tool failed, else 0, whether what is promised holds or not: the page says so.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from audit_parts.apps import App, Source, app_of, names, unpack
from audit_parts.environments import prepare, wheels
from audit_parts.report import Measured, failures_of, page
from audit_parts.rounds import Cells, measure
from audit_parts.tools import TOOLS, Tool

ROUNDS = 3
QUICK = names()[:1]


def say(words: str) -> None:
    """Report progress."""
    print(words, file=sys.stderr, flush=True)


def arguments() -> argparse.Namespace:
    """Read the command line."""
    tools = [tool.name for tool in TOOLS]
    parser = argparse.ArgumentParser(description="How fast garrison audit reads real Flask applications.")
    parser.add_argument("apps", nargs="*", metavar="APP", help=f"of {', '.join(names())}; all if none is named")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK[0]} in one round; its figures are rough")
    parser.add_argument("--rounds", type=int, default=ROUNDS, metavar="N", help=f"by default {ROUNDS}")
    parser.add_argument("--tool", action="append", choices=tools, help="only this one; may be repeated")
    parser.add_argument("--folder", type=Path, help="keep the applications, unpacked, in this folder")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write the page to FILE")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every run to FILE")
    options = parser.parse_args()
    unknown = set(options.apps) - set(names())
    if unknown:
        parser.error(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(names())}")
    return options


def measure_all(apps: list[App], tools: list[Tool], folder: Path, rounds: int) -> Measured:
    """Install the tools, unpack the applications, and measure."""
    commands = {tool.name: prepare(tool.environment, say) if tool.environment else Path() for tool in tools}
    found = wheels(say)
    measured: dict[str, tuple[Source, Cells]] = {}
    with tempfile.TemporaryDirectory(prefix="audit-benchmark-") as scratch:
        for app in apps:
            source = unpack(app, found, folder)
            say(f"{app.name}: {len(source.files)} Python files, {source.lines:,} lines, {source.templates} others")
            measured[app.name] = source, measure(source, tools, commands, Path(scratch), rounds, say)
    return measured


def samples(measured: Measured) -> dict[str, Any]:
    """Return every run, for ``--json``."""
    return {
        name: {
            "version": source.app.version,
            "files": len(source.files),
            "lines": source.lines,
            "templates": source.templates,
            "runs": [{"tool": tool, "state": state, **asdict(cell)} for (tool, state), cell in cells.items()],
        }
        for name, (source, cells) in measured.items()
    }


def main() -> int:
    """Run everything; return the exit status."""
    options = arguments()
    # Ended from outside, it takes back the change of a file and its folders all the same.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    apps = [app_of(name) for name in options.apps or (QUICK if options.quick else names())]
    tools = [tool for tool in TOOLS if not options.tool or tool.name in options.tool]
    rounds = 1 if options.quick else options.rounds
    # Outside the checkout: what a tool reads of a repository around its target would count for the target.
    with tempfile.TemporaryDirectory(prefix="audit-apps-") as folder:
        measured = measure_all(apps, tools, (options.folder or Path(folder)).resolve(), rounds)
    words = page(measured, rounds)
    if options.output:
        options.output.write_text(words)
    else:
        print(words)
    if options.json:
        options.json.write_text(json.dumps(samples(measured), indent=1) + "\n")
    return 1 if any(failures_of(measured)) else 0


if __name__ == "__main__":
    sys.exit(main())
