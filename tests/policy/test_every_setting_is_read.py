"""A setting that no code reads would be a switch that does nothing."""

from __future__ import annotations

import ast
from dataclasses import fields
from pathlib import Path

import pytest

import flask_garrison
from flask_garrison import Policy
from flask_garrison.policy import ViewPolicy

PACKAGE = Path(flask_garrison.__file__).parent
DANGER = "allow_insecure_"


def attributes_read_outside_the_policy() -> set[str]:
    """Return every attribute name read, and every danger asked for by ``context.allows``, outside ``policy/``."""
    names: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        if path.is_relative_to(PACKAGE / "policy"):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
                names.add(node.attr)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "allows":
                names |= {f"{DANGER}{one.value}" for one in node.args if isinstance(one, ast.Constant)}
    return names


READ = attributes_read_outside_the_policy()
READ_BY_THE_POLICY_ITSELF = {"mode", "modes", "access"}


@pytest.mark.parametrize("name", [item.name for item in (*fields(Policy), *fields(ViewPolicy))])
def test_a_setting_is_read(name: str) -> None:
    assert name in READ | READ_BY_THE_POLICY_ITSELF
