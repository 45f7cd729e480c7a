"""From a folder to findings."""

from __future__ import annotations

import gc
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...findings import NotChecked
from ..catalogue import every_check
from ..engine import Outcome, finding_of
from ..files import shown
from ..inspection import Inspection
from ..progress import counted
from ..rule import Check
from .engine import Analysis, analyse
from .known_views import KnownView
from .project.sources import Source, module_name
from .project.templates import TemplateFolders
from .reading.files import find_code
from .reading.parsing import Parsed, parse
from .views import views_of

READS = frozenset(
    {
        "call",
        "named",
        "comparison",
        "setting",
        "lookup",
        "answer",
        "emission",
        "assertion",
        "definition",
        "labelled",
        "views",
        "configured",
    }
)
"""What rules of code read."""
_SPLIT = "Split the function, or accept this entry in garrison.toml."


@dataclass
class Reading:
    """What was read.

    Attributes:
        sources: The files, tests left out.
        tests: How many files were left out as tests.
        not_checked: What could not be read.
    """

    sources: list[Source] = field(default_factory=list)
    tests: int = 0
    not_checked: list[NotChecked] = field(default_factory=list)


def inspect_code(root: Path, progress: Callable[[str], None] = lambda words: None) -> Inspection:
    """Inspect the Python code below a folder, or in one file, without running any of it.

    Args:
        root: The folder or file.
        progress: Told what is being done.
    """
    with _without_collecting():
        folder = root if root.is_dir() else root.parent
        return _inspected(read_code(root, progress), _template_folders(folder), root, progress)


def inspect_modules(
    modules: Mapping[str, Path],
    root: Path,
    *,
    views: Iterable[KnownView] = (),
    templates: Iterable[Path] = (),
    progress: Callable[[str], None] = lambda words: None,
) -> Inspection:
    """Inspect the modules of an application that was loaded; it is their source that is read.

    Args:
        modules: Files by the names that they were imported under.
        root: Folder of the project.
        views: What the application's ``url_map`` leads to, which is found whatever way it was registered.
        templates: Folders of templates, in the order in which they are searched.
        progress: Told what is being done.
    """
    with _without_collecting():
        reading = Reading()
        for name, path in modules.items():
            _read(reading, path, name)
        return _inspected(reading, templates, root, progress, views, of_app=True)


def _inspected(
    reading: Reading,
    templates: Iterable[Path],
    root: Path,
    progress: Callable[[str], None],
    views: Iterable[KnownView] = (),
    *,
    of_app: bool = False,
) -> Inspection:
    checks = [check for check in every_check() if check.reads in READS]
    if of_app:
        # What a rule can ask the application itself, it is not told of its code.
        asked = {check.rule.id for check in every_check() if check.reads == "app"}
        checks = [check for check in checks if check.reads != "views" or check.rule.id not in asked]

    def told(done: int, total: int, name: str) -> None:
        counted(progress, done, total, f"analysing {name}")

    analysis = analyse(reading.sources, checks, TemplateFolders(templates), told, views)
    missing = [check for check in checks if check.reads == "views"]
    if missing:
        progress("looking for what is missing")
        _look_at_views(analysis, reading.sources, missing)
    outcome = _outcome(analysis)
    outcome.not_checked += reading.not_checked
    outcome.ran |= {check.rule.id for check in checks}
    lines = sum(source.tree.body[-1].end_lineno or 0 for source in reading.sources if source.tree.body)
    looked_at = Counter({"files": len(reading.sources), "lines": lines} if reading.sources else {})
    return Inspection(outcome, looked_at, (root,), tuple(_left_out(reading, analysis)))


def _look_at_views(analysis: Analysis, sources: list[Source], checks: Iterable[Check[Any]]) -> None:
    """Tell the rules on the views of the whole project; where these cannot be made out, none of them has looked."""
    try:
        found = views_of(analysis.machine, sources)
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        words = f"the views could not be made out: {type(error).__name__} at {last.name}, line {last.lineno}"
        analysis.listeners.failed.update({check.rule.id: words for check in checks})
        return
    analysis.listeners.viewed(found)
    analysis.failed += found.failed


def _left_out(reading: Reading, analysis: Analysis) -> Iterator[str]:
    """Yield what was left out on purpose."""
    if reading.tests:
        yield f"Code of tests ({reading.tests} {'file' if reading.tests == 1 else 'files'})."
    missing = sorted(analysis.templates.missing) if analysis.templates is not None else []
    if missing:
        more = ", ..." if len(missing) > 3 else ""
        yield f"Templates that other packages bring ({', '.join(missing[:3])}{more})."


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Keep the garbage collector from walking over a tree that is needed to the end."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def read_code(root: Path, progress: Callable[[str], None]) -> Reading:
    """Read and parse the Python files below a folder, or one file."""
    progress(f"looking for code in {root}")
    files, not_checked = find_code(root)
    reading = Reading(not_checked=list(not_checked))
    folder = root if root.is_dir() else root.parent
    for number, file in enumerate(files):
        if file.is_test:
            reading.tests += 1
            continue
        counted(progress, number, len(files), f"reading {file.name}")
        _read(reading, file.path, module_name(folder, file.path), giant=file.asked)
    return reading


def _read(reading: Reading, path: Path, name: str, *, giant: bool = False) -> None:
    result = parse(path, giant=giant)
    reading.not_checked += result.not_checked()
    if isinstance(result, Parsed):
        reading.sources.append(Source(path, shown(path), name, result.tree))


def _template_folders(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("templates"):
        if path.is_dir() and "node_modules" not in path.parts and "site-packages" not in path.parts:
            yield path


def _outcome(analysis: Analysis) -> Outcome:
    outcome = Outcome()
    for rule, match in analysis.listeners.found.values():
        outcome.findings.append(finding_of(rule, match))
    for name, words in analysis.listeners.failed.items():
        outcome.not_checked.append(NotChecked(what=name, rule=name, reason=words, how_to_include="Please report it."))
    for path, line, name in dict.fromkeys(analysis.cut):
        reason = f"{name} takes more steps than an analysis allows; its calls were followed only up to there"
        outcome.not_checked.append(NotChecked(what=f"{path}:{line}", reason=reason, how_to_include=_SPLIT))
    for path, line, name in dict.fromkeys(analysis.failed):
        outcome.not_checked.append(NotChecked(what=f"{path}:{line}", reason=name, how_to_include=_SPLIT))
    if analysis.templates is not None:
        for templates in analysis.templates.all.values():
            outcome.not_checked += [entry for entry in templates.not_checked if entry not in outcome.not_checked]
    return outcome
