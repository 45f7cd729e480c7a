"""Sets aside what comments in the source say, and tells which of these comments did nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path, PurePath
from typing import NamedTuple

from ...errors import TargetError
from ...findings import Finding, Known, NotChecked
from ..catalogue import all_checks, every_check, rule_named
from ..code.reading.files import find_code
from ..files import shown
from ..suppressions import COMMENT, Scope, Usage
from ..templates.reading import find_templates, is_template
from .directives import Directive
from .families import is_about
from .files import Noted, noted_in

_NOT_OF_FILES = frozenset({"allowance", "suppression", "app", "answers"})


class Aside(NamedTuple):
    """What comments did.

    Attributes:
        kept: The findings that no comment is about.
        known: The others, each with the comment's reason.
        usages: What each comment to Garrison did, with the file that it stands in.
    """

    kept: list[Finding]
    known: list[Known]
    usages: list[tuple[str, Usage]]


def set_aside(
    kept: Iterable[Finding], ignored: Iterable[Finding], scope: Scope, not_checked: Collection[NotChecked]
) -> Aside:
    """Set aside the findings that a comment is about.

    Args:
        kept: The findings that ``garrison.toml`` leaves.
        ignored: Those that it ignores: a comment about one of them is not unused.
    """
    comments = _Comments(scope)
    aside = Aside([], [], [])
    for finding in kept:
        known = comments.about(finding)
        if known is None:
            aside.kept.append(finding)
        else:
            aside.known.append(known)
    for finding in ignored:
        comments.about(finding)
    for path, is_test in _files(scope.roots):
        whole = not is_test and not _spoiled(path, not_checked)
        aside.usages.extend((path, usage) for usage in comments.usages(path, whole=whole))
    return aside


class _Comments:
    """The comments of every file, and which of them were about something."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._files: dict[str, Noted | None] = {}
        self._hits: set[tuple[str, int, str]] = set()

    def about(self, finding: Finding) -> Known | None:
        """Return a finding with the reason of the comment that is about it; ``None``: there is none in force."""
        if finding.path is None or finding.line is None:
            return None
        noted = self._read(finding.path)
        if noted is None:
            return None
        first, last = noted.lines(finding.line)
        own = [one for one in noted.directives if first <= one.line <= last and finding.rule in one.rules]
        self._hits.update((finding.path, one.line, finding.rule) for one in own)
        valid = [one for one in own if one.reason and not one.defect and not one.expired(self._scope.today)]
        if valid:
            until = valid[0].until
            return Known(finding, valid[0].reason, until.isoformat() if until else None)
        if not _is_code(finding.rule):
            return None
        foreign = [one for one in noted.foreign if first <= one.line <= last and is_about(one.numbers, finding.cwe)]
        return Known(finding, foreign[0].words) if foreign else None

    def usages(self, path: str, *, whole: bool) -> Iterator[Usage]:
        """Yield what each comment to Garrison in a file did.

        Args:
            whole: Whether all of the file was looked at.
        """
        noted = self._files[path] if path in self._files else noted_in(Path(path), others=False)
        for directive in noted.directives if noted is not None else ():
            if directive.defect:
                yield self._usage(path, directive, "", defect=directive.defect)
            for rule in dict.fromkeys(directive.rules if not directive.defect else ()):
                yield self._of_rule(path, directive, rule, whole)

    def _of_rule(self, path: str, directive: Directive, rule: str, whole: bool) -> Usage:
        try:
            rule_named(rule)
        except TargetError as error:
            return self._usage(path, directive, rule, defect=str(error))
        tested = whole and rule in self._scope.rules and _reads(rule, path)
        return self._usage(path, directive, rule, tested=tested)

    def _usage(self, path: str, directive: Directive, rule: str, *, defect: str = "", tested: bool = False) -> Usage:
        return Usage(
            table=COMMENT,
            line=directive.line,
            subject=f"{rule} in {path}" if rule else path,
            expired=directive.expired(self._scope.today),
            tested=tested,
            hits=int((path, directive.line, rule) in self._hits),
            defect=defect,
            unreasoned=not defect and not directive.reason,
        )

    def _read(self, path: str) -> Noted | None:
        if path not in self._files:
            self._files[path] = noted_in(Path(path))
        return self._files[path]


def _is_code(rule: str) -> bool:
    check = all_checks().get(rule)
    return check is not None and check.rule.kind == "code"


def _reads(rule: str, path: str) -> bool:
    """Return whether a rule looks at a file of this kind at all."""
    reads = {check.reads for check in every_check() if check.rule.id == rule} - _NOT_OF_FILES
    return bool(reads & {"tag", "emission"}) if is_template(PurePath(path)) else bool(reads - {"tag"})


def _files(roots: Iterable[Path]) -> Iterator[tuple[str, bool]]:
    """Yield every file that was looked at, and whether it belongs to the tests."""
    seen: set[str] = set()
    for root in roots:
        code, _ = find_code(root)
        templates, _ = find_templates(root)
        found = [*((file.path, file.is_test) for file in code), *((path, False) for path in templates)]
        for path, is_test in found:
            name = shown(path)
            if name not in seen:
                seen.add(name)
                yield name, is_test


def _spoiled(path: str, not_checked: Collection[NotChecked]) -> bool:
    """Return whether a file, or a place in it, could not be looked at."""
    return any(entry.what == path or entry.what.startswith((f"{path}:", f"{path},")) for entry in not_checked)
