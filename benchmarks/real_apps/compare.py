"""The criterion: a guarded run shows, says and stores the same as the bare one."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any

from .files import Transfer
from .recipe import Recipe
from .visit import Seen, Violation

_CLIP = 160


def differences(bare: Seen, guarded: Seen, tolerated: Mapping[str, str], noise: Collection[str] = ()) -> list[str]:
    """Return in words each thing in which a guarded run is not the bare one; empty if there is none.

    Args:
        tolerated: Kinds of violations that break nothing. Whatever else they led to still counts.
        noise: Errors that a bare run may show or not.
    """
    return [
        *([f"the visit stopped: {guarded.stopped}"] if guarded.stopped != bare.stopped else ()),
        *_pages(bare.pages, guarded.pages),
        *_files(bare.files, guarded.files),
        *_more("console", bare.errors, _untolerated(guarded.errors, tolerated) - set(noise)),
        *_more("uncaught", bare.crashes, guarded.crashes - set(noise)),
        *_more("request", bare.failures, guarded.failures),
        *_blocked(bare.violations, guarded.violations, tolerated),
        *([f"stored: {guarded.stored} instead of {bare.stored}"] if guarded.stored != bare.stored else ()),
    ]


def _pages(bare: Mapping[str, str], guarded: Mapping[str, str]) -> Iterator[str]:
    for name, look in bare.items():
        if name not in guarded:
            yield f"page {name}: not reached"
        elif guarded[name] != look:
            yield f"page {name}: {_first_change(look, guarded[name])}"


def _first_change(bare: str, guarded: str) -> str:
    """Return the first stretch of words that is not the same."""
    one, other = bare.split(), guarded.split()
    for kind, start, end, begin, stop in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind != "equal":
            return f"{' '.join(one[start:end])!r:.{_CLIP}} became {' '.join(other[begin:stop])!r:.{_CLIP}}"
    return "white space"


def _files(bare: Mapping[str, Transfer], guarded: Mapping[str, Transfer]) -> Iterator[str]:
    for name, one in bare.items():
        other = guarded.get(name)
        if other is None:
            yield f"file {name}: not reached"
        elif other != one:
            yield f"file {name}: {one} became {other}"


def broken_files(seen: Seen) -> Iterator[str]:
    """Yield the files that did not arrive as they were sent: of a bare run, a recipe that shows nothing."""
    yield from (f"file {name}: not what was sent" for name, one in seen.files.items() if one.whole is False)


def _untolerated(errors: Iterable[str], tolerated: Mapping[str, str]) -> set[str]:
    """Leave out the console's words on tolerated violations; the violations themselves are told apart by kind."""
    directives = {kind.split()[0] for kind in tolerated}
    return {
        error
        for error in errors
        if not ("Content Security Policy directive" in error and any(f'"{one}' in error for one in directives))
    }


def _more(what: str, bare: set[str], guarded: set[str]) -> Iterator[str]:
    for text in sorted(guarded - bare):
        yield f"{what}: {text:.{_CLIP}}"


def _blocked(bare: Iterable[Violation], guarded: Iterable[Violation], tolerated: Mapping[str, str]) -> Iterator[str]:
    known = {one.kind for one in bare}
    fresh = {one.kind for one in guarded if one.disposition == "enforce"} - known - set(tolerated)
    for kind in sorted(fresh):
        yield f"blocked: {kind}"


def policy_text(setting: str, values: Iterable[str]) -> str:
    """Return one policy line as it is written in Python."""
    return f"{setting}={json.dumps(list(values))}"


def view_text(endpoint: str, settings: Mapping[str, Any]) -> str:
    """Return one declaration for a view as an event words it."""
    words = ", ".join(f"{setting}={json.dumps(value)}" for setting, value in settings.items())
    return f"@view_policy({words}) on {endpoint}"


def _proposals(endpoint: str, settings: Mapping[str, Any]) -> Iterator[str]:
    """Yield the ways in which an event may word a declaration: how much is enough, it leaves to the operator."""
    yield view_text(endpoint, settings)
    if all(isinstance(value, int) for value in settings.values()):
        yield f"@view_policy({', '.join(f'{setting}=...' for setting in settings)}) on {endpoint!r}"


def unprinted(recipe: Recipe, advice: Iterable[str]) -> list[str]:
    """Return what a recipe declares and no event proposed: each endpoint must stand in one, behind its setting."""
    said = list(advice)
    wanted = [(policy_text(setting, (value,)),) for setting, values in recipe.lines.items() for value in values]
    wanted += [tuple(_proposals(endpoint, settings)) for endpoint, settings in recipe.views.items()]
    return [ways[0] for ways in wanted if not any(way in text for way in ways for text in said)]


def refuse_wide_lines(recipe: Recipe) -> None:
    """Raise if a line of a recipe does more than loosen one thing for some endpoints or origins.

    Raises:
        ValueError: for a mode, or for a value that is not a list of names.
    """
    for setting, values in recipe.lines.items():
        if setting in ("mode", "modes", "csp") or not values or not isinstance(values, tuple):
            raise ValueError(f"{recipe.title}: {setting}={values!r} is no line for endpoints or origins.")
