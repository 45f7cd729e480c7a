"""What templates can reach, where they come from and who can write them."""

from __future__ import annotations

import os
import subprocess
import sys
import types
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import ChoiceLoader, DictLoader, Environment, FileSystemLoader, FunctionLoader, select_autoescape
from jinja2.sandbox import ImmutableSandboxedEnvironment

from flask_garrison import Garrison
from flask_garrison.audit.rule import Match
from tests.audit.support import KEY, make, of_app

GLOBALS = "inputs.template-globals"
DEBUG = "inputs.template-debug-tag"
FOREIGN = "inputs.templates-from-elsewhere"
BARE = "inputs.bare-jinja-environment"
WRITABLE = "inputs.writable-templates"


def titles(rule: str, app: Flask, **options: Path) -> list[str]:
    return [one.title for one in of_app(rule, app, **options) or [] if isinstance(one, Match)]


def test_what_runs_code_is_found_under_any_name() -> None:
    app = make()
    app.jinja_env.globals.update(tools=os, calc=eval, sh=subprocess.run)
    app.jinja_env.filters["load"] = open
    assert titles(GLOBALS, app) == [
        "the global tools of templates is the module os",
        "the global calc of templates is eval()",
        "the global sh of templates is subprocess.run()",
        "the filter load of templates is open()",
    ]


def test_flasks_and_jinjas_own_and_garrisons_are_none() -> None:
    app = make()
    app.jinja_env.globals.update(len=len, today="today", url=os.path.join)
    Garrison(app, hosts=["shop.example"])
    assert titles(GLOBALS, app) == []


def test_the_debug_tag_is_found_outside_debug_mode() -> None:
    app = make()
    assert titles(DEBUG, app) == []
    app.jinja_env.add_extension("jinja2.ext.debug")
    assert titles(DEBUG, app) == ["the extension jinja2.ext.debug is loaded"]
    app.debug = True
    assert titles(DEBUG, app) == []


def test_a_loader_that_asks_a_function_is_found_among_others() -> None:
    app = make()
    app.jinja_loader = ChoiceLoader([DictLoader({}), FunctionLoader(lambda name: None)])  # type: ignore[misc]
    assert titles(FOREIGN, app) == ["templates come from FunctionLoader"]


class FromDatabase(DictLoader):
    pass


def test_a_loader_of_the_project_is_found_unless_it_renders_in_a_sandbox() -> None:
    app = make()
    app.jinja_loader = FromDatabase({})  # type: ignore[misc]
    assert titles(FOREIGN, app) == ["templates come from FromDatabase"]

    sandboxed = make()
    sandboxed.jinja_loader = FromDatabase({})  # type: ignore[misc]
    sandboxed.__dict__["jinja_env"] = ImmutableSandboxedEnvironment(loader=FromDatabase({}))
    assert titles(FOREIGN, sandboxed) == []


def test_loaders_of_files_are_none() -> None:
    app = make()
    app.jinja_loader = ChoiceLoader([FileSystemLoader("templates"), DictLoader({})])  # type: ignore[misc]
    assert titles(FOREIGN, app) == titles(FOREIGN, make()) == []


def test_a_second_environment_that_does_not_escape_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = types.ModuleType("shop_mails")
    module.__file__ = str(tmp_path / "shop_mails.py")
    monkeypatch.setitem(sys.modules, module.__name__, module)
    vars(module).update(mails=Environment(), pages=Environment(autoescape=select_autoescape()))  # noqa: S701
    app = Flask("shop", root_path=str(tmp_path))
    app.secret_key = KEY
    assert titles(BARE, app, root=tmp_path) == ["shop_mails.mails does not escape"]
    vars(module).pop("mails")
    assert titles(BARE, app, root=tmp_path) == []


@pytest.mark.skipif(os.name != "posix", reason="rights of files are those of POSIX")
def test_a_folder_that_everybody_can_write_to_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "templates"
    folder.mkdir(mode=0o755)
    app = Flask("shop", root_path=str(tmp_path))
    assert titles(WRITABLE, app) == []
    folder.chmod(0o777)
    (match,) = of_app(WRITABLE, app) or []
    assert isinstance(match, Match)
    assert match.title == "the template folder templates is writable for everybody"
    assert match.evidence[0].summary == f"{folder} has the mode 0777"
