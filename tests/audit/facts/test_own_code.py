"""What is an application's own, and what its functions name."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from flask.views import MethodView

from flask_garrison.audit.facts.own_code import is_own, is_own_file, names_in, own_modules
from tests.audit.shorthand import project
from tests.audit.support import inspected


def decorated(view: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(view)
    def inner(*arguments: Any) -> Any:
        return view(*arguments)

    return inner


def plain() -> object:
    def nested() -> object:
        return json.loads("1")

    return nested()


class Page(MethodView):
    def get(self) -> object:
        return json.loads("1")


def test_names_are_those_of_everything_inside() -> None:
    for view in (plain, decorated(plain), functools.partial(plain), Page.as_view("page"), Page().get):
        assert {"json", "loads"} <= names_in(view)
    assert names_in(None) == frozenset()


@pytest.mark.parametrize(
    ("path", "own"),
    [
        ("shop/views.py", True),
        (".venv/lib/python3.13/site-packages/flask/app.py", False),
        ("node_modules/x.py", False),
    ],
)
def test_libraries_inside_the_project_are_not_its_own(tmp_path: Path, path: str, own: bool) -> None:
    assert is_own_file(inspected(project(tmp_path), root=tmp_path), tmp_path / path) is own


def test_an_application_among_the_libraries_is_its_own() -> None:
    package = Path(json.__file__).parent
    subject = inspected(project(package), root=Path("/nowhere"))
    assert is_own_file(subject, package / "decoder.py")
    assert not is_own_file(subject, package.parent / "ast.py")


def test_modules_and_views_are_sorted_by_where_they_were_written() -> None:
    subject = inspected(project(Path(__file__).parent), root=Path(__file__).parent)
    names = [module.__name__ for module in own_modules(subject)]
    assert __name__ in names
    assert not any(name.startswith(("flask", "json")) for name in names)
    assert is_own(subject, decorated(plain)) and not is_own(subject, json.loads)


def test_a_module_without_a_file_is_nobodys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "made_up", ModuleType("made_up"))
    subject = inspected(project(Path(__file__).parent), root=Path(__file__).parent)
    assert "made_up" not in [module.__name__ for module in own_modules(subject)]
