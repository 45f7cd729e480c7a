"""The report for programs: the JSON contract, equal for equal runs."""

from __future__ import annotations

import json

from ..findings import Report


def render_json(report: Report) -> str:
    """Return the report as JSON, UTF-8 safe, with a line break at the end."""
    return json.dumps(report.as_dict(), indent=2) + "\n"
