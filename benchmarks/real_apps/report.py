"""The report, in Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from .compare import policy_text, view_text
from .probes import PROBES
from .run import Result, Run

HEAD = (
    "| app | version | CSP violations in observe | broke in enforce, no lines | policy lines | printed by Garrison "
    "| result with lines | controls enforcing | shown to act | endpoints with a line |\n"
    "|---|---|---|---|---|---|---|---|---|---|"
)

FILES_HEAD = (
    "| app | way | file | bytes | bare: as it was sent | observe | enforce, no lines | result with lines |\n"
    "|---|---|---|---|---|---|---|---|"
)


def table(results: Iterable[Result]) -> str:
    """Return one row an app."""
    return "\n".join((HEAD, *(_row(result) for result in results)))


def transfers(results: Iterable[Result]) -> str:
    """Return one row for each upload and download of each app."""
    return "\n".join((FILES_HEAD, *(row for result in results for row in _file_rows(result))))


def _file_rows(result: Result) -> Iterator[str]:
    title = result.recipe.title
    for name, one in result.runs["bare"].seen.files.items():
        whole = "-" if one.whole is None else "yes" if one.whole else "no"
        same = (_same_file(result, mode, name) for mode in ("observe", "enforce", result.final))
        yield f"| {title} | {one.way} | {name} | {one.size:,} | {whole} | {' | '.join(same)} |"


def _same_file(result: Result, mode: str, name: str) -> str:
    files = result.runs[mode].seen.files
    if name not in files:
        return "not reached"
    return "same" if files[name] == result.runs["bare"].seen.files[name] else "differs"


def _row(result: Result) -> str:
    lines = [policy_text(setting, values) for setting, values in result.recipe.lines.items()]
    lines += [view_text(endpoint, settings) for endpoint, settings in result.recipe.views.items()]
    facts = result.runs[result.final].facts
    cells = (
        result.recipe.title,
        result.version,
        _listed(_kinds(result.runs["observe"])),
        str(len(result.differences("enforce"))) if result.differences("enforce") else "nothing",
        "<br>".join(f"`{line}`" for line in lines) or "none",
        _printed(result, lines),
        "differs" if list(result.problems()) else "same as bare",
        f"{facts.get('enforcing', 0)} of {facts.get('controls', 0)}",
        f"{len(PROBES) - len(result.runs[result.final].silent)} of {len(PROBES)}",
        f"{_loosened(result)} of {facts.get('endpoints', 0)}",
    )
    return "| " + " | ".join(cells) + " |"


def _loosened(result: Result) -> int:
    """Return how many endpoints a line names."""
    named = {value for values in result.recipe.lines.values() for value in values}
    return len(named | set(result.recipe.views))


def _printed(result: Result, lines: list[str]) -> str:
    if not lines:
        return "-"
    return f"no: {', '.join(result.unprinted)}" if result.unprinted else "yes, each"


def _kinds(run: Run) -> Counter[str]:
    """Count the violations that a page was told of, by what was blocked."""
    return Counter(one.kind for one in run.seen.violations)


def _listed(kinds: Counter[str]) -> str:
    return "<br>".join(f"{count} x {kind}" for kind, count in sorted(kinds.items())) or "none"


def details(results: Iterable[Result]) -> str:
    """Return, for each app and mode, what differed and what Garrison said."""
    return "\n".join(line for result in results for line in _details_of(result))


def _details_of(result: Result) -> Iterator[str]:
    yield f"\n## {result.recipe.title} {result.version}\n"
    yield f"Change: {result.recipe.change}; stored: `{result.runs['bare'].seen.stored}`."
    bare = result.runs["bare"].seen
    yield f"Bare: {len(bare.pages)} pages, {len(bare.errors)} console errors, {len(bare.failures)} failed requests."
    for mode, run in result.runs.items():
        if mode == "bare":
            continue
        yield f"\n### {mode}\n"
        yield from (f"- {difference}" for difference in result.differences(mode))
        yield from (f"- violation: {count} x {kind}" for kind, count in sorted(_kinds(run).items()))
        yield from (f"- Garrison: {advice}" for advice in sorted(run.advice))
