"""What tests of rules on answers share: answers made by hand, and those of a small real application."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Flask
from werkzeug.datastructures import Headers
from werkzeug.test import Client

from flask_garrison.audit.rule import Match, Unchecked
from flask_garrison.findings import Severity
from flask_garrison.target.answers import Answer
from tests.audit.support import of_answers

SHOP = "https://shop.example"
STRICT = "script-src 'nonce-{}' 'strict-dynamic'; object-src 'none'; base-uri 'none'; form-action 'self'"
NONCES = ("r4nd0mR4nd0mR4nd0mR4ndA", "0th3r0th3r0th3r0th3r0B", "th1rdth1rdth1rdth1rdtC")


def answer(
    path: str = "/",
    *headers: tuple[str, str],
    body: bytes = b"<p>Tea</p>",
    kind: str | None = "text/html; charset=utf-8",
    sent: dict[str, str] | None = None,
    base: str = SHOP,
    **more: Any,
) -> Answer:
    """Return one answer: a page of the shop unless something else is said."""
    typed = [("Content-Type", kind)] if kind else []
    values: dict[str, Any] = {"case": "view", "method": "GET", "status": 200, "route": path, "size": len(body), **more}
    return Answer(
        url=f"{base}{path}",
        headers=Headers([*typed, *headers]),
        body=body,
        sent=Headers(list((sent or {}).items())),
        **values,
    )


def found(rule: str, *answers: Answer, app: Flask | None = None) -> list[tuple[str, str]]:
    """Return severity and title of each finding of a rule, the rule's own severity as ``-``."""
    return shown(of_answers(rule, app or Flask("shop"), *answers))


def shown(results: Iterable[Match | Unchecked] | None) -> list[tuple[str, str]]:
    """Return what a rule said as severity and title."""
    assert results is not None, "the rule is not applicable"
    return [("?", one.reason) if isinstance(one, Unchecked) else (_label(one.severity), one.title) for one in results]


def _label(severity: Severity | None) -> str:
    return "-" if severity is None else severity.label


def is_applicable(rule: str, *answers: Answer) -> bool:
    """Return whether a rule has something to look at."""
    return of_answers(rule, Flask("shop"), *answers) is not None


def real(app: Flask, *requests: tuple[str, str], base: str = SHOP, case: str = "view", **sent: str) -> list[Answer]:
    """Return what an application answers to requests, each a method and a path, as a stranger."""
    app.config["PROPAGATE_EXCEPTIONS"] = False
    headers = {name.replace("_", "-"): value for name, value in sent.items()}
    return [_real(app, method, path, base, case, headers) for method, path in requests]


def _real(app: Flask, method: str, path: str, base: str, case: str, headers: dict[str, str]) -> Answer:
    response = Client(app, use_cookies=False).open(path, method=method, base_url=base, headers=headers)
    body = response.get_data()
    return Answer(
        case=case,
        method=method,
        url=f"{base}{path}",
        route=path.partition("?")[0],
        status=response.status_code,
        headers=Headers(list(response.headers)),
        sent=Headers([("Host", base.partition("://")[2]), *headers.items()]),
        body=body,
        size=len(body),
    )
