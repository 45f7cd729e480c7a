"""The counts and tables, of made-up results."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask_garrison.findings import Confidence, Severity
from tests.accuracy.cases import Case
from tests.accuracy.measure import Found, Outcome, Verdict
from tests.accuracy.table import counts_of, tables, wrong

FOUND = Found("inputs.ssrf", "an address", Severity.HIGH, Confidence.HIGH, (("app.py", 2),))


def verdict(outcome: Outcome, part: str = "seen", kind: str = "ssrf", **more: Any) -> Verdict:
    weak = outcome in (Outcome.FOUND, Outcome.DOUBTED, Outcome.ELSEWHERE, Outcome.MISSED)
    return Verdict(Case(part, kind, "weak-it" if weak else "safe-it", Path("nowhere")), outcome, **more)


SEEN = [verdict(outcome) for outcome in Outcome if outcome is not Outcome.FAILED]
UNSEEN = [
    verdict(Outcome.FOUND, "unseen", "csv-formula", extra=(FOUND, FOUND)),
    verdict(Outcome.QUIET, "unseen", "csv-formula", stray=(FOUND,)),
]


def test_the_rates() -> None:
    counts = counts_of(SEEN)
    assert (counts.weak, counts.safe, counts.found) == (4, 3, 2)
    assert counts.recall == 50
    assert round(counts.false_alarms or 0, 1) == 33.3
    assert round(counts.score or 0, 1) == 16.7


def test_there_is_no_rate_of_nothing() -> None:
    counts = counts_of([verdict(Outcome.FOUND)])
    assert (counts.recall, counts.false_alarms, counts.score) == (100, None, None)


def test_where_the_analyser_failed_nothing_is_found_and_no_alarm_is_raised() -> None:
    counts = counts_of([verdict(Outcome.FOUND), verdict(Outcome.FAILED)])
    assert (counts.recall, counts.false_alarms) == (100, 0)


SEEN_TABLE = """\
### Seen

| class | weak: found | of these in doubt | elsewhere | safe: false alarm | in doubt only |
| ----- | ----------- | ----------------- | --------- | ----------------- | ------------- |
| ssrf  | 2 / 4       | 1                 | 1         | 1 / 3             | 1             |
| all   | 2 / 4       | 1                 | 1         | 1 / 3             | 1             |"""

TABLES = f"""\
| cases  | number | recall  | false alarms | recall minus false alarms | stray | extra | not checked |
| ------ | ------ | ------- | ------------ | ------------------------- | ----- | ----- | ----------- |
| seen   | 7      | 50.0 %  | 33.3 %       | 16.7                      | 0     | 0     | 0           |
| unseen | 2      | 100.0 % | 0.0 %        | 100.0                     | 1     | 2     | 0           |
| all    | 9      | 60.0 %  | 25.0 %       | 35.0                      | 1     | 2     | 0           |

{SEEN_TABLE}

### Unseen

| class       | weak: found | of these in doubt | elsewhere | safe: false alarm | in doubt only |
| ----------- | ----------- | ----------------- | --------- | ----------------- | ------------- |
| csv-formula | 1 / 1       | 0                 | 0         | 0 / 1             | 0             |
| all         | 1 / 1       | 0                 | 0         | 0 / 1             | 0             |"""

TABLES_OF_SEEN = f"""\
| cases | number | recall | false alarms | recall minus false alarms | stray | extra | not checked |
| ----- | ------ | ------ | ------------ | ------------------------- | ----- | ----- | ----------- |
| seen  | 7      | 50.0 % | 33.3 %       | 16.7                      | 0     | 0     | 0           |

{SEEN_TABLE}"""


def test_the_tables() -> None:
    assert tables([*SEEN, *UNSEEN]) == TABLES


def test_one_part_has_no_sum_of_parts() -> None:
    assert tables(SEEN) == TABLES_OF_SEEN


WRONG = """\
seen/ssrf/safe-picture: false alarm
    marked: app.py:3
    app.py:2: inputs.ssrf (high, confidence high): an address
unseen/csv-formula/weak-it: found
    extra: app.py:2: inputs.ssrf (high, confidence high): an address
    extra: app.py:2: inputs.ssrf (high, confidence high): an address
unseen/csv-formula/safe-it: no false alarm
    stray: app.py:2: inputs.ssrf (high, confidence high): an address
unseen/csv-formula/safe-it: no false alarm
    not checked: app.py: too deep"""


def test_what_is_wrong_is_listed_with_what_was_found(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("\nfetch(\n    x,  # <- safe\n)\n", "utf-8")
    alarm = Verdict(Case("seen", "ssrf", "safe-picture", tmp_path), Outcome.ALARM, own=(FOUND,))
    said = wrong([*SEEN[:2], alarm, *UNSEEN, Verdict(UNSEEN[1].case, Outcome.QUIET, not_checked=("app.py: too deep",))])
    assert said == WRONG
