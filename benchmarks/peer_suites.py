"""The published tests of other Flask projects, bare and with Garrison added: one command.

    python benchmarks/peer_suites.py [NAME ...] [--details]

Each project's source package is downloaded, unmodified and pinned by ``peer_suites.lock``, and its tests are run twice:
bare, and with ``Garrison(app, mode="enforce")`` called on every Flask application that they make, before its first use.
Where a suite names lines, a third run has them. What a run left lies in ``build/peer-suites``. Progress goes to
standard error, Markdown to standard output.

Exit status: 1 if a test that passed bare does not pass in the last run, else 0; 2 if it could not be run.
"""

from __future__ import annotations

import argparse
import signal
import sys
from subprocess import CalledProcessError

from peer_suites.environments import garrison
from peer_suites.report import details, table
from peer_suites.run import DidNotEndError, Result, run_suite
from peer_suites.suites import SUITES


def say(words: str) -> None:
    """Report progress."""
    print(words, file=sys.stderr, flush=True)


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="The published tests of other Flask projects, bare and under guard.")
    parser.add_argument("suites", nargs="*", metavar="NAME", help=f"one of {', '.join(SUITES)}; all if none is named")
    parser.add_argument("--details", action="store_true", help="why each test changed, and what Garrison refused in it")
    options = parser.parse_args()
    unknown = set(options.suites) - set(SUITES)
    if unknown:
        parser.error(f"there is no suite {', '.join(sorted(unknown))}; there are {', '.join(SUITES)}")
    return options


def lost(result: Result) -> bool:
    """Return whether a test that passed bare does not pass in the last run."""
    return any(before == "passed" for _, before, _ in result.changed(list(result.runs)[-1]))


def main() -> int:
    """Run everything; return the exit status."""
    options = arguments()
    # Ended from outside, it ends what it started and clears up all the same.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    results = []
    try:
        with garrison() as package:
            for name in options.suites or SUITES:
                results.append(run_suite(name, package, say))
    except (FileNotFoundError, CalledProcessError, DidNotEndError) as error:
        say(f"Not run: {error}")
    print(table(results))
    print(details(results, reasons=options.details))
    if len(results) < len(options.suites or SUITES):
        return 2
    return 1 if any(map(lost, results)) else 0


if __name__ == "__main__":
    sys.exit(main())
