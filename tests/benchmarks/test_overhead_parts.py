"""The overhead benchmark without its clock: honest requests pass, and its checks see a protection that does nothing."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from benchmarks.overhead_parts import figures, report
from benchmarks.overhead_parts.acts import CHECKS, is_bare, problems_of
from benchmarks.overhead_parts.environment import LOCK, child_env
from benchmarks.overhead_parts.rounds import ProtectionError, Worker, refuse_problems
from benchmarks.overhead_parts.sides import SIDES
from benchmarks.overhead_parts.site import fill_database
from benchmarks.overhead_parts.starts import start
from benchmarks.overhead_parts.titles import SIDE_TITLES, WORKLOAD_TITLES
from benchmarks.overhead_parts.visitor import Prepared, Visitor
from benchmarks.overhead_parts.worker import turn
from benchmarks.overhead_parts.workloads import FIELDS, WORKLOADS, HonestRequestError, prepare_all

# The peers that only the benchmark's own environment has are proved by the benchmark itself, before it measures.
INSTALLED = [name for name, side in SIDES.items() if side.is_installed()]
ACTING = {check for name, checks in CHECKS.items() if name != "bare" for check in checks}

Build = Callable[..., Any]


@pytest.fixture
def build(tmp_path: Path) -> Callable[[str], Build]:
    fill_database(tmp_path / "shop.sqlite")
    return lambda side: partial(SIDES[side].build, tmp_path / "shop.sqlite")


def test_the_sides_that_need_no_environment_of_their_own_are_tested() -> None:
    assert {"bare", "wtf", "login", "garrison"} <= set(INSTALLED)


@pytest.mark.parametrize("side", INSTALLED)
def test_protections_act(side: str, build: Callable[[str], Build]) -> None:
    assert problems_of(side, build(side)) == []


@pytest.mark.parametrize("check", sorted(ACTING, key=lambda check: check.__name__))
def test_a_check_sees_a_protection_that_does_nothing(check: Any, build: Callable[[str], Build]) -> None:
    assert list(check(build("bare")))


def test_a_guarded_app_is_not_taken_for_bare(build: Callable[[str], Build]) -> None:
    assert len(list(is_bare(build("garrison")))) == 2


def test_nothing_that_a_check_provokes_is_logged(
    build: Callable[[str], Build], caplog: pytest.LogCaptureFixture
) -> None:
    problems_of("garrison", build("garrison"))
    assert not caplog.records


@pytest.mark.parametrize("side", INSTALLED)
def test_honest_requests_pass_again_and_again(side: str, build: Callable[[str], Build]) -> None:
    app = build(side)()
    for name, request in prepare_all(app).items():
        assert [request.send(app).status for _ in range(2)] == [WORKLOADS[name].status] * 2


@pytest.mark.parametrize("side", INSTALLED)
def test_every_side_is_sent_the_same(side: str, build: Callable[[str], Build]) -> None:
    bare, guarded = prepare_all(build("bare")()), prepare_all(build(side)())
    own = {"HTTP_COOKIE", "HTTP_X_CSRFTOKEN", "CONTENT_LENGTH"}
    for name, request in guarded.items():
        assert _comparable(request, own) == _comparable(bare[name], own)
        assert re.sub(rb"&csrf_token=[^&]+", b"", request.body) == bare[name].body


def _comparable(request: Prepared, without: set[str]) -> dict[str, object]:
    return {key: value for key, value in request.environ.items() if isinstance(value, str) and key not in without}


def test_workloads_are_of_the_size_that_the_tables_say() -> None:
    assert len(FIELDS) == 15
    assert 1_950 <= len(WORKLOADS["post_json"].body) <= 2_150
    assert list(WORKLOADS) == list(WORKLOAD_TITLES)
    assert list(SIDES) == list(SIDE_TITLES) == list(CHECKS)


def test_a_refused_honest_request_is_an_error(build: Callable[[str], Build]) -> None:
    app = build("bare")()
    app.before_request(lambda: ("no", 403))
    with pytest.raises(HonestRequestError, match="403"):
        prepare_all(app)


def test_a_dead_protection_stops_the_run() -> None:
    workers = [SimpleNamespace(side="wtf", problems=["It sleeps."]), SimpleNamespace(side="bare", problems=[])]
    with pytest.raises(ProtectionError, match=r"^wtf: It sleeps\.$"):
        refuse_problems(cast("list[Worker]", workers))


def test_a_turn_sends_every_request_and_reads_every_body() -> None:
    closed: list[bytes] = []

    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        body = environ["wsgi.input"].read()
        start_response("200 OK", [])
        yield body
        closed.append(body)

    request = Visitor().prepare("POST", "/", body=b"word", content_type="text/plain")
    assert len(turn(app, request, slices=3, requests=2)) == 3
    assert closed == [b"word"] * (5 + 3 * 2)


def test_cookies_are_kept_and_deleted() -> None:
    visitor = Visitor()
    cookies = ["a=1; Path=/", "theme=; Max-Age=0", "consent=; Expires=Thu, 01 Jan 1970 00:00:00 GMT"]

    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        start_response("200 OK", [("Set-Cookie", cookie) for cookie in cookies])
        return [b""]

    visitor.get(app, "/")
    assert visitor.cookies == {"a": "1"}


def test_costs_are_compared_round_by_round() -> None:
    samples = {
        "page": {"bare": [100e3, 200e3, 100e3], "four": [300e3, 400e3, 300e3], "garrison": [150e3, 250e3, 149e3]}
    }
    cost = figures.costs_of(samples)["page"]["garrison"]
    assert (cost.microseconds, cost.ratio, cost.added, cost.share) == (150, 1.49, 50, 0.25)


def test_budgets_are_judged() -> None:
    samples = {"page": {"bare": [100.0], "four": [300.0], "garrison": [220.0]}}
    one, heavy = {"cpu": 100.0, "clock": 110.0, "memory": 20_000}, {"cpu": 120.0, "clock": 110.0, "memory": 30_000}
    starts = {stage: {"bare": [one], "four": [heavy], "garrison": [heavy]} for stage in ("import", "plain", "page")}
    verdicts = figures.verdicts_of(figures.costs_of(samples), figures.starts_of(starts))
    assert [(verdict.measured, verdict.holds) for verdict in verdicts] == [
        (0.6, False),
        (1.2, False),
        (1.2, True),
        (1.2, True),
        (10.24, True),
    ]
    assert "**broken**" in report.verdict_table(verdicts)


def test_a_table_is_markdown() -> None:
    assert report.table(["", "x"], [["bare", "1.00"]]) == "|      | x    |\n| ---- | ---: |\n| bare | 1.00 |"


@pytest.mark.parametrize("subject", ["bare", "garrison"])
def test_a_fresh_process_answers_once(subject: str) -> None:
    measured = start(Path(sys.executable), subject, "page", child_env())
    assert measured["cpu"] > 0
    assert 1_000 < measured["memory"] < 1_000_000


def test_child_processes_keep_compiled_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    assert "PYTHONDONTWRITEBYTECODE" not in child_env()


def test_peers_are_locked_by_hash_and_by_no_host() -> None:
    text = LOCK.read_text()
    pinned = re.findall(r"^([a-z0-9-]+)==\S+ .*\\\n    --hash=sha256:", text, re.MULTILINE)
    assert {"flask-talisman", "flask-wtf", "flask-limiter", "flask-login", "secure"} <= set(pinned)
    assert "://" not in text
