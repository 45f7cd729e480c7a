"""Violation reports in both of their forms: ``report-uri`` (CSP Level 2) and the Reporting API (CSP Level 3)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

MAX_REPORTS = 20
"""Browsers send several reports in one body; of a longer list the rest is not read, and the event says so."""
_MAX_WORD = 100


@dataclass(frozen=True, slots=True)
class Report:
    """One violation, as far as it is readable; every text comes from a client.

    Attributes:
        kind: ``csp-violation``, or another type of the Reporting API such as ``deprecation``.
        directive: The effective directive, lower case.
        blocked: ``inline``, ``eval`` and the like, or the blocked URL without its query.
        page: Path of the page, without its query.
        enforced: Whether the browser stopped it (a report-only policy does not).
    """

    kind: str
    directive: str
    blocked: str
    page: str
    page_origin: str
    source: str
    line: int
    sample: str
    enforced: bool

    def facts(self) -> dict[str, object]:
        """Return what goes into the event's detail."""
        return {
            "directive": self.directive,
            "blocked": self.blocked,
            "page": self.page,
            "source": self.source,
            "line": self.line,
            "sample": self.sample,
        }


def parse_reports(body: bytes) -> list[Report] | None:
    """Return the reports of one body, at most ``MAX_REPORTS``; ``None`` if it is not a report at all."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if isinstance(data, Mapping):
        inner = data.get("csp-report")
        return [_from_report_uri(inner)] if isinstance(inner, Mapping) else None
    if not isinstance(data, list) or not all(isinstance(one, Mapping) for one in data):
        return None
    return [_from_reporting_api(one) for one in data[:MAX_REPORTS]]


def _from_report_uri(report: Mapping[str, Any]) -> Report:
    words = str(report.get("effective-directive") or report.get("violated-directive") or "")
    return _report(
        kind="csp-violation",
        directive=words,
        blocked=report.get("blocked-uri"),
        page=report.get("document-uri"),
        source=report.get("source-file"),
        line=report.get("line-number"),
        sample=report.get("script-sample"),
        disposition=report.get("disposition"),
    )


def _from_reporting_api(report: Mapping[str, Any]) -> Report:
    body = report.get("body")
    body = body if isinstance(body, Mapping) else {}
    return _report(
        kind=str(report.get("type") or "unknown"),
        directive=str(body.get("effectiveDirective") or ""),
        blocked=body.get("blockedURL"),
        page=body.get("documentURL") or report.get("url"),
        source=body.get("sourceFile"),
        line=body.get("lineNumber"),
        sample=body.get("sample"),
        disposition=body.get("disposition"),
    )


def _report(
    *, kind: str, directive: str, blocked: Any, page: Any, source: Any, line: Any, sample: Any, disposition: Any
) -> Report:
    page_text = str(page or "")
    return Report(
        kind=kind[:_MAX_WORD],
        directive=(directive.split() or [""])[0].lower()[:_MAX_WORD],
        blocked=_without_query(str(blocked or "")),
        page=_path(page_text),
        page_origin=_origin(page_text),
        source=_without_query(str(source or "")),
        line=line if isinstance(line, int) and not isinstance(line, bool) else 0,
        sample=str(sample or "")[:_MAX_WORD],
        enforced=disposition == "enforce",
    )


def _without_query(url: str) -> str:
    # Queries carry search terms, tokens and addresses; none of that belongs into a log.
    return url.partition("?")[0].partition("#")[0]


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def _origin(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
