"""The page on the verdicts, made from the requirements: ``python -m flask_garrison.check.asvs.page > docs/asvs.md``."""

from __future__ import annotations

from ...audit.catalogue import all_checks
from ...findings.asvs import CHAPTERS, JOBS
from .known import FEATURES
from .requirements import Asked, requirements
from .verdicts import job_of

_HEAD = """\
# Verdicts on OWASP ASVS

`garrison check module:app --asvs` gives a verdict on each of the {count} requirements of levels 1 and 2 of the OWASP
Application Security Verification Standard 5.0.

- **met**: every rule that answers the requirement looked in this run and found nothing, and Garrison enforces each
  control that stands behind a *+*.
- **not met**: a finding of this run names the requirement, with at least low severity and medium confidence. What
  `garrison.toml` ignores or the baseline knows counts all the same; the evidence says so.
- **not applicable**: a feature that the requirement is about is surely not there. No known library for it is loaded,
  and neither code, templates, scripts nor routes name it; one word in a comment is enough to doubt it. A
  finding that names the requirement all the same makes it a question.
- **needs a person**: everything else. The report has the question, where *yes* means met, and what the machine saw that
  helps.

Nothing is met without evidence of this run. What could not be checked, a finding of low confidence, or a view that the
run could not call (a harmless page answered in its place) makes it a question; views that were not called do not matter
where Garrison enforces the control behind *=*. A rule with *?* may have had nothing to look at.

The application alone is looked at: what a server in front of it adds, removes or answers itself is not. Where the
standard asks for a document, a person must say that there is one.

Text shows a table by chapter; `--asvs=full` shows each requirement, as Markdown and HTML do. As JSON they stand under
`summary.asvs`: the counts `met`, `not_met`, `needs_person` and `not_applicable`; `by_job`, how many each command
answered; and `requirements`, each with `id`, `level`, `verdict`, `question`, `job` and one of `evidence` (met, not
met), `reason` (not applicable) and `seen` (needs a person). They do not change the exit status.

The questions are ours; the standard's own words are at <https://github.com/OWASP/ASVS>.

## What can be answered without a person

By rules of this version, apart from findings, which can make any requirement *not met*:
"""


def page() -> str:
    """Return the whole page, in Markdown."""
    return "\n".join([_HEAD.format(count=len(requirements())), *_by_chapter(), "", *_by_job(), *_all()]) + "\n"


def _by_chapter() -> list[str]:
    rows = [_row(number, name) for number, name in CHAPTERS.items()]
    return [
        "| chapter | level 1 | level 2 | answered by rules | only with a feature |",
        "|---|---:|---:|---:|---:|",
        *rows,
    ]


def _row(number: int, name: str) -> str:
    asked = _of_chapter(number)
    first = sum(one.level == 1 for one in asked)
    answered, featured = sum(bool(one.rules) for one in asked), sum(bool(one.feature) for one in asked)
    return f"| {number} {name} | {first} | {len(asked) - first} | {answered} | {featured} |"


def _by_job() -> list[str]:
    checks = all_checks()
    last = [max((job_of(rule, checks) for rule in one.rules), key=JOBS.index) for one in requirements() if one.rules]
    counts = ", ".join(f"`garrison {job}` {last.count(job)}" for job in JOBS if job in last)
    silent = ", ".join(f"`garrison {job}`" for job in JOBS if job not in last)
    return [f"The last command that each needs: {counts}. None yet: {silent}.", ""]


def _all() -> list[str]:
    lines: list[str] = []
    for number, name in CHAPTERS.items():
        rows = [_line(one) for one in _of_chapter(number)]
        lines += [
            f"## {number} {name}",
            "",
            "| | level | question | only with | rules |",
            "|---|---:|---|---|---|",
            *rows,
            "",
        ]
    return lines[:-1]


def _line(one: Asked) -> str:
    feature = FEATURES[one.feature].label if one.feature else ""
    rules = [f"[`{rule}`](rules/{rule}.md){'?' if rule in one.optional else ''}" for rule in one.rules]
    rules += [f"+ `{control}`" for control in one.needed]
    rules += [f"= `{control}`" for control in sorted(one.covering - {*one.needed, ""})]
    return f"| {one.id} | {one.level} | {_plain(one.question)} | {feature} | {', '.join(rules)} |"


def _plain(words: str) -> str:
    return words.replace("*", r"\*").replace("__", r"\_\_").replace("|", r"\|")


def _of_chapter(number: int) -> list[Asked]:
    return [one for one in requirements() if int(one.id[1:].partition(".")[0]) == number]


if __name__ == "__main__":
    print(page(), end="")
