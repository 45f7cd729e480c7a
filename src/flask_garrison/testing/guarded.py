"""``assert_guarded``: every proof, on one application, with the exceptions that its author named."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask

from .hole import Hole
from .proofs import PROOFS
from .subject import without_side_effects


def assert_guarded(app: Flask, *, except_for: Mapping[str, str] | tuple[()] = ()) -> None:
    """Attack every route of ``app`` in this process and raise for each attack that got through.

    No view and no hook of the application runs: stand-ins answer in their place. The exception handlers, the sessions
    and everything that other extensions hang into the application do run.

    Args:
        app: The application, guarded already.
        except_for: What may stay open: an endpoint or the id of a control, each with the reason. An entry that
            nothing needs is an error too, since it would hide the next hole.

    Raises:
        AssertionError: naming each hole with its route and the line that mends it.
    """
    reasons = dict(except_for)
    _refuse_without_reason(reasons)
    if "garrison" not in app.extensions:
        raise AssertionError(f"{app.name} is not guarded at all; mend: Garrison(app)")
    with without_side_effects(app) as subject:
        holes = [hole for proof in PROOFS for hole in proof(subject)]
        unreachable = sorted(set(subject.unreachable))
    problems = [str(hole) for hole in holes if not _excepted(hole, reasons)]
    problems += _unneeded(holes, reasons)
    problems += [_unreachable(rule) for rule in unreachable if rule not in reasons]
    if problems:
        raise AssertionError(f"{app.name} is not guarded ({len(problems)}):\n" + "\n".join(problems))


def _refuse_without_reason(reasons: Mapping[str, str]) -> None:
    for name, reason in reasons.items():
        if not isinstance(reason, str) or not reason.strip():
            raise AssertionError(f'except_for: {name!r} needs a reason: except_for={{"{name}": "why"}}')


def _excepted(hole: Hole, reasons: Mapping[str, str]) -> bool:
    return hole.control in reasons or (bool(hole.endpoint) and hole.endpoint in reasons)


def _unneeded(holes: list[Hole], reasons: Mapping[str, str]) -> list[str]:
    needed = {hole.control for hole in holes} | {hole.endpoint for hole in holes}
    # A rule begins with a slash; it excuses that no address could be made for it.
    unneeded = [name for name in reasons if name not in needed and not name.startswith("/")]
    return [f"except_for: {name!r} is not needed: nothing is open there\n    mend: take it out" for name in unneeded]


def _unreachable(rule: str) -> str:
    return f"{rule}: not checked, no address could be made for it\n    mend: except_for={{{rule!r}: 'why'}}"
