"""Settings that nobody reads, because their name differs by a letter from one that somebody does."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from flask import Flask

from ....findings import Confidence, Severity
from ...facts.near_names import near
from ...facts.own_code import own_modules
from ...inspected import Inspected
from ...rule import Match, Rule, checks

SHORTEST = 6
_KEY_IN_TEXT = r"[\"']([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)[\"']"
_READERS = ("get", "pop", "setdefault", "getlist", "get_namespace")

RULE = Rule(
    id="assessment.misspelt-setting",
    kind="runtime",
    control="assessment.configuration-audit",
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    cwe=(1188,),
    asvs=(),
    title="A setting has no effect, because its name is misspelt",
    why="Flask and its extensions ask for the names that they know and ignore all others. What was to be switched "
    "on, off or limited is as if nobody had written anything.",
    fix="Correct the name.",
    before='app.config["SESSION_COOKIE_SAME_SITE"] = "Lax"',
    after='app.config["SESSION_COOKIE_SAMESITE"] = "Lax"',
    guard="An unknown GARRISON_ setting is an error at start; other names are not its own.",
    language="python",
    items=(31,),
)


@checks(RULE, reads="app")
def misspelt_settings(inspected: Inspected) -> Iterator[Match]:
    """Find keys that nobody asks for next to one that Flask or an extension does; the application's own are its own."""
    known = {**dict.fromkeys(_keys_of_extensions(inspected), None), **Flask.default_config}
    unknown = [key for key in inspected.config if isinstance(key, str) and len(key) >= SHORTEST and key not in known]
    suspects = {key: other for key in unknown if (other := near(key, known)) and not _is_set(inspected, known, other)}
    read = _keys_read(inspected) if suspects else frozenset()
    for key, other in suspects.items():
        if key not in read:
            yield Match(f"{key} is not read by anything: did you mean {other}?", subject=key)


def _is_set(inspected: Inspected, known: dict[str, Any], key: str) -> bool:
    """Return whether the setting that was meant has a value of its own, so that the other one is another thing."""
    return key in inspected.config and inspected.config[key] != known[key]


def _keys_of_extensions(inspected: Inspected) -> Iterator[str]:
    """Yield what the source of the loaded extensions names in quotation marks."""
    for file in _files_of_extensions(inspected):
        try:
            yield from re.findall(_KEY_IN_TEXT, file.read_text("utf-8", "replace"))
        except OSError:
            continue


def _files_of_extensions(inspected: Inspected) -> list[Path]:
    packages = {type(extension).__module__.partition(".")[0] for extension in inspected.app.extensions.values()}
    packages |= {name for name in sys.modules if name.startswith("flask_") and "." not in name}
    packages -= {"flask_garrison", "builtins"}
    modules = [module for name, module in list(sys.modules.items()) if name.partition(".")[0] in packages]
    files = {str(getattr(module, "__file__", "")) for module in modules}
    return [Path(file) for file in sorted(files) if file.endswith(".py")]


def _keys_read(inspected: Inspected) -> frozenset[str]:
    return frozenset(key for module in own_modules(inspected) for key in _keys_read_in(module))


def _keys_read_in(module: ModuleType) -> Iterator[str]:
    try:
        tree = ast.parse(Path(str(module.__file__)).read_bytes())
    except (OSError, SyntaxError, ValueError):
        return
    for node in ast.walk(tree):
        key = _key_read(node)
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            yield key.value


def _key_read(node: ast.AST) -> ast.expr | None:
    """Return the key where a node asks a mapping for one."""
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
        return node.slice
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _READERS and node.args:
        return node.args[0]
    if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn):
        return node.left
    return None
