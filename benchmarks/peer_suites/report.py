"""The report, in Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .run import Result

OUTCOMES = ("passed", "failed", "error", "skipped", "xfailed")
HEAD = (
    "| project | version | run | apps guarded | passed | failed | errors | skipped | expected failures | changed |\n"
    "|---|---|---|---|---|---|---|---|---|---|"
)
_RUNS = {"bare": "bare", "enforce": "Garrison added", "adopted": "with lines"}


def table(results: Iterable[Result]) -> str:
    """Return one row a run."""
    return "\n".join((HEAD, *(row for result in results for row in _rows(result))))


def _rows(result: Result) -> Iterator[str]:
    for mode, run in result.runs.items():
        counts = run.counts()
        changed = "-" if mode == "bare" else str(len(list(result.changed(mode))))
        cells = (
            result.suite.title,
            result.version,
            _RUNS[mode],
            "-" if mode == "bare" else str(run.guarded),
            *(str(counts[outcome]) for outcome in OUTCOMES),
            changed,
        )
        yield "| " + " | ".join(cells) + " |"


def details(results: Iterable[Result], *, reasons: bool) -> str:
    """Return the ids of the tests that changed; with ``reasons``, why, and what Garrison refused meanwhile.

    Of a run that another follows, with lines, the causes are counted instead.
    """
    return "\n".join(line for result in results for line in _details_of(result, reasons))


def _details_of(result: Result, reasons: bool) -> Iterator[str]:
    for mode in list(result.runs)[1:-1]:
        tests = result.runs[mode].tests
        causes = Counter(_cause(tests.get(test, {})) for test, _, _ in result.changed(mode))
        yield from (f"- {result.name}, {_RUNS[mode]}: {count} x {cause}" for cause, count in causes.most_common())
    last = list(result.runs)[-1]
    for test, before, after in result.changed(last):
        yield f"- {result.name}, {_RUNS[last]}: `{test}` {before} -> {after}"
        if reasons:
            yield from _reasons(result.runs[last].tests.get(test, {}))


def _cause(test: Mapping[str, Any]) -> str:
    """Return the last line that pytest marks as an error."""
    errors = [line[1:].strip() for line in str(test.get("why", "")).splitlines() if line.startswith("E  ")]
    return errors[-1] if errors else "no error was written down"


def _reasons(test: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"    refused: {words}" for words in test.get("said", ()))
    yield from (f"    {line}" for line in str(test.get("why", "")).splitlines()[-12:])
