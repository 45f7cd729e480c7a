"""The requirements of OWASP ASVS 5.0, levels 1 and 2, as questions in our own words (``requirements.tsv``).

The column ``rules`` says what answers a requirement fully, in words separated by spaces: ``rule`` must have passed,
``rule?`` must have passed or had nothing to look at, ``+control`` must be enforced by Garrison. A rule that judges
answers says nothing of views that the run could not call: ``=control`` names what covers those where Garrison enforces
it (so does ``+control``), and ``=`` alone that they make no difference.
"""

from __future__ import annotations

import csv
import functools
from dataclasses import dataclass
from importlib.resources import files

OPTIONAL, NEEDED, COVERING = "?", "+", "="


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One requirement before anybody has looked.

    Attributes:
        id: As the standard numbers it.
        level: 1 or 2.
        question: Yes to it means *met*.
        feature: A key of :data:`.features.FEATURES` without which it does not apply; empty where it always does.
        rules: Ids of the rules that together answer it fully; empty where none do.
        optional: Those of ``rules`` that break nothing where there is nothing for them to look at.
        needed: Ids of controls that Garrison must enforce.
        covering: Ids of controls that cover views which no run called, ``needed`` included; with an empty one among
            them such views make no difference.
    """

    id: str
    level: int
    question: str
    feature: str
    rules: tuple[str, ...]
    optional: frozenset[str]
    needed: tuple[str, ...] = ()
    covering: frozenset[str] = frozenset()


@functools.cache
def requirements() -> tuple[Asked, ...]:
    """Return every requirement, in the order of the standard."""
    text = files(__package__).joinpath("requirements.tsv").read_text("utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return tuple(map(_asked, rows))


def _asked(row: dict[str, str]) -> Asked:
    words = row["rules"].split()
    rules = [word for word in words if word[0] not in (NEEDED, COVERING)]
    needed = tuple(word[1:] for word in words if word[0] == NEEDED)
    return Asked(
        id=row["id"],
        level=int(row["level"]),
        question=row["question"],
        feature=row["feature"],
        rules=tuple(rule.removesuffix(OPTIONAL) for rule in rules),
        optional=frozenset(rule.removesuffix(OPTIONAL) for rule in rules if rule.endswith(OPTIONAL)),
        needed=needed,
        covering=frozenset({*needed, *(word[1:] for word in words if word[0] == COVERING)}),
    )
