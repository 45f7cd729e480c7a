"""Measure how well the code analyser tells weak code from safe code.

    python -m tests.accuracy [--class CLASS] [--seen] [--missed] [--write] [--jobs N]

Progress goes to standard error, the tables to standard output. Exit status: 1 if the analyser failed on a case, else 0.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from .cases import PARTS, SEEN, cases
from .classes import RULES, unknown_rules
from .measure import Outcome, Verdict, measure
from .page import PAGE, page
from .table import tables, wrong


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.accuracy", description="How accurate the code analyser is.")
    parser.add_argument(
        "--class", dest="kinds", action="append", choices=RULES, metavar="CLASS", help="may be repeated"
    )
    parser.add_argument("--seen", action="store_true", help="leave the unseen cases out")
    parser.add_argument("--missed", action="store_true", help="list the seen cases that are wrong, and what was found")
    parser.add_argument(
        "--show-unseen", action="store_true", help="with --missed: the unseen ones too, which spoils them"
    )
    parser.add_argument("--write", action="store_true", help=f"write docs/{PAGE.name}")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="processes")
    options = parser.parse_args(given)
    if options.write and (options.kinds or options.seen):
        parser.error("--write needs all cases")
    if options.jobs < 1:
        parser.error("--jobs needs at least 1")
    return options


def main(given: Sequence[str] | None = None) -> int:
    """Run it."""
    options = arguments(given)
    chosen = cases((SEEN,) if options.seen else PARTS, options.kinds or ())
    say(f"{len(chosen)} cases, {options.jobs} at a time")
    unknown = unknown_rules()
    if unknown:
        say(f"no such rules yet: {', '.join(unknown)}")
    verdicts = measure(chosen, jobs=options.jobs)
    if options.missed:
        print(wrong(one for one in verdicts if one.case.part == SEEN or options.show_unseen), end="\n\n")
    print(tables(verdicts))
    if options.write:
        PAGE.write_text(page(verdicts, unknown), "utf-8")
    return say_failures(verdicts)


def say_failures(verdicts: Sequence[Verdict]) -> int:
    """Say on how many cases the analyser failed, and return the exit status."""
    failed = sum(one.outcome is Outcome.FAILED for one in verdicts)
    if failed:
        say(f"the analyser failed on {failed} cases; --missed shows how")
    return 1 if failed else 0


def say(words: str) -> None:
    """Report progress."""
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
