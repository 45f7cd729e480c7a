"""Repairs of what is read: YAML that builds objects, archives that write elsewhere."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import partial

from ..arguments import has_stars, keyword_of, with_more, without
from ..code import Code
from ..model import Edit, Place, Repair, expression, fixes

_LOADERS = {
    "yaml.load": "safe_load",
    "yaml.full_load": "safe_load",
    "yaml.unsafe_load": "safe_load",
    "yaml.load_all": "safe_load_all",
    "yaml.full_load_all": "safe_load_all",
    "yaml.unsafe_load_all": "safe_load_all",
}
_DANGEROUS = frozenset(
    f"yaml.{prefix}{name}" for prefix in ("", "C") for name in ("Loader", "FullLoader", "UnsafeLoader")
)
_EXTRACTING = frozenset({"extract", "extractall"})
_OPENING = frozenset({"tarfile.open", "tarfile.TarFile", "tarfile.TarFile.open"})


@fixes("inputs.yaml-load")
def safe_yaml(place: Place) -> Iterator[Repair]:
    """``yaml.load(text)`` becomes ``yaml.safe_load(text)``; a Loader that is safe, or one's own, is left alone."""
    code = place.code
    for call in place.nodes(ast.Call):
        name = _LOADERS.get(code.names.path(call.func))
        if name is None or has_stars(call) or not call.args:
            continue
        others: list[ast.AST] = [*call.args[1:], *call.keywords]
        if len(others) > 1 or not all(_is_dangerous(code, one) for one in others):
            continue
        edits = [_renamed(code, call.func, name), *(without(code, call, one) for one in others)]
        imports = () if isinstance(call.func, ast.Attribute) else ("yaml",)
        yield Repair(call, tuple(edits), partial(_safe_call, name=name), imports)


def _is_dangerous(code: Code, argument: ast.AST) -> bool:
    if isinstance(argument, ast.keyword):
        return argument.arg == "Loader" and code.names.path(argument.value) in _DANGEROUS
    return code.names.path(argument) in _DANGEROUS


def _renamed(code: Code, function: ast.expr, name: str) -> Edit:
    start, end = code.span(function)
    if isinstance(function, ast.Attribute):
        return Edit(end - len(function.attr), end, name)
    return Edit(start, end, f"yaml.{name}")


def _safe_call(call: ast.Call, name: str) -> ast.Call:
    owner = call.func.value if isinstance(call.func, ast.Attribute) else expression("yaml")
    call.func = ast.Attribute(value=owner, attr=name, ctx=ast.Load())
    call.args, call.keywords = call.args[:1], []
    return call


@fixes("inputs.archive-extraction")
def filtered_archive(place: Place) -> Iterator[Repair]:
    """``extractall(path)`` of a tar archive gets ``filter="data"``; those of other kinds have no such argument."""
    code = place.code
    for call in place.nodes(ast.Call):
        function = call.func
        if not isinstance(function, ast.Attribute) or function.attr not in _EXTRACTING:
            continue
        if keyword_of(call, "filter") or has_stars(call) or not _is_tar(code, function.value):
            continue
        yield Repair(call, (with_more(code, call, ['filter="data"']),), _filtered)


def _filtered(call: ast.Call) -> ast.Call:
    call.keywords.append(ast.keyword(arg="filter", value=ast.Constant(value="data")))
    return call


def _is_tar(code: Code, receiver: ast.expr) -> bool:
    """Return whether a value is a tar archive: each time its name is bound in the file, to an open one."""
    if isinstance(receiver, ast.Call):
        return code.names.path(receiver.func) in _OPENING
    if not isinstance(receiver, ast.Name):
        return False
    values = code.names.values(receiver.id)
    return bool(values) and all(
        isinstance(value, ast.Call) and code.names.path(value.func) in _OPENING for value in values
    )
