"""One audit, from a target to its report."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from flask import Flask

from ..errors import TargetError
from ..findings import Evidence, Finding, NotChecked, Report, Target, numbered
from ..target.project import Project, find_project
from .allowances import Allowance, allowances_of
from .catalogue import all_checks, checks_of_kind, rule_named
from .endpoints import read_endpoints
from .files import shown
from .fix import fix_words
from .markup import Tag
from .rule import Check, Match, Rule
from .suppressions import Scope, Usage, mark_accepted, split_ignored
from .templates import Template, find_templates, read_templates

Progress = Callable[[str], None]
"""Called with what is being done, for people who wait."""


class Place(NamedTuple):
    """Where templates are looked for, and the folder of the code that renders them."""

    root: Path
    code: Path


class _Subject(NamedTuple):
    """What one audit looks at, and what it leaves to later versions."""

    target: Target
    places: list[Place]
    engines: tuple[str, ...]
    later: str
    allowances: tuple[Allowance, ...] = ()
    app: Flask | None = None


_LONG_TAG = 500
_ENGINES_FOR_PATHS = ("code", "template")
_ENGINES_FOR_APPS = ("code", "template", "runtime")
_LATER_FOR_PATHS = "Python code: its rules come in a later version."
_LATER_FOR_APPS = "Python code, configuration and the running application: their rules come in a later version."


def audit_path(root: Path, *, progress: Progress = lambda words: None, today: date | None = None) -> Report:
    """Audit what lies below a folder, or one file, without running any of it.

    Args:
        root: The folder or file.
        progress: Told what is being done.
        today: Decides which entries of ``garrison.toml`` have expired.

    Raises:
        TargetError: where there is no such path, or ``garrison.toml`` is wrong.
    """
    if not root.exists():
        raise TargetError(f"{str(root)!r}: there is no such file or folder.")
    target = Target(kind="path", name=str(root))
    places = [Place(root, code=root if root.is_dir() else root.parent)]
    subject = _Subject(target, places, _ENGINES_FOR_PATHS, _LATER_FOR_PATHS)
    return _audit(subject, find_project(root), progress, today)


def audit_app(app: Flask, name: str, *, progress: Progress = lambda words: None, today: date | None = None) -> Report:
    """Audit the templates of an application and of its blueprints, and what its policy allows.

    Raises:
        TargetError: where ``garrison.toml`` is wrong.
    """
    target = Target(kind="app", name=name)
    places = [Place(folder, code=Path(app.root_path)) for folder in _template_folders(app)]
    subject = _Subject(target, places, _ENGINES_FOR_APPS, _LATER_FOR_APPS, tuple(allowances_of(app)), app)
    return _audit(subject, find_project(Path.cwd()), progress, today)


def _template_folders(app: Flask) -> list[Path]:
    """Return the existing template folders of an app and its blueprints, none inside another."""
    scaffolds = (app, *app.blueprints.values())
    folders = {Path(item.root_path) / item.template_folder for item in scaffolds if item.template_folder is not None}
    existing = sorted(folder for folder in folders if folder.is_dir())
    return [folder for folder in existing if not any(parent in existing for parent in folder.parents)]


def _audit(subject: _Subject, project: Project, progress: Progress, today: date | None) -> Report:
    started = time.perf_counter()
    _refuse_unknown_rules(project)
    found: list[Finding] = [*_of_allowances(subject.allowances), *_of_app(subject.app)]
    unchecked: list[NotChecked] = []
    count = 0
    for place in subject.places:
        templates, findings, not_checked = _audit_place(place, progress)
        count += templates
        found += findings
        unchecked += not_checked
    rules = tuple(identifier for identifier, check in all_checks().items() if check.rule.kind in subject.engines)
    report = Report(target=subject.target, rules=rules, looked_at={"templates": count}, out_of_scope=(subject.later,))
    scope = Scope(roots=tuple(place.root for place in subject.places), rules=rules, today=today or date.today())
    found, unchecked, ignored = _suppressed(project, scope, found, unchecked)
    return replace(
        report,
        findings=numbered(found),
        not_checked=tuple(sorted(unchecked, key=lambda entry: (entry.what, entry.reason))),
        ignored=ignored,
        seconds=time.perf_counter() - started,
    )


def _audit_place(place: Place, progress: Progress) -> tuple[int, list[Finding], list[NotChecked]]:
    root = place.root
    progress(f"looking for templates in {root}")
    paths, unreachable = find_templates(root)
    progress(f"reading {len(paths)} templates")
    templates, unreadable = read_templates(root, paths)
    hits = [hit for template in templates for hit in _hits(template)]
    progress("reading the endpoints that render them")
    endpoints = read_endpoints(place.code, templates) if hits else None
    findings = [_finding(hit, endpoints.of(hit.template)) for hit in hits] if endpoints else []
    return len(templates), findings, unreachable + unreadable


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


def _hits(template: Template) -> Iterator[Hit]:
    checks: list[Check[Tag]] = checks_of_kind("template")
    for tag in template.tags:
        matches = [(check.rule, match) for check in checks for match in check(tag)]
        if not matches:
            continue
        code = tag.source()
        digest = sha256(code.encode("utf-8", "surrogatepass")).hexdigest()
        shown_code = code if len(code) <= _LONG_TAG else code[: _LONG_TAG - 1] + "…"
        for rule, match in matches:
            yield Hit(template, tag.line, shown_code, digest, rule, match)


def _finding(hit: Hit, endpoints: list[str]) -> Finding:
    path = shown(hit.template.path)
    step = {"path": path, "line": hit.line, "code": hit.code}
    finding = _of_rule(hit.rule, hit.match, subject=f"{hit.template.name}\n{hit.digest}")
    return replace(
        finding,
        path=path,
        line=hit.line,
        evidence=(Evidence("path", hit.code, {"steps": [step]}),),
        fix=fix_words(hit.rule, endpoints),
    )


def _of_rule(rule: Rule, match: Match, subject: str) -> Finding:
    return Finding(
        rule=rule.id,
        control=rule.control,
        title=match.title,
        severity=rule.severity if match.severity is None else match.severity,
        confidence=rule.confidence if match.confidence is None else match.confidence,
        subject=subject,
        fix=rule.fix,
        cwe=rule.cwe,
        asvs=rule.asvs,
        lesson=rule.lesson,
    )


def _of_allowances(allowances: Iterable[Allowance]) -> Iterator[Finding]:
    for allowance in allowances:
        where = "@view_policy on the view" if allowance.by_view else "the policy"
        for check in checks_of_kind("runtime"):
            for match in check(allowance):
                finding = _of_rule(check.rule, match, subject=f"{allowance.setting}\n{allowance.endpoint}")
                summary = f"{where} sets {allowance.setting} for {allowance.endpoint}"
                yield replace(finding, route=allowance.route, evidence=(Evidence("config", summary),))


def _of_app(app: Flask | None) -> Iterator[Finding]:
    for check in checks_of_kind("runtime", whole_app=True) if app is not None else ():
        for match in check(app):
            finding = _of_rule(check.rule, match, subject=match.title)
            yield replace(finding, evidence=(Evidence("config", match.title),))


def _refuse_unknown_rules(project: Project) -> None:
    for entry in project.ignores:
        try:
            rule_named(entry.rule)
        except TargetError as error:
            raise TargetError(f"{project.file}:{entry.line}: [[ignore]] {error}") from error


def _suppressed(
    project: Project, scope: Scope, found: list[Finding], unchecked: list[NotChecked]
) -> tuple[list[Finding], list[NotChecked], int]:
    """Apply ``garrison.toml``; its entries that expired or did nothing are findings themselves."""
    kept, ignores = split_ignored(project, scope, found)
    marked, accepts = mark_accepted(project, scope, unchecked)
    ignored = len(found) - len(kept)
    return kept + list(_stale(project, [*ignores, *accepts])), marked, ignored


def _stale(project: Project, usages: Iterable[Usage]) -> Iterator[Finding]:
    path = shown(project.file) if project.file else ""
    for usage in usages:
        for check in checks_of_kind("code"):
            for match in check(usage):
                finding = _of_rule(check.rule, match, subject=f"{usage.table}\n{usage.subject}")
                yield replace(finding, path=path, line=usage.line)
