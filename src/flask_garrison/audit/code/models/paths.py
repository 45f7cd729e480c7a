"""Paths: ``os.path`` and pathlib."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from ..interpreter.expressions import reach, text_of_parts
from ..values.taint import Use, both, without
from ..values.value import UNKNOWN, Value, constant
from .registry import alias, on_attribute, on_call
from .support import carried, cleaned

if TYPE_CHECKING:
    from ..events import Call
    from ..interpreter.machine import Machine

PATH = "pathlib.Path()"
alias(
    {
        "posixpath.join": "os.path.join",
        "pathlib.PurePath": "pathlib.Path",
        "pathlib.PosixPath": "pathlib.Path",
        "pathlib.PurePosixPath": "pathlib.Path",
        f"{PATH}.joinpath": f"{PATH}.joinpath",
    }
)


def joined(machine: Machine, parts: list[Value], node: ast.AST, path: str = "") -> Value:
    """Return parts of a path with separators between them; constants are computed."""
    pieces: list[Value] = []
    for number, part in enumerate(parts):
        if number:
            pieces.append(constant("/"))
        pieces.append(part if not part.refs else Value(reach(machine, part)[0], step=reach(machine, part)[1]))
    text = text_of_parts(machine, pieces, node)
    # An absolute part throws away what stands before it.
    derived = ("joined", parts[-1], tuple(parts)) if len(parts) > 1 else None
    return text.but(path=path, derived=derived) if path or text.taint else text


@on_call("os.path.join", f"{PATH}.joinpath")
def join(call: Call) -> Value:
    """``os.path.join(folder, name)``."""
    parts = ([call.receiver] if call.path.startswith(PATH) and call.receiver is not None else []) + call.args
    if call.star is not None:
        parts.append(call.star)
    return joined(call.machine, parts, call.node, PATH if call.path.startswith(PATH) else "")


@on_call("pathlib.Path")
def path(call: Call) -> Value:
    """``Path(part, ...)``."""
    if not call.args:
        return Value(path=PATH)
    if len(call.args) == 1:
        value = call.args[0]
        return (
            value.but(path=PATH, refs=(), derived=("same", value, None))
            if value.taint or value.pieces or value.consts or value.path
            else Value(path=PATH)
        )
    return joined(call.machine, call.args, call.node, PATH)


@on_call("os.path.basename", "ntpath.basename")
def basename(call: Call) -> Value:
    """The last segment: no separator, but perhaps ``..``."""
    return cleaned(call, call.arg(0), Use.PATH | Use.NAME)


@on_attribute(f"{PATH}.name", f"{PATH}.stem")
def name(machine: Machine, value: Value, path_: str, node: ast.AST) -> Value:
    """The last segment."""
    taint = without(machine.taint(value), Use.PATH | Use.NAME)
    return Value(taint, step=machine.step(node, value.step)) if taint else UNKNOWN


@on_attribute(f"{PATH}.suffix", f"{PATH}.suffixes")
def suffix(machine: Machine, value: Value, path_: str, node: ast.AST) -> Value:
    """The extension."""
    taint = without(machine.taint(value), Use.PATH | Use.NAME)
    return Value(taint, step=machine.step(node, value.step), derived=("suffix", value, None)) if taint else UNKNOWN


@on_attribute(f"{PATH}.parent")
def parent(machine: Machine, value: Value, path_: str, node: ast.AST) -> Value:
    """The folder."""
    return Value(machine.taint(value), path=PATH, step=value.step)


@on_call(
    "os.path.realpath",
    "os.path.abspath",
    "os.path.normpath",
    f"{PATH}.resolve",
    f"{PATH}.absolute",
    f"{PATH}.expanduser",
)
def resolved(call: Call) -> Value:
    """A path without ``..``: only now a test of its beginning says where it is."""
    value = call.arg(0) if call.path.startswith("os.") else call.receiver
    if value is None:
        return Value(path=PATH)
    kept = PATH if call.path.startswith(PATH) else ""
    if not call.machine.taint(value):
        return Value(path=kept, pieces=value.pieces)
    operation = "same" if call.path.endswith(("absolute", "expanduser")) else "realpath"
    return cleaned(call, value, 0, operation).but(path=kept)


@on_call("os.path.splitext")
def splitext(call: Call) -> Value:
    """``(root, extension)``."""
    from ..values.objects import Sequence

    value = call.arg(0)
    root = cleaned(call, value, 0, "part")
    extension = cleaned(call, value, Use.PATH | Use.NAME, "suffix")
    return Value(refs=(Sequence((root, extension), None, "tuple"),))


@on_call(
    "os.path.dirname",
    "os.fspath",
    "os.path.expanduser",
    "os.path.normcase",
    f"{PATH}.as_posix",
    f"{PATH}.with_suffix",
    f"{PATH}.with_name",
    f"{PATH}.relative_to",
)
def carried_path(call: Call) -> Value:
    """Paths made of a path."""
    value = call.arg(0) if call.path.startswith("os.") else call.receiver
    if call.path.endswith(("fspath", "as_posix")) and value is not None:
        return value.but(path="", derived=("same", value, None))
    if (
        call.path.endswith("relative_to")
        and value is not None
        and value.derived is not None
        and value.derived[0] == "realpath"
    ):
        prove_inside(call, value)
    if call.path.endswith("with_name"):
        return carried(call, value, call.arg(0), path=PATH)
    return carried(call, value, path=PATH if call.path.startswith(PATH) else "")


def prove_inside(call: Call, value: Value) -> None:
    """Note that a resolved path lies in a folder."""
    from .support import prove

    prove(call, value, Use.PATH | Use.NAME)


@on_call(f"{PATH}.is_relative_to")
def is_relative_to(call: Call) -> Value:
    """Whether a path lies in a folder, which says something of a resolved one alone."""
    from ..values.refinement import Change, Test
    from ..values.value import EITHER

    value, folder = call.receiver, call.arg(0)
    if (
        value is None
        or value.derived is None
        or value.derived[0] != "realpath"
        or (folder is not None and call.machine.taint(folder) & both(Use.PATH))
    ):
        return EITHER
    return Value(consts=EITHER.consts, test=Test((Change(value, Use.PATH | Use.NAME),)))


@on_call("os.path.commonpath", "os.path.commonprefix")
def common_path(call: Call) -> Value:
    """The folder that some paths have in common: equal to the folder, it proves that the resolved one lies in it."""
    from ..interpreter.expressions import items_of

    items, rest = items_of(call.machine, call.args[0]) if call.args else ([], None)
    for item in (*items, *([rest] if rest is not None else [])):
        value = call.machine.resolve(item)
        if call.machine.taint(value) & both(Use.PATH):
            operation = (
                "realpath"
                if value.derived is not None and value.derived[0] == "realpath" and call.path.endswith("commonpath")
                else "part"
            )
            return Value(value.taint, step=value.step, derived=(operation, value, None))
    return UNKNOWN
