"""Which answers a rule is about, and the one finding that it makes of those that are wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ...target.answers import STAND_IN, Answer
from ..facts.own_code import is_own, names_in
from ..inspected import Inspected
from ..observed import Observed, seen_in
from ..rule import Match, Rule
from .masking import masked

REDIRECTS = (301, 302, 303, 307, 308)
_BODILESS = (204, 205, 304)
_NOT_SHOWN = ("HEAD", "OPTIONS", "TRACE")
_RENDERERS = frozenset(
    ["render", "render_template", "render_template_string", "stream_template", "stream_template_string"]
)


def is_redirect(answer: Answer) -> bool:
    """Return whether a browser goes elsewhere without showing the body."""
    return answer.status in REDIRECTS and "Location" in answer.headers


def has_content(answer: Answer) -> bool:
    """Return whether it carries something that a browser shows, runs or stores."""
    carries = bool(answer.body or answer.size) and answer.status not in _BODILESS
    return carries and answer.method not in _NOT_SHOWN and not is_redirect(answer)


def contents(observed: Observed) -> list[Answer]:
    """Return the answers that carry something."""
    return observed.where(has_content)


def documents(observed: Observed) -> list[Answer]:
    """Return the answers that a browser shows as a page whose scripts run.

    The page that answered in place of a view counts where the application makes pages itself: an interface for
    programs alone has none.
    """
    pages = observed.where(lambda answer: answer.is_page and has_content(answer))
    own = [answer for answer in pages if not _stands_in(answer)]
    return pages if _makes_pages(observed, own) else own


def _stands_in(answer: Answer) -> bool:
    return answer.case == "stand-in" or STAND_IN in answer.body


def _makes_pages(observed: Observed, own: list[Answer]) -> bool:
    if any(answer.status < 400 for answer in own):
        return True
    if not any(answer.content_type.endswith("json") for answer in contents(observed)):
        return True  # Nothing says that it answers programs.
    inspected = observed.inspected
    views = (route.view for route in inspected.routes if is_own(inspected, route.view))
    return any(not _RENDERERS.isdisjoint(names_in(view)) for view in views)


def some(select: Callable[[Observed], list[Answer]]) -> Callable[[Observed], bool]:
    """Return what a rule needs: that there are answers of a kind."""
    return lambda observed: bool(select(observed))


def problem(
    rule: Rule,
    inspected: Inspected,
    words: str,
    found: Sequence[Answer],
    among: Sequence[Answer],
    noun: str,
    *,
    header: str | None = None,
    **more: Any,
) -> Match:
    """Return one finding for everything that is wrong in the same way.

    Args:
        words: The problem, the same in every run: the fingerprint is made of it.
        found: The answers that are wrong.
        among: Those that were looked at.
        noun: What they are, in the plural.
        header: Shown as evidence.
        more: Other fields of the match.
    """
    counted = f"{words} on {len(found)} of {len(among)} {noun}"
    if all(answer.status >= 400 for answer in found) and any(answer.status < 400 for answer in among):
        counted += ", all of them errors"
    more.setdefault("subject", words)
    if inspected.mode(rule.control) == "observe":
        counted += ", while Garrison only observes"
        more["fix"] = "\n\n".join(filter(None, (more.get("fix", ""), _enforcing(rule.control))))
    evidence = masked(inspected.app, seen_in(found, header))
    return Match(counted, route=only_route(found), evidence=evidence, **more)


def _enforcing(control: str) -> str:
    return f'Garrison observes this control. To enforce it: modes={{"{control}": "enforce"}}'


def only_route(found: Sequence[Answer]) -> str | None:
    """Return the route of answers that all belong to the same, else ``None``."""
    routes = {answer.route for answer in found}
    return routes.pop() if len(routes) == 1 else None


def only_errors(found: Sequence[Answer]) -> bool:
    """Return whether all of these answers refuse or fail, so that what they carry is seldom anybody's input."""
    return all(answer.status >= 400 for answer in found)
