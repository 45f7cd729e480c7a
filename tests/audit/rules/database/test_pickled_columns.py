"""Columns of objects, whatever the type is wrapped in."""

from __future__ import annotations

import json

import sqlalchemy
from flask import Flask
from flask_sqlalchemy import SQLAlchemy

from tests.audit.answers.support import shown
from tests.audit.support import make, of_app

RULE = "database.pickled-column"


class Basket(sqlalchemy.TypeDecorator):  # type: ignore[type-arg]
    impl = sqlalchemy.PickleType
    cache_ok = True


class AsJson:
    """A serialiser that PickleType takes in place of pickle."""

    @staticmethod
    def dumps(value: object, protocol: int) -> bytes:
        return json.dumps(value).encode()

    loads = staticmethod(json.loads)


def shop(*types: object) -> Flask:
    app = make(SQLALCHEMY_DATABASE_URI="sqlite://")
    db = SQLAlchemy(app)
    columns = [sqlalchemy.Column(f"c{number}", kind) for number, kind in enumerate(types)]  # type: ignore[arg-type]
    sqlalchemy.Table("orders", db.metadata, sqlalchemy.Column("id", sqlalchemy.Integer, primary_key=True), *columns)
    return app


def test_pickles() -> None:
    app = shop(sqlalchemy.PickleType, Basket, sqlalchemy.String, sqlalchemy.JSON)
    assert shown(of_app(RULE, app)) == [
        ("-", "orders.c0 holds pickled objects"),
        ("-", "orders.c1 holds pickled objects"),
    ]


def test_other_columns_and_serialisers() -> None:
    assert of_app(RULE, shop(sqlalchemy.LargeBinary, sqlalchemy.JSON, sqlalchemy.PickleType(pickler=AsJson()))) == []


def test_without_tables() -> None:
    assert of_app(RULE, make()) is None
