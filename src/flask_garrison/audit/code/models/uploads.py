"""Uploads: names made safe, and where a file was saved."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any, Final

from ..values.facts import WORD, safe_without
from ..values.taint import Use, without
from ..values.value import NONE, UNKNOWN, Value, join
from .registry import alias, on_call, on_set
from .support import carried, cleaned

if TYPE_CHECKING:
    from ..events import Call
    from ..interpreter.machine import Machine

FILE: Final = "werkzeug.FileStorage()"
_NAMES: Final = safe_without(WORD | {".", "-"}) & ~Use.TYPE
_SAVED: Final = "saved uploads"

alias(
    {
        "werkzeug.secure_filename": "werkzeug.utils.secure_filename",
        "werkzeug.utils.safe_join": "werkzeug.security.safe_join",
        "flask.safe_join": "werkzeug.security.safe_join",
        "flask.helpers.safe_join": "werkzeug.security.safe_join",
        "flask.helpers.send_file": "flask.send_file",
        "flask.helpers.send_from_directory": "flask.send_from_directory",
    }
)


@on_call("werkzeug.utils.secure_filename", "?.secure_filename", "django.utils.text.get_valid_filename")
def secure_filename(call: Call) -> Value:
    """Letters, digits and ``_.-``: no separator, no ``..``; the ending stays as it was."""
    value = call.arg(0, "filename")
    if value is not None and value.known and isinstance(value.constant, str):
        return value
    return cleaned(call, value, _NAMES, "secured")


@on_call("werkzeug.security.safe_join")
def safe_join(call: Call) -> Value:
    """``safe_join(folder, *names)``: a path below the folder, or ``None``."""
    folder, names = call.arg(0, "directory"), carried(call, *call.args[1:], call.star)
    taint = without(names.taint, Use.PATH | Use.NAME)
    if folder is not None:
        taint |= call.machine.taint(folder)
    if not taint:
        return join(UNKNOWN, NONE)
    return Value(taint, step=names.step or (folder.step if folder is not None else None))


@on_call(f"{FILE}.save")
def save(call: Call) -> Value:
    """Writes the upload to a file, or into one that is open."""
    note_saved(call.machine, call.arg(0, "dst"), call.receiver)
    return NONE


@on_call(f"{FILE}.seek", f"{FILE}.stream.seek", f"{FILE}.close", f"{FILE}.tell", f"{FILE}.stream.tell")
def moved(call: Call) -> Value:
    """Nothing that comes back."""
    return UNKNOWN


@on_set(FILE)
def renamed(machine: Machine, owner: Value, key: Value, value: Value, node: ast.AST) -> None:
    """``upload.filename = name``: no longer the client's."""
    if key.known and owner.taint:
        machine.reads[(owner, key.constant)] = value


# --- where uploads are -----------------------------------------------------------------------------------------------


def note_saved(machine: Machine, where: Value | None, upload: Value | None) -> None:
    """Remember that what a client sent lies somewhere."""
    if where is not None and upload is not None:
        key = _key(machine, where)
        if key is not None:
            machine.notes.setdefault(_SAVED, {})[key] = upload


def saved_at(machine: Machine, where: Value | None) -> Value | None:
    """Return the upload that lies somewhere, or ``None``."""
    if where is None or _SAVED not in machine.notes:
        return None
    key = _key(machine, where)
    found: Value | None = machine.notes[_SAVED].get(key) if key is not None else None
    return found


def _key(machine: Machine, value: Value, depth: int = 0) -> Any:
    """Return what two values have in common that name the same file, or ``None`` where nothing shows it."""
    if value.known:
        return ("text", str(value.constant)) if depth or value.constant else None
    if depth > 4:
        return value
    if value.derived is not None:
        operation, base, _ = value.derived
        if operation in ("same", "file of"):
            return _key(machine, base, depth + 1)
        if operation != "joined":
            return (operation, _key(machine, base, depth + 1))
    if value.pieces is not None:
        return tuple(
            piece if isinstance(piece, str) else _key(machine, piece, depth + 1) if isinstance(piece, Value) else piece
            for piece in value.pieces
        )
    return None if value is UNKNOWN else value
