"""One audit, from a target to its report."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from flask import Flask

from ..errors import TargetError
from ..findings import Evidence, Finding, NotChecked, Report, Target, numbered
from ..target.project import Project, find_project
from .catalogue import all_checks, checks_of_kind, rule_named
from .endpoints import Endpoints, read_endpoints
from .files import shown
from .fix import fix_words
from .jinja import HOLE
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


_ENGINES = ("code", "template")
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
    return _audit(places, find_project(root), target, _LATER_FOR_PATHS, progress, today)


def audit_app(app: Flask, name: str, *, progress: Progress = lambda words: None, today: date | None = None) -> Report:
    """Audit the templates of an application and of its blueprints.

    Raises:
        TargetError: where ``garrison.toml`` is wrong.
    """
    target = Target(kind="app", name=name)
    places = [Place(folder, code=Path(app.root_path)) for folder in _template_folders(app)]
    return _audit(places, find_project(Path.cwd()), target, _LATER_FOR_APPS, progress, today)


def _template_folders(app: Flask) -> list[Path]:
    """Return the existing template folders of an app and its blueprints, none inside another."""
    scaffolds = (app, *app.blueprints.values())
    folders = {Path(item.root_path) / item.template_folder for item in scaffolds if item.template_folder is not None}
    existing = sorted(folder for folder in folders if folder.is_dir())
    return [folder for folder in existing if not any(parent in existing for parent in folder.parents)]


def _audit(
    places: list[Place], project: Project, target: Target, later: str, progress: Progress, today: date | None
) -> Report:
    started = time.perf_counter()
    _refuse_unknown_rules(project)
    found: list[Finding] = []
    unchecked: list[NotChecked] = []
    count = 0
    for place in places:
        templates, findings, not_checked = _audit_place(place, progress)
        count += templates
        found += findings
        unchecked += not_checked
    rules = tuple(identifier for identifier, check in all_checks().items() if check.rule.kind in _ENGINES)
    report = Report(target=target, rules=rules, looked_at={"templates": count}, out_of_scope=(later,))
    scope = Scope(roots=tuple(place.root for place in places), rules=rules, today=today or date.today())
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
    hits = [(template, *hit) for template in templates for hit in _hits(template)]
    progress("reading the endpoints that render them")
    endpoints = read_endpoints(place.code, templates) if hits else None
    findings = [_finding(template, tag, rule, match, endpoints) for template, tag, rule, match in hits]
    return len(templates), findings, unreachable + unreadable


def _hits(template: Template) -> Iterator[tuple[Tag, Rule, Match]]:
    checks: list[Check[Tag]] = checks_of_kind("template")
    for tag in template.tags:
        for check in checks:
            for match in check(tag):
                yield tag, check.rule, match


def _finding(template: Template, tag: Tag, rule: Rule, match: Match, endpoints: Endpoints | None) -> Finding:
    path = shown(template.path)
    code = tag.source.replace(HOLE, "")
    step = {"path": path, "line": tag.line, "code": code}
    finding = _of_rule(rule, match, subject=f"{template.name}\n{code}")
    return replace(
        finding,
        path=path,
        line=tag.line,
        evidence=(Evidence("path", code, {"steps": [step]}),),
        fix=fix_words(rule, endpoints.of(template) if endpoints else []),
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
