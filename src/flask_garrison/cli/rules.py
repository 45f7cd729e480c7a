"""``garrison rules``: what the audits look for."""

from __future__ import annotations

import json
from typing import Any

import click

from .frame import deliver
from .options import format_option


@click.command(short_help="List the rules, or explain one.")
@click.option("--explain", metavar="RULE", help="Print the page of one rule.")
@format_option()
def rules(explain: str | None, form: str) -> None:
    """List the rules of this version, or explain one."""
    if explain is not None:
        deliver(explained(explain))
    elif form == "json":
        deliver(json.dumps({"rules": _rows()}, indent=2) + "\n")
    else:
        rows = _rows()
        width = max(len(row["id"]) for row in rows) + 2
        deliver("".join(f"{row['severity']:<9}{row['kind']:<10}{row['id']:<{width}}{row['title']}\n" for row in rows))


def explained(identifier: str) -> str:
    """Return the page of one rule; an unknown id is an error that names the nearest one."""
    from ..audit.catalogue import rule_named
    from ..audit.page import page

    return page(rule_named(identifier))


def _rows() -> list[dict[str, Any]]:
    from ..audit.catalogue import all_checks

    return [
        {
            "id": check.rule.id,
            "kind": check.rule.kind,
            "control": check.rule.control,
            "severity": check.rule.severity.label,
            "cwe": list(check.rule.cwe),
            "asvs": list(check.rule.asvs),
            "title": check.rule.title,
        }
        for check in all_checks().values()
    ]
