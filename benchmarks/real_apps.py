"""Real applications that others wrote, bare and under guard: one command.

    python benchmarks/real_apps.py [APP ...] [--details]

Each app is installed, unmodified and pinned by ``real_apps.lock``, into a throw-away environment below ``.venvs``, and
run three times or four: bare, in observe, in enforce, and in enforce with the policy lines that its recipe names. A
real Chromium visits its main pages, makes one change, and sends and saves files. What a run left lies in
``build/real-apps``. Progress goes to standard error, Markdown to standard output.

Exit status: 1 if a guarded run shows, says or stores anything else than the bare one, else 0; 2 if it could not be run.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from subprocess import CalledProcessError

from real_apps.apps import names
from real_apps.environments import prepare
from real_apps.report import details, table, transfers
from real_apps.run import Result, run_app
from real_apps.server import DidNotStartError
from real_apps.visit import browser


def say(words: str) -> None:
    """Report progress."""
    print(words, file=sys.stderr, flush=True)


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Real Flask applications, bare and under guard.")
    parser.add_argument("apps", nargs="*", metavar="APP", help=f"one of {', '.join(names())}; all if none is named")
    parser.add_argument("--details", action="store_true", help="after the table, what differed and what Garrison said")
    options = parser.parse_args()
    unknown = set(options.apps) - set(names())
    if unknown:
        parser.error(f"there is no recipe for {', '.join(sorted(unknown))}; there are {', '.join(names())}")
    return options


def with_browser_driver() -> None:
    """Start anew in an environment that has Playwright, unless this one has."""
    if find_spec("playwright") is None:
        python = str(prepare("driver", say, guarded=False))
        os.execv(python, (python, *sys.argv))  # noqa: S606


def run_all(wanted: Iterable[str]) -> Iterator[Result]:
    """Run each app; one that does not start is named and left out."""
    with browser() as chromium:
        for name in wanted:
            try:
                yield run_app(name, chromium, say)
            except DidNotStartError as error:
                say(f"{name}: {error}")


def main() -> int:
    """Run everything; return the exit status."""
    options = arguments()
    # Ended from outside, it ends what it started all the same.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with_browser_driver()
    try:
        results = list(run_all(options.apps or names()))
    except (FileNotFoundError, CalledProcessError) as error:
        say(f"Not run: {error}")
        return 2
    print(table(results), transfers(results), sep="\n\n")
    if options.details:
        print(details(results))
    problems = [f"{result.name}: {problem}" for result in results for problem in result.problems()]
    for problem in problems:
        say(f"DIFFERS: {problem}")
    if len(results) < len(options.apps or names()):
        return 2
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
