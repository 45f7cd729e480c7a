"""Extensions that were made and forgotten."""

from __future__ import annotations

import sys
import types
import warnings
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from flask_garrison.audit.rule import Match
from tests.audit.support import KEY, of_app

RULE = "assessment.idle-extension"


def made(name: str) -> Any:
    def extension(module: str, kind: str) -> Any:
        return getattr(pytest.importorskip(module, reason=f"{module} is not installed"), kind)

    if name == "limiter":
        return extension("flask_limiter", "Limiter")(lambda: "all")
    kinds = {
        "csrf": ("flask_wtf", "CSRFProtect"),
        "talisman": ("flask_talisman", "Talisman"),
        "login": ("flask_login", "LoginManager"),
        "surf": ("flask_seasurf", "SeaSurf"),
        "jwt": ("flask_jwt_extended", "JWTManager"),
        "cors": ("flask_cors", "CORS"),
    }
    return extension(*kinds[name])()


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Flask, types.ModuleType]:
    module = types.ModuleType("shop_extensions")
    module.__file__ = str(tmp_path / "shop_extensions.py")
    monkeypatch.setitem(sys.modules, module.__name__, module)
    app = Flask("shop", root_path=str(tmp_path))
    app.secret_key = KEY
    return app, module


def titles(app: Flask, root: Path) -> list[str]:
    return [one.title for one in of_app(RULE, app, root=root) or [] if isinstance(one, Match)]


@pytest.mark.parametrize("name", ["csrf", "limiter", "talisman", "login", "surf", "jwt", "cors"])
def test_an_extension_without_an_application_is_found(
    project: tuple[Flask, types.ModuleType], tmp_path: Path, name: str
) -> None:
    app, module = project
    vars(module)[name] = made(name)
    assert titles(app, tmp_path) == [f"shop_extensions.{name} was never given the application"]


@pytest.mark.parametrize("name", ["csrf", "limiter", "talisman", "login", "surf", "jwt", "cors"])
def test_an_extension_at_work_is_none(project: tuple[Flask, types.ModuleType], tmp_path: Path, name: str) -> None:
    app, module = project
    vars(module)[name] = made(name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        vars(module)[name].init_app(app)
    assert titles(app, tmp_path) == []


def test_what_stands_in_a_library_is_not_judged(project: tuple[Flask, types.ModuleType], tmp_path: Path) -> None:
    app, module = project
    module.__file__ = "/usr/lib/python3/site-packages/other/extensions.py"
    vars(module)["csrf"] = made("csrf")
    assert titles(app, tmp_path) == []
