"""Connections to databases on other machines, encrypted or not."""

from __future__ import annotations

import ssl
from typing import Any

import pytest
import sqlalchemy
from flask import Flask

from tests.audit.answers.support import shown
from tests.audit.support import make, of_app

RULE = "transport.plain-database"
PG, MY = "postgresql+psycopg://shop@db.shop.example/shop", "mysql+pymysql://shop@db.shop.example/shop"
NAME = "app.config['ENGINE']"


def shop(url: str, **options: Any) -> Flask:
    app = make()
    app.config["ENGINE"] = sqlalchemy.create_engine(url, **options)
    return app


@pytest.mark.parametrize(
    ("url", "arguments", "expected"),
    [
        (PG, {}, ("-", "does not ask for encryption")),
        (f"{PG}?sslmode=disable", {}, ("-", "does not insist on encryption (sslmode=disable)")),
        (f"{PG}?sslmode=prefer", {}, ("-", "does not insist on encryption (sslmode=prefer)")),
        (f"{PG}?sslmode=require", {}, ("low", "encrypts without checking the certificate")),
        (f"{PG}?sslmode=verify-full", {}, None),
        (PG, {"sslmode": "verify-ca"}, None),
        (f"{PG}?service=shop", {}, None),
        (MY, {}, ("-", "does not ask for encryption")),
        (f"{MY}?ssl_ca=/etc/ca.pem", {}, None),
        (MY, {"ssl": ssl.create_default_context()}, None),
        (PG.replace("db.shop.example", "10.0.0.7"), {}, ("info", "does not ask for encryption")),
        (PG.replace("db.shop.example", "db"), {}, ("info", "does not ask for encryption")),
    ],
)
def test_addresses(url: str, arguments: dict[str, Any], expected: tuple[str, str] | None) -> None:
    wanted = [] if expected is None else [(expected[0], f"{NAME} {expected[1]}")]
    assert shown(of_app(RULE, shop(url, connect_args=arguments), environ={})) == wanted


def test_the_environment_of_libpq() -> None:
    assert of_app(RULE, shop(PG), environ={"PGSSLMODE": "verify-full"}) == []


@pytest.mark.parametrize("url", ["sqlite://", PG.replace("db.shop.example", "localhost"), f"{PG}?host=/run/postgresql"])
def test_what_stays_on_the_machine(url: str) -> None:
    assert of_app(RULE, shop(url)) is None


def test_a_function_that_connects() -> None:
    reason = ("?", "a function of the application connects")
    assert shown(of_app(RULE, shop(PG, creator=lambda: None), environ={})) == [reason]
