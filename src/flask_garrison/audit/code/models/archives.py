"""Archives: names in them are chosen by whoever packed them."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from ..interpreter.expressions import reach
from ..values.objects import Sequence
from ..values.taint import ALL, TEXT, Use, weak
from ..values.value import EITHER, UNKNOWN, Value
from .registry import alias, on_attribute, on_call
from .uploads import saved_at

if TYPE_CHECKING:
    from ..events import Call
    from ..interpreter.machine import Machine

ZIP: Final = "zipfile.ZipFile()"
TAR: Final = "tarfile.open()"
MEMBER: Final = "name of a member of an archive"

alias(
    {
        "tarfile.TarFile": "tarfile.open",
        "tarfile.TarFile.open": "tarfile.open",
        "tarfile.TarFile()": TAR,
        "tarfile.TarFile.open()": TAR,
        "zipfile.PyZipFile": "zipfile.ZipFile",
        "rarfile.RarFile": "zipfile.ZipFile",
        "py7zr.SevenZipFile": "zipfile.ZipFile",
        "rarfile.RarFile()": ZIP,
    }
)


@on_call("tarfile.open", "zipfile.ZipFile")
def opened(call: Call) -> Value:
    """An archive: a client's where its bytes are, or where an upload was saved under its name."""
    path = TAR if call.path.startswith("tarfile") else ZIP
    given = [value for value in (call.arg(0, "name", "file"), call.arg(2, "fileobj")) if value is not None]
    for value in given:
        found = saved_at(call.machine, value)
        taint, step = reach(call.machine, value) if found is None else (ALL, found.step)
        if taint & (Use.OBJECT | Use.OBJECT << 40):
            return Value(Use.OBJECT | Use.CLIENT, path=path, step=call.machine.step(call.node, step))
    return Value(path=path)


def _name(machine: Machine, value: Value, node: ast.AST) -> Value:
    taint = TEXT if value.taint & ALL else weak(TEXT)
    return Value(taint, step=machine.step(node, value.step, label=MEMBER))


def _members(call: Call, item: Value) -> Value:
    return Value(refs=(Sequence((), item),))


@on_call(f"{ZIP}.namelist", f"{TAR}.getnames")
def names(call: Call) -> Value:
    """The names of the members."""
    receiver = call.receiver
    if receiver is None or not receiver.taint:
        return _members(call, UNKNOWN)
    return _members(call, _name(call.machine, receiver, call.node))


@on_call(f"{ZIP}.infolist", f"{TAR}.getmembers", f"{TAR}.next", f"{ZIP}.getinfo", f"{TAR}.getmember")
def members(call: Call) -> Value:
    """The members, each with its name."""
    item = member_of(call.machine, call.receiver or UNKNOWN, call.node)
    return _members(call, item) if call.name in ("infolist", "getmembers") else item


def member_of(machine: Machine, archive: Value, node: ast.AST) -> Value:
    """Return a member of an archive."""
    if not archive.taint:
        return Value(path="archive.member()")
    return Value(archive.taint, path="archive.member()", step=machine.step(node, archive.step))


@on_attribute(*(f"{path}.{name}" for path in ("archive.member()", f"{TAR}[]") for name in ("filename", "name")))
def member_name(machine: Machine, value: Value, path: str, node: ast.AST) -> Value:
    """The name of a member: the same one each time."""
    if not value.taint:
        return UNKNOWN
    key = (value, "member name")
    found = machine.reads.get(key)
    if found is None:
        found = machine.reads[key] = _name(machine, value, node)
    return machine.resolve(found)


@on_attribute(
    *(f"{path}.{name}" for path in ("archive.member()", f"{TAR}[]") for name in ("size", "file_size", "mode"))
)
def member_size(machine: Machine, value: Value, path: str, node: ast.AST) -> Value:
    """Numbers."""
    return UNKNOWN


@on_call(*(f"{path}.{name}" for path in ("archive.member()", f"{TAR}[]") for name in ("is_dir", "isdir", "isfile")))
def member_kind(call: Call) -> Value:
    """Whether it is a folder."""
    return EITHER


@on_call(f"{ZIP}.read", f"{ZIP}.open", f"{TAR}.extractfile")
def member_contents(call: Call) -> Value:
    """What is in a member."""
    receiver = call.receiver
    if receiver is None or not receiver.taint:
        return UNKNOWN
    whole = ALL & ~Use.NOSQL & ~Use.FIELDS & ~Use.PATH & ~Use.NAME
    return Value(whole, step=call.machine.step(call.node, receiver.step))


@on_call(f"{TAR}.extractall", f"{ZIP}.extractall", f"{TAR}.extract", f"{TAR}.close", f"{ZIP}.close")
def extracted(call: Call) -> Value:
    """Nothing that comes back."""
    return UNKNOWN


@on_call(f"{ZIP}.extract")
def extracted_path(call: Call) -> Value:
    """The path of what was unpacked, which zipfile keeps inside the folder."""
    return UNKNOWN
