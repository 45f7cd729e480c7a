"""Own modules that load objects or parse XML with an old library are found; libraries are not."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from flask_garrison.audit.rule import Match
from tests.audit.shorthand import project, titles
from tests.audit.support import of_app

LOADERS = "inputs.loaded-deserialisers"
XML = "inputs.expanding-xml-parser"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    before = set(sys.modules)
    yield tmp_path
    for name in set(sys.modules) - before:
        if name.startswith("shop_"):
            del sys.modules[name]


def load(folder: Path, name: str, source: str) -> None:
    file = folder / f"{name}.py"
    file.write_text(source)
    spec = importlib.util.spec_from_file_location(name, file)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)


def test_own_loaders_are_named_with_their_modules(folder: Path) -> None:
    load(folder, "shop_baskets", "import pickle\nfrom marshal import loads\n")
    load(folder, "shop_views", "from pickle import loads as read\nfrom flask import request, session\n")
    assert titles(LOADERS, project(folder), root=folder) == [
        "info: pickle is used in 2 modules",
        "info: marshal is used in 1 module",
    ]
    match = (of_app(LOADERS, project(folder), root=folder) or [])[0]
    assert isinstance(match, Match)
    assert [Path(item.summary).name for item in match.evidence] == ["shop_baskets.py", "shop_views.py"]


def test_an_unsafe_loader_of_yaml_is_one(folder: Path) -> None:
    load(folder, "shop_settings", "from yaml import safe_load, unsafe_load\n")
    assert titles(LOADERS, project(folder), root=folder) == ["info: yaml.unsafe_load is used in 1 module"]


def test_json_is_none(folder: Path) -> None:
    load(folder, "shop_views", "import json\n")
    assert titles(LOADERS, project(folder), root=folder) == []
    assert titles(XML, project(folder), root=folder) is None


def test_a_current_parser_refuses_bombs_by_itself(folder: Path) -> None:
    load(folder, "shop_feeds", "import xml.etree.ElementTree as tree\nfrom lxml import etree\n")
    assert titles(XML, project(folder), root=folder) == []


def test_an_old_parser_does_not(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load(folder, "shop_feeds", "from xml.etree.ElementTree import fromstring\nfrom lxml.etree import XMLParser\n")
    monkeypatch.setattr("pyexpat.version_info", (2, 2, 0))
    monkeypatch.setattr("lxml.etree.LXML_VERSION", (4, 9, 4, 0))
    assert titles(XML, project(folder), root=folder) == [
        "medium: XML is parsed with expat 2.2.0",
        "medium: XML is parsed with lxml 4.9.4.0",
    ]
