"""One ``garrison check``, from the name of an application to its report; the application runs in a child process."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

from ..audit.conclusion import conclude, refuse_unknown_rules, timed
from ..audit.engine import Outcome
from ..audit.inspection import Inspection
from ..controls import Face, Promise, catalogue
from ..findings import NotChecked, Report, Target
from ..findings.reading import finding_from, not_checked_from
from ..target.harness import Attempt, Limits, run_app
from ..target.project import Project, find_project
from ..target.users import User, all_users
from .asvs import asvs_of, basis_of

JOB = "flask_garrison.check.job:main"
OTHERS_LATER = "Dependencies and the attack: garrison deps and garrison pentest come in a later version."
DEFAULT_SECONDS = 120.0
_SHARE = 0.75
"""Of the time of the child that the requests may take; the rest is for loading and judging."""
_LONGEST_REQUEST = 10.0


def check_app(
    name: str | None,
    *,
    users: Sequence[User] = (),
    server_config: Path | None = None,
    project: Project | None = None,
    progress: Callable[[str], None] = lambda words: None,
    allow: Iterable[str] = (),
    limits: Limits | None = None,
    asvs: str | None = None,
    today: date | None = None,
) -> Report:
    """Audit an application and judge its answers to a request for every route and every kind of status.

    Args:
        name: As for :func:`~flask_garrison.target.load_app`.
        users: Log in besides those of ``garrison.toml``.
        server_config: gunicorn's configuration file, or ``None``.
        project: What ``garrison.toml`` says; ``None`` reads the nearest one.
        progress: Told what is being done.
        allow: Names of what the application may do beyond itself.
        limits: Of the child process.
        asvs: ``table`` or ``full`` for a verdict on each requirement of OWASP ASVS too; ``full`` has text list each.
        today: Decides which entries of ``garrison.toml`` have expired.

    Raises:
        TargetError: where the application cannot be loaded or does not come to an end, ``garrison.toml`` is wrong, or
            a password is missing.
    """
    started = time.perf_counter()
    project = find_project(Path.cwd()) if project is None else project
    refuse_unknown_rules(project)
    limits = Limits(seconds=DEFAULT_SECONDS) if limits is None else limits
    allow = frozenset(allow)
    spec = spec_of(project, all_users(users, project.users), limits.seconds, server_config)
    spec["asvs"] = asvs is not None
    spec["allow"] = sorted(allow)
    outcome = run_app(name, JOB, spec, limits=limits, allow=allow, progress=progress)
    inspection = _inspection(outcome.result)
    inspection.outcome.not_checked += _refused(outcome.refused)
    later = (*outcome.result["out_of_scope"], OTHERS_LATER)
    target = Target(kind="app", name=name or "the application of flask")
    report = conclude(target, inspection, project, later=later, today=today)
    if not outcome.result["guarded"]:
        report = replace(report, advice=_what_a_guard_does(report))
    if asvs is not None:
        seen = basis_of(report, outcome.result, inspection.outcome.findings)
        report = replace(report, asvs=asvs_of(seen, full=asvs == "full"))
    return timed(replace(report, layers=tuple(outcome.layers)), time.perf_counter() - started)


def _what_a_guard_does(report: Report) -> tuple[str, ...]:
    """Return how many findings concern a control that Garrison has; some need the application's part as well."""
    enforced = {name for name, control in catalogue().items() if control.promise(Face.ENFORCE) is Promise.BUILT}
    count = sum(finding.control in enforced for finding in report.findings)
    if not count:
        return ()
    return (
        f"Garrison has a guard for what {count} of {len(report.findings)} findings are about; check again with "
        "Garrison(app, hosts=[...]) to see what is left to do.",
    )


def spec_of(
    project: Project, users: Iterable[User], seconds: float, server_config: Path | None = None
) -> dict[str, Any]:
    """Return what the job in the child is told, as JSON.

    Raises:
        TargetError: where a password is missing.
    """
    return {
        "root": str(project.folder),
        "server_config": None if server_config is None else str(server_config.resolve()),
        "users": [{"name": user.name, "role": user.role, "password": user.secret()} for user in users],
        "login": [{**asdict(step), "fields": dict(step.fields), "json": dict(step.json)} for step in project.login],
        "choices": {key: list(value) for key, value in asdict(project.choices).items()},
        "seconds": seconds * _SHARE,
        "seconds_each": min(_LONGEST_REQUEST, seconds / 4),
    }


def _inspection(result: Mapping[str, Any]) -> Inspection:
    outcome = Outcome(
        findings=[finding_from(entry) for entry in result["findings"]],
        not_checked=[not_checked_from(entry) for entry in result["not_checked"]],
        ran=set(result["ran"]),
        not_applicable=set(result["not_applicable"]),
    )
    return Inspection(outcome, Counter(result["looked_at"]), tuple(map(Path, result["roots"])))


def _refused(attempts: Iterable[Attempt]) -> Iterator[NotChecked]:
    """Name what the application was refused: its answers may have been others with it."""
    for attempt in attempts:
        place = f" ({attempt.where})" if attempt.where else ""
        yield NotChecked(
            what=f"What needs {attempt.kind}: {attempt.what}",
            reason=f"the application tried it and was refused{place}",
            how_to_include=f"--allow {attempt.allow}" if attempt.allow else "Run it where it can do without.",
        )
