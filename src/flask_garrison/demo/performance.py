"""Runs every attack and every honest visit on both apps."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from . import chromium, example
from .attacker import attacker_serving
from .attacks import ATTACKS, Attack
from .events_log import EventLog, recording
from .honest import VISITS, Visit
from .loopback import HOST, serving
from .results import DemoResult, Outcome, Row
from .stage import Stage

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Tell = Callable[[str], None]


@dataclass(frozen=True)
class _Theatre:
    """The two apps side by side."""

    bare: Stage
    guarded: Stage
    log: EventLog
    browser: Browser | None


def perform(*, browser: bool = True, tell: Tell = lambda words: None, folder: Path | None = None) -> DemoResult:
    """Attack both apps and return what was seen.

    Args:
        browser: Whether to use Chromium where it is found; without it the attacks are sent as raw HTTP.
        tell: Called with each line of progress.
        folder: Where ``events.jsonl`` and ``app.log`` go; a new temporary folder by default. Both are kept.
    """
    folder = folder or Path(tempfile.mkdtemp(prefix="garrison-demo-"))
    started = time.monotonic()
    with _set(browser, tell, folder) as theatre:
        attacks = tuple(_attack(theatre, attack, tell) for attack in ATTACKS)
        visits = tuple(row for visit in VISITS if (row := _visit(theatre, visit, tell)) is not None)
        version = f"Chromium {theatre.browser.version}" if theatre.browser else ""
    seconds = round(time.monotonic() - started, 1)
    return DemoResult(attacks, visits, version, seconds, str(folder / "events.jsonl"))


@contextmanager
def _set(wanted: bool, tell: Tell, folder: Path) -> Iterator[_Theatre]:
    with ExitStack() as stack:
        log = stack.enter_context(recording(folder / "events.jsonl"))
        stack.enter_context(example.logging_to(folder / "app.log"))
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="garrison-demo-data-")))
        browser = stack.enter_context(chromium.opened(wanted, tell))
        attacker = stack.enter_context(attacker_serving())

        def stage(name: str) -> Stage:
            database = scratch / f"{name}.sqlite"
            port = stack.enter_context(serving(example.build(database, guarded=name == "guarded")))
            return Stage(name, f"http://{HOST}:{port}", database, attacker, browser)

        yield _Theatre(stage("bare"), stage("guarded"), log, browser)


def _attack(theatre: _Theatre, attack: Attack, tell: Tell) -> Row:
    tell(f"{attack.title}: {attack.story}")
    strike = attack.in_browser if theatre.browser else attack.over_http
    bare = _try(strike, theatre.bare)
    mark = theatre.log.mark()
    guarded = _try(strike, theatre.guarded)
    # Without a browser nobody sends a report, and the policy is judged by its text.
    seconds = 2.0 if theatre.browser else 0.0
    told = theatre.log.since(mark, attack.control, seconds)
    return Row(attack.slug, attack.title, bare, replace(guarded, events=told), attack.gap)


def _visit(theatre: _Theatre, visit: Visit, tell: Tell) -> Row | None:
    act = visit.in_browser if theatre.browser else visit.without_browser
    if act is None:
        return None
    tell(f"Honest: {visit.title}")
    bare = _try(act, theatre.bare)
    mark = theatre.log.mark()
    guarded = _try(act, theatre.guarded)
    refused = tuple(event for event in theatre.log.since(mark) if event.outcome == "refused")
    return Row(visit.slug, visit.title, bare, replace(guarded, events=refused))


def _try(act: Callable[[Stage], Outcome], stage: Stage) -> Outcome:
    """Run an attack or a visit; what cannot be tried (a page that never comes) is said, and counts as a problem."""
    try:
        return act(stage)
    except Exception as error:
        first = str(error).strip().partition("\n")[0]
        return Outcome(False, "", error=f"{type(error).__name__}: {first}")
