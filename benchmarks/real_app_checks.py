"""What ``garrison check`` says of real applications that others wrote, bare and guarded: one command.

    python benchmarks/real_app_checks.py [APP ...] [--folder FOLDER]

The apps are those of ``real_apps.py``, in the same environments, made by the same recipes; none is served. Each is
checked bare and with Garrison and the policy lines of its recipe, and the user whom the recipe logs in is logged in.
The reports stay in FOLDER, by default a new temporary folder, since they name weak spots of other people's software.
Progress goes to standard error, Markdown with counts to standard output.

Exit status: 0, or 2 if something could not be run.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from subprocess import CalledProcessError, TimeoutExpired

from real_app_checks.report import table, unchecked
from real_app_checks.run import Checked, NotCheckedError, check_app
from real_apps.apps import names


def say(words: str) -> None:
    """Report progress."""
    print(words, file=sys.stderr, flush=True)


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="garrison check of real Flask applications, bare and guarded.")
    parser.add_argument("apps", nargs="*", metavar="APP", help=f"one of {', '.join(names())}; all if none is named")
    parser.add_argument("--folder", type=Path, help="for the reports")
    options = parser.parse_args()
    unknown = set(options.apps) - set(names())
    if unknown:
        parser.error(f"there is no recipe for {', '.join(sorted(unknown))}; there are {', '.join(names())}")
    return options


def check_all(wanted: Iterable[str], folder: Path) -> Iterator[Checked]:
    """Check each app; one that cannot be checked is named and left out."""
    for name in wanted:
        try:
            yield from check_app(name, folder, say)
        except (NotCheckedError, CalledProcessError, TimeoutExpired) as error:
            say(f"{name}: {error}")


def main() -> int:
    """Check everything; return the exit status."""
    options = arguments()
    wanted = options.apps or names()
    folder = options.folder.resolve() if options.folder else Path(tempfile.mkdtemp(prefix="real-app-checks-"))
    checks = list(check_all(wanted, folder))
    print(table(checks), unchecked(checks), sep="\n\n")
    say(f"The reports are in {folder}.")
    return 0 if {check.name for check in checks} == set(wanted) else 2


if __name__ == "__main__":
    sys.exit(main())
