"""Everything that can be found without a request: in a folder, or in an application that was loaded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from flask import Flask

from ..findings import Evidence, Finding
from .allowances import Allowance, allowances_of
from .catalogue import checks_that_read
from .engine import Outcome, finding_of, judge, results_of
from .inspected import Inspected
from .templates.hits import Place, judge_templates

Progress = Callable[[str], None]
"""Called with what is being done, for people who wait."""


@dataclass
class Inspection:
    """What was found, before ``garrison.toml`` is applied.

    Attributes:
        looked_at: Counts of what was read, by name.
        roots: Folders and files that were read.
        out_of_scope: What was left out on purpose, in sentences.
    """

    outcome: Outcome = field(default_factory=Outcome)
    looked_at: Counter[str] = field(default_factory=Counter)
    roots: tuple[Path, ...] = ()
    out_of_scope: tuple[str, ...] = ()

    def add(self, other: Inspection) -> None:
        """Take in what else was found in the same run."""
        known = {(entry.what, entry.reason) for entry in self.outcome.not_checked}
        other.outcome.not_checked[:] = [
            entry for entry in other.outcome.not_checked if (entry.what, entry.reason) not in known
        ]
        self.outcome.add(other.outcome)
        self.looked_at.update(other.looked_at)
        self.roots += tuple(root for root in other.roots if root not in self.roots)
        self.out_of_scope += other.out_of_scope


def inspect_path(root: Path, progress: Progress) -> Inspection:
    """Inspect a folder or one file without running any of it: its templates, and its code.

    What was found is kept, and found again for as long as no file changes.
    """
    from .cache import kept

    progress(f"looking at {root}")
    return kept(root, _all_files(root), lambda: _inspect_path(root, progress))


def _inspect_path(root: Path, progress: Progress) -> Inspection:
    from .code import inspect_code

    found = _of_templates([Place(root, code=root if root.is_dir() else root.parent)], progress)
    found.add(inspect_code(root, progress))
    return found


def _all_files(root: Path) -> Iterator[Path]:
    """Yield every file that an inspection of a folder may read."""
    from .code.reading.files import find_code
    from .templates.reading import find_templates

    yield from (file.path for file in find_code(root)[0])
    yield from find_templates(root)[0]
    for folder in root.rglob("templates") if root.is_dir() else ():
        yield from (path for path in folder.rglob("*") if path.is_file())


def inspect_app(inspected: Inspected, progress: Progress) -> Inspection:
    """Inspect an application: its configuration, what its policy allows, and its templates."""
    app = inspected.app
    found = _of_templates([Place(folder, code=Path(app.root_path)) for folder in template_folders(app)], progress)
    progress("reading the configuration")
    found.outcome.add(_of_allowances(allowances_of(app)))
    found.outcome.add(judge("app", inspected))
    found.add(_of_code(inspected, progress))
    found.outcome.findings = without_doubles(found.outcome.findings)
    found.looked_at["routes"] = len(inspected.routes)
    return found


def _of_code(inspected: Inspected, progress: Progress) -> Inspection:
    """Inspect the source of the application's own modules, with the views that its ``url_map`` leads to."""
    from .code import inspect_modules
    from .facts.own_source import known_views, own_source

    return inspect_modules(
        own_source(inspected),
        inspected.root,
        views=known_views(inspected),
        templates=template_folders(inspected.app),
        progress=progress,
    )


_TWINS: Final = {
    "access.unguarded-change": "access.missing-access-rule",
    "access.outside-the-guarded-blueprint": "access.missing-access-rule",
    "inputs.changes-by-get": "inputs.state-change-on-get",
}
"""Rules on the application, and those on its code that find the same and show where."""


def without_doubles(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings without those about a route of which the code says the same."""
    listed = list(findings)
    of_code = {(one.rule, one.route) for one in listed}
    return [one for one in listed if (_TWINS.get(one.rule), one.route) not in of_code]


def template_folders(app: Flask) -> list[Path]:
    """Return the existing template folders of an app and its blueprints, none inside another."""
    scaffolds = (app, *app.blueprints.values())
    folders = {Path(item.root_path) / item.template_folder for item in scaffolds if item.template_folder is not None}
    existing = sorted(folder for folder in folders if folder.is_dir())
    return [folder for folder in existing if not any(parent in existing for parent in folder.parents)]


def _of_templates(places: Iterable[Place], progress: Progress) -> Inspection:
    found = Inspection(looked_at=Counter(templates=0))
    for place in places:
        count, outcome = judge_templates(place, progress)
        found.looked_at["templates"] += count
        found.outcome.add(outcome)
        found.roots += (place.root,)
    return found


def _of_allowances(allowances: Iterable[Allowance]) -> Outcome:
    ran = {check.rule.id for check in checks_that_read("allowance")}
    return Outcome([finding for one in allowances for finding in _of_allowance(one)], ran=ran)


def _of_allowance(allowance: Allowance) -> Iterator[Finding]:
    where = "@view_policy on the view" if allowance.by_view else "the policy"
    summary = f"{where} sets {allowance.setting} for {allowance.endpoint}"
    for rule, match in results_of(checks_that_read("allowance"), allowance):
        yield replace(
            finding_of(rule, match),
            subject=f"{allowance.setting}\n{allowance.endpoint}",
            route=allowance.route,
            evidence=(Evidence("config", summary),),
        )
