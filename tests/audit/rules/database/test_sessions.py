"""Session registries that nothing empties."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
import sqlalchemy
import sqlalchemy.orm
from flask import Flask
from flask_sqlalchemy import SQLAlchemy

from tests.audit.answers.support import shown
from tests.audit.support import make, of_app

RULE = "database.session-left-open"


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Flask]:
    module = ModuleType("shop_db")
    module.__file__ = str(tmp_path / "shop_db.py")
    module.session = sqlalchemy.orm.scoped_session(sqlalchemy.orm.sessionmaker())  # type: ignore[attr-defined]
    sys.modules["shop_db"] = module
    yield Flask("shop", root_path=str(tmp_path))
    del sys.modules["shop_db"]


def test_nothing_removes_it(shop: Flask) -> None:
    assert shown(of_app(RULE, shop, root=Path(shop.root_path))) == [
        ("-", "nothing removes shop_db.session at the end of a request")
    ]


def test_a_teardown_does(shop: Flask) -> None:
    session = sys.modules["shop_db"].session

    @shop.teardown_appcontext
    def shutdown(error: BaseException | None) -> None:
        session.remove()

    assert of_app(RULE, shop, root=Path(shop.root_path)) == []


def test_flask_sqlalchemys_own_is_not_meant() -> None:
    app = make(SQLALCHEMY_DATABASE_URI="sqlite://")
    SQLAlchemy(app)
    assert of_app(RULE, app) is None
