"""One app through its modes."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .apps import recipe_of
from .compare import broken_files, differences, refuse_wide_lines, unprinted
from .environments import LOCK, ROOT, Say, pinned, prepare, sections
from .launch import EVENTS, FACTS
from .probes import silent
from .recipe import ENFORCING, MODES, Recipe
from .server import running
from .visit import Seen, Visit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WORK = ROOT / "build" / "real-apps"


@dataclass
class Run:
    """What one app did in one mode, and what Garrison said about it.

    Attributes:
        silent: Controls that did not act when they were asked to; empty in modes in which nobody asked.
    """

    seen: Seen
    events: list[dict[str, Any]] = field(default_factory=list)
    facts: dict[str, int] = field(default_factory=dict)
    silent: list[str] = field(default_factory=list)

    @property
    def advice(self) -> set[str]:
        """What the events propose."""
        return {str(event["detail"]["advice"]) for event in self.events if event["detail"].get("advice")}


@dataclass
class Result:
    """One app in all modes."""

    name: str
    recipe: Recipe
    version: str
    runs: dict[str, Run]

    def differences(self, mode: str) -> list[str]:
        """Return in what a mode is not the bare run."""
        return differences(self.runs["bare"].seen, self.runs[mode].seen, self.recipe.tolerated, self.recipe.noise)

    @property
    def final(self) -> str:
        """The mode that counts: enforce, with the recipe's lines if it has any."""
        return "adopted" if self.recipe.adopts else "enforce"

    @property
    def unprinted(self) -> list[str]:
        """Lines of the recipe that Garrison did not propose itself, in observe or in enforce."""
        return unprinted(self.recipe, self.runs["observe"].advice | self.runs["enforce"].advice)

    def problems(self) -> Iterator[str]:
        """Yield whatever makes the benchmark fail."""
        if self.runs["bare"].seen.stopped:
            yield f"bare: {self.runs['bare'].seen.stopped}"
        yield from (f"bare: {problem}" for problem in broken_files(self.runs["bare"].seen))
        for mode in ("observe", self.final):
            yield from (f"{mode}: {difference}" for difference in self.differences(mode))
        yield from (f"Garrison did not propose {line}" for line in self.unprinted)
        asleep = (control for control in self.runs[self.final].silent if control not in self.recipe.opened)
        yield from (f"{self.final}: {control} did not act" for control in asleep)


def run_app(name: str, browser: Browser, say: Say) -> Result:
    """Install an app if need be, and run it in each mode."""
    recipe = recipe_of(name)
    refuse_wide_lines(recipe)
    python = prepare(name, say)
    version = pinned(sections(LOCK.read_text())[name], recipe.distribution)
    modes = MODES if recipe.adopts else MODES[:-1]
    return Result(name, recipe, version, {mode: _run(name, recipe, mode, python, browser, say) for mode in modes})


def _run(name: str, recipe: Recipe, mode: str, python: Path, browser: Browser, say: Say) -> Run:
    say(f"{name}: {mode}")
    # The same folder for each mode, since apps show it on their pages; kept under the mode's name afterwards.
    folder, kept = WORK / name / "now", WORK / name / mode
    for old in (folder, kept):
        shutil.rmtree(old, ignore_errors=True)
    folder.mkdir(parents=True)
    with running(python, name, mode, folder) as place:
        seen = _visit(recipe, Visit(browser.new_context().new_page(), place))
        asleep = silent(place) if mode in ENFORCING else []
    run = Run(seen, _events(folder / EVENTS), _facts(folder / FACTS), asleep)
    (folder / "seen.json").write_text(json.dumps(seen.as_dict(), indent=1))
    folder.rename(kept)
    return run


def _visit(recipe: Recipe, visit: Visit) -> Seen:
    from playwright.sync_api import Error

    seen = visit.seen
    try:
        recipe.visit(visit)
        seen.stored = json.dumps(recipe.stored(visit.place))
    except Error as error:
        seen.stopped = " ".join(str(error).split())[:300]
        visit.page.screenshot(path=visit.place.folder / "stopped.png")
    finally:
        visit.page.context.close()
    return seen


def _events(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


def _facts(file: Path) -> dict[str, int]:
    facts: dict[str, int] = json.loads(file.read_text()) if file.exists() else {}
    return facts
