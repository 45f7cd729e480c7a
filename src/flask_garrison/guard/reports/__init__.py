"""Control ``headers.reports``: the collector to which browsers send what a policy stopped.

It answers before the application's own hooks, so a login hook does not redirect reports away. Whoever can reach the app
can send reports: they are bounded in size and number, and nothing in them is believed beyond the event.
"""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING

from flask import Response
from werkzeug.exceptions import RequestEntityTooLarge

from ...context import SecurityContext
from ...errors import Refusal, RefusedMalformed, RefusedMediaType, RefusedTooLarge, RefusedTooMany
from ...events import name_with, record
from ...policy import Mode
from ..csp.build import TYPES_QUERY
from ..gate import Gate, refuse
from .bucket import Bucket

if TYPE_CHECKING:
    from .parsing import Report

CONTROL = "headers.reports"
TYPES = ("application/csp-report", "application/reports+json", "application/json")


def install(gate: Gate) -> None:
    """Answer at ``policy.report_path``; ``headers`` names it in Reporting-Endpoints.

    The collector also serves observe mode, in which it is needed most; a refusal of a bad report is always enforced,
    since nobody's honest page depends on it.
    """
    mode = gate.mode(CONTROL)
    if mode == "off":
        return
    collector = Collector(gate)
    gate.arrivals.append(collector.arrive)


class Collector:
    """Takes reports, at most ``policy.report_rate`` a minute in this process, those on Trusted Types counted apart."""

    def __init__(self, gate: Gate, mode: Mode = "enforce") -> None:
        self._mode = mode
        self._path = gate.policy.report_path
        self._max_bytes = gate.policy.report_max_bytes
        self._bucket, self._types_bucket = (Bucket(gate.policy.report_rate, 60.0, time.monotonic) for _ in range(2))

    def arrive(self, context: SecurityContext) -> Response | None:
        """Answer a request for the collector's path; leave every other one alone."""
        if context.request.path != self._path:
            return None
        if context.request.method != "POST":
            return Response("Only POST is answered here.\n", 405, {"Allow": "POST", "Content-Type": "text/plain"})
        self._check(context)
        body = self._body(context)
        from .parsing import parse_reports

        reports = parse_reports(body)
        if reports is None:
            self._refuse(context, RefusedMalformed, "The report is not readable.", "malformed", "IE2")
            return None
        for report in reports:
            _record(context, report)
        return Response(status=204)

    def _check(self, context: SecurityContext) -> None:
        if context.request.mimetype not in TYPES:
            self._refuse(context, RefusedMediaType, "Only violation reports are accepted here.", "media type", "IE2")
        # A flood of the one kind must not keep the other from being heard.
        types = context.request.query_string == TYPES_QUERY.encode()
        if not (self._types_bucket if types else self._bucket).take():
            self._refuse(
                context, RefusedTooMany, "Too many reports.", "rate", "UT4", event="excess_rate_limit_exceeded"
            )

    def _body(self, context: SecurityContext) -> bytes:
        # One byte more than allowed is read: Werkzeug cuts a chunked body silently at its own limit.
        context.request.max_content_length = self._max_bytes + 1
        body: bytes | None = None
        # A length stated as too large is refused here, so that the limit on bodies need not say it a second time.
        if (context.request.content_length or 0) <= self._max_bytes:
            with suppress(RequestEntityTooLarge):
                body = context.request.get_data(cache=False)
        if body is None or len(body) > self._max_bytes:
            self._refuse(context, RefusedTooLarge, "The report is too large.", "size", "RE7")
        return body or b""

    def _refuse(
        self,
        context: SecurityContext,
        kind: type[Refusal],
        words: str,
        reason: str,
        appsensor: str,
        event: str = "input_validation_fail",
    ) -> None:
        evidence = {"reason": reason}
        refusal = kind(CONTROL, words, event=name_with(event, "report"), evidence=evidence, appsensor=appsensor)
        refuse(context, self._mode, refusal)


def _record(context: SecurityContext, report: Report) -> None:
    from .proposal import propose

    record(
        context,
        name_with("input_validation_fail", report.kind, report.directive),
        control="headers.trusted-types" if "trusted-types" in report.directive else "headers.csp",
        outcome="refused" if report.enforced else "would_refuse",
        appsensor="RP3",
        detail={**report.facts(), **propose(context, report)},
    )
