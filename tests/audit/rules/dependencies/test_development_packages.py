"""Tools for development are one finding, made from the packages that are really installed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.audit.shorthand import titles
from tests.audit.support import make

RULE = "dependencies.development-packages"


def install(folder: Path, *names: str) -> None:
    for name in names:
        info = folder / f"{name.replace('-', '_')}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")


@pytest.mark.parametrize(
    ("packages", "words"),
    [
        (["Flask", "pytest"], ["info: pytest can be imported"]),
        (["black", "Flask_DebugToolbar"], ["info: flask-debugtoolbar and another can be imported"]),
        (["black", "mypy", "pytest"], ["info: black and 2 others can be imported"]),
        (["Flask", "gunicorn"], []),
    ],
)
def test_tools_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, packages: list[str], words: list[str]
) -> None:
    install(tmp_path, *packages)
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    assert titles(RULE, make()) == words


def test_the_packages_of_this_environment_are_read() -> None:
    (words,) = titles(RULE, make()) or []
    assert words.startswith("info: ")
