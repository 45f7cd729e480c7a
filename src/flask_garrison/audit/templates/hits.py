"""What the rules on templates find below one folder, each with the endpoints that render it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from ...findings import Evidence, Finding
from ..catalogue import chapters_that_read, checks_that_read
from ..engine import Outcome, finding_of, results_of
from ..files import shown
from ..fix import fix_words
from ..rule import Check, Match, Rule
from .endpoints import read_endpoints
from .markup import Tag
from .reading import Template, find_templates, read_templates

_LONG_TAG = 500


class Place(NamedTuple):
    """Where templates are looked for, and the folder of the code that renders them."""

    root: Path
    code: Path


class Hit(NamedTuple):
    """What a rule found in a template.

    Attributes:
        code: The tag, for people; cut where it is very long.
        digest: The whole tag, for the fingerprint.
    """

    template: Template
    line: int
    code: str
    digest: str
    rule: Rule
    match: Match


def judge_templates(place: Place, progress: Callable[[str], None]) -> tuple[int, Outcome]:
    """Return how many templates were read, and what was found in them."""
    root = place.root
    progress(f"looking for templates in {root}")
    paths, unreachable = find_templates(root)
    progress(f"reading {len(paths)} templates")
    templates, unreadable = read_templates(root, paths)
    checks: list[Check[Tag]] = checks_that_read("tag")
    hits = [hit for template in templates for hit in _hits(checks, template)]
    progress("reading the endpoints that render them")
    endpoints = read_endpoints(place.code, templates) if hits else None
    findings = [_finding(hit, endpoints.of(hit.template)) for hit in hits] if endpoints else []
    ran = {check.rule.id for check in checks}
    chapters = chapters_that_read("tag")
    not_checked = [replace(entry, chapters=chapters) for entry in unreachable + unreadable]
    return len(templates), Outcome(findings, not_checked, ran)


def _hits(checks: list[Check[Tag]], template: Template) -> Iterator[Hit]:
    for tag in template.tags:
        results = list(results_of(checks, tag))
        if not results:
            continue
        code = tag.source()
        digest = sha256(code.encode("utf-8", "surrogatepass")).hexdigest()
        shown_code = code if len(code) <= _LONG_TAG else code[: _LONG_TAG - 1] + "…"
        for rule, match in results:
            yield Hit(template, tag.line, shown_code, digest, rule, match)


def _finding(hit: Hit, endpoints: list[str]) -> Finding:
    path = shown(hit.template.path)
    step = {"path": path, "line": hit.line, "code": hit.code}
    return replace(
        finding_of(hit.rule, hit.match),
        subject=f"{hit.template.name}\n{hit.digest}",
        path=path,
        line=hit.line,
        evidence=(Evidence("path", hit.code, {"steps": [step]}),),
        fix=fix_words(hit.rule, endpoints),
    )
