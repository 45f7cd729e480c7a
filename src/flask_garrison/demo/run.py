"""The command: attacks, table, and the guarded app until Ctrl-C."""

from __future__ import annotations

import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from ..errors import GarrisonError
from .performance import perform
from .results import DemoResult
from .serve import Exhibit, bound
from .table import show


def run(*, serve: bool = True, port: int = 0, browser: bool = True, check: bool = True) -> int:
    """Run the demo: progress goes to standard error, the table to standard output.

    Args:
        serve: Whether to serve the guarded app afterwards, until Ctrl-C.
        port: The port of 127.0.0.1 for that; 0 takes a free one.
        browser: Whether to use Chromium where it is found.
        check: Whether to check both apps too, and write a page for each.

    Returns:
        The exit status. 0: every attack worked on the bare app, those that this version promises to stop were stopped
        on the guarded one, and honest visits worked on both. 1: not so. 2: the demo cannot start. 130: interrupted.
    """
    folder = Path(tempfile.mkdtemp(prefix="garrison-demo-"))
    with ExitStack() as stack:
        try:
            # A port that is taken is said before the attacks, not after them.
            exhibit = stack.enter_context(bound(port, folder)) if serve else None
            result = perform(browser=browser, tell=_tell, folder=folder)
            verdicts = _checked(folder) if check else []
        except (GarrisonError, OSError) as error:
            _tell(f"The demo cannot start: {error}")
            return 2
        except KeyboardInterrupt:
            _tell("Interrupted.")
            return 130
        return _finish(result, verdicts, exhibit)


def _checked(folder: Path) -> list[str]:
    """Return what ``garrison check`` says of both apps, side by side."""
    # Here and not above: scanners are no part of attacking an app and guarding it.
    from .verdicts import check_both, lines

    return list(lines(check_both(folder, _tell)))


def _finish(result: DemoResult, verdicts: list[str], exhibit: Exhibit | None) -> int:
    show(result, sys.stdout)
    for line in ("", *verdicts) if verdicts else ():
        print(line)
    sys.stdout.flush()
    for problem in result.problems:
        _tell(f"Not as it should be: {problem}")
    if exhibit is not None:
        exhibit.stand(_tell)
    return 1 if result.problems else 0


def _tell(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
