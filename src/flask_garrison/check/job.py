"""The part of ``garrison check`` that runs in the child process: everything for which the application must be there."""

from __future__ import annotations

import base64
import os
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from flask import Flask

from ..audit.catalogue import chapters_that_read
from ..audit.engine import Outcome, judge
from ..audit.inspected import Inspected
from ..audit.inspection import inspect_app
from ..audit.observed import Observed
from ..findings import Finding, NotChecked
from ..target.answers import Answer
from ..target.choices import Choices
from ..target.users import LoginStep
from .asvs import sighted_in
from .login import Account
from .visits import Wishes, visit

SHORTEST = 4
"""Characters of the shortest password that is masked: a shorter one stands in ordinary words."""


def main(app: Flask, spec: Mapping[str, Any], progress: Callable[[str], None]) -> dict[str, Any]:
    """Audit an application and judge its answers.

    Args:
        spec: What :func:`~flask_garrison.check.run.spec_of` made; with ``record`` every answer is returned too,
            with ``asvs`` what :func:`~flask_garrison.check.asvs.sighted_in` saw.

    Returns:
        JSON: ``findings``, ``not_checked``, ``ran``, ``not_applicable``, ``looked_at``, ``roots``, ``out_of_scope``,
        ``guarded``, ``counts``, and ``answers`` where they were asked for.

    Raises:
        TargetError: where ``[target]`` of ``garrison.toml`` names what is not there.
    """
    allow = frozenset(spec.get("allow", ()))
    inspected = Inspected(app, Path(spec["root"]), os.environ, _path(spec.get("server_config")), allow)
    # The audit first: it is to see the application as nobody has touched it.
    inspection = inspect_app(inspected, progress)
    sighted = sighted_in(inspected) if spec.get("asvs") else {}
    seen = visit(app, _wishes(spec), progress)
    progress("judging the answers")
    outcome = inspection.outcome
    outcome.add(judge("answers", Observed(inspected, seen.answers)))
    chapters = chapters_that_read("answers")
    outcome.not_checked += [replace(entry, chapters=chapters) for entry in seen.not_checked]
    result = {
        **_of_outcome(outcome.settled()),
        "looked_at": {**inspection.looked_at, "answers": len(seen.answers)},
        "roots": [str(root) for root in inspection.roots],
        "out_of_scope": seen.out_of_scope,
        "guarded": inspected.policy is not None,
        "counts": _counts(seen.answers, seen.requests),
        **sighted,
    }
    if spec.get("record"):
        result["answers"] = [_recorded(answer) for answer in seen.answers]
    return _without(result, [user["password"] for user in spec["users"]])


def _path(text: str | None) -> Path | None:
    return None if text is None else Path(text)


def _wishes(spec: Mapping[str, Any]) -> Wishes:
    return Wishes(
        choices=Choices(**{key: tuple(value) for key, value in spec["choices"].items()}),
        accounts=[Account(user["name"], user["password"]) for user in spec["users"]],
        login=[LoginStep(**step) for step in spec["login"]],
        seconds=spec["seconds"],
        seconds_each=spec["seconds_each"],
    )


def _of_outcome(outcome: Outcome) -> dict[str, Any]:
    return {
        "findings": [_of_finding(finding) for finding in outcome.findings],
        "not_checked": [_of_not_checked(entry) for entry in outcome.not_checked],
        "ran": sorted(outcome.ran),
        "not_applicable": sorted(outcome.not_applicable),
    }


def _of_finding(finding: Finding) -> dict[str, Any]:
    return finding.as_dict() | {"subject": finding.subject}


def _of_not_checked(entry: NotChecked) -> dict[str, Any]:
    return entry.as_dict() | {"chapters": list(entry.chapters)}


def _counts(answers: list[Answer], requests: int) -> dict[str, Any]:
    return {
        "requests": requests,
        "by_case": dict(sorted(Counter(answer.case for answer in answers).items())),
        "by_status": {str(status): count for status, count in sorted(Counter(one.status for one in answers).items())},
    }


def _recorded(answer: Answer) -> dict[str, Any]:
    return {
        "case": answer.case,
        "method": answer.method,
        "url": answer.url,
        "route": answer.route,
        "endpoint": answer.endpoint,
        "user": answer.user,
        "sent": list(answer.sent),
        "status": answer.status,
        "headers": list(answer.headers),
        "body": base64.b64encode(answer.body).decode("ascii"),
        "size": answer.size,
        "twin": answer.twin,
        "raised": answer.raised,
    }


def _without(result: dict[str, Any], secrets: list[str]) -> dict[str, Any]:
    """Return the result with no password in what comes from the application; nothing should have put one there."""
    for finding in result["findings"]:
        for part in ("title", "evidence", "fix"):
            finding[part] = _masked(finding[part], secrets)
    for entry in result["not_checked"]:
        entry["reason"] = _masked(entry["reason"], secrets)
    return result


def _masked(value: Any, secrets: list[str]) -> Any:
    if isinstance(value, str):
        for secret in secrets:
            value = value.replace(secret, "...") if len(secret) >= SHORTEST else value
        return value
    if isinstance(value, dict):
        return {key: _masked(item, secrets) for key, item in value.items()}
    return [_masked(item, secrets) for item in value] if isinstance(value, list | tuple) else value
