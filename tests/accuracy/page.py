"""The page of the documentation that says how accurate the analyser is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from flask_garrison import __version__

from .measure import Verdict
from .table import tables

PAGE = Path(__file__).parents[2] / "docs" / "accuracy.md"

HEAD = """\
# How accurate the code analyser is

What `garrison audit PATH` says of {number} small pieces of Flask applications of which it is known whether they are
weak. This page is written by

    python -m tests.accuracy --write

and comes from Flask-Garrison {version}.

## The cases

Each is a folder of 20 lines of Python and Jinja or more, labelled with one class of weakness, with at least one
helper, container, class, module or template between what a client sends and the dangerous call; where a control is
missing, with siblings that have it. About half are **weak**: the dangerous line is marked. The others are **safe** and
made to look weak: the same dangerous call behind a check that holds, a value that is overwritten, another key of the
same container, and the like. They were written before the rules that they test and without sight of the analyser, and
none is taken from a benchmark.

Two thirds are *seen*: whoever works on the analyser reads them. One third is *unseen*: it may only be counted, so the
command names no case of it. **The unseen third is the figure to go by.** The analyser is given a copy of each case
without the marks and under a name that tells nothing, and runs none of it.

## How a case counts

- **found**: a finding of one of the rules of the class stands on a marked line of a weak case, or on another line of
  the same statement, or its path ends there. *In doubt*: only with low confidence; found all the same.
- **elsewhere**: there is a finding of the class in a weak case, but on another line only. It counts as not found.
- **false alarm**: any finding of one of the rules of the class in a safe case. *In doubt only*: only with low
  confidence; it does not count as a false alarm.
- **recall**: found / weak cases. **false alarms**: safe cases with a false alarm / safe cases. What flags everything
  or nothing has a difference of 0.
- **stray**: findings of rules of other classes, of severity high or above, in any case; some of them are true.
- **extra**: findings of the class's own rules on lines of weak cases that are not marked.
- **not checked**: cases in which the analyser says that it could not look at something.

These are small pieces made to be judged; what is found in whole applications, and how much of it is true, is another
question.

## The counts

"""


def page(verdicts: Sequence[Verdict], unknown: Sequence[str] = ()) -> str:
    """Return the page; ``unknown`` are rules of the classes that do not exist yet."""
    note = f"Not built yet: {', '.join(f'`{rule}`' for rule in unknown)}.\n\n" if unknown else ""
    return f"{HEAD.format(number=len(verdicts), version=__version__)}{note}{tables(verdicts)}\n"
