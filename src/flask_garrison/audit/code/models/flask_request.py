"""``flask.request``: everything that a client controls, and nothing that it does not.

Werkzeug refuses line breaks in headers; ``remote_addr`` is the server's to say; of a URL the parts arrive encoded.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from ..labels import label_of
from ..values.objects import Sequence
from ..values.taint import ALL, TEXT, Use, weak, without
from ..values.value import UNKNOWN, Value
from .registry import alias, on_attribute, on_call, on_item
from .support import client

if TYPE_CHECKING:
    from ..events import Call
    from ..interpreter.machine import Machine

HEADER = without(TEXT, Use.LINE | Use.LOG)
_URL = Use.HOST | Use.REDIRECT | Use.CLIENT | weak(Use.HTML | Use.LOG)

TEXTS = ("args", "form", "values", "cookies", "view_args")
_WHOLE = {
    "data": ALL & ~Use.NOSQL & ~Use.FIELDS,
    "stream": ALL & ~Use.NOSQL & ~Use.FIELDS,
    "json": ALL,
    "path": TEXT,
    "full_path": TEXT,
    "script_root": 0,
    "root_path": 0,
    "query_string": TEXT,
    "url": _URL,
    "base_url": _URL,
    "url_root": Use.HOST | Use.REDIRECT | Use.CLIENT,
    "root_url": Use.HOST | Use.REDIRECT | Use.CLIENT,
    "host_url": Use.HOST | Use.REDIRECT | Use.CLIENT,
    "host": Use.HOST | Use.REDIRECT | Use.CLIENT,
    "referrer": HEADER,
    "origin": HEADER,
    "user_agent": HEADER,
    "content_type": HEADER,
    "mimetype": HEADER,
    "content_encoding": HEADER,
    "access_route": HEADER,
    "content_length": Use.CLIENT,
    "method": Use.CLIENT,
    "scheme": Use.CLIENT,
    "is_json": 0,
    "is_secure": 0,
    "remote_addr": 0,
    "endpoint": 0,
    "blueprint": 0,
    "url_rule": 0,
}
_MAPPINGS = tuple(f"flask.request.{name}" for name in (*TEXTS, "headers", "files", "environ", "json", "authorization"))

alias(
    {
        "flask.wrappers.Request()": "flask.request",
        "flask.Request()": "flask.request",
        "werkzeug.wrappers.Request()": "flask.request",
        "werkzeug.Request()": "flask.request",
        "werkzeug.wrappers.request.Request()": "flask.request",
        "flask.globals.request": "flask.request",
        "quart.request": "flask.request",
        "flask_restful.request": "flask.request",
        "flask_restx.request": "flask.request",
        "flask.request.environ.get": "flask.request.environ.get",
        "werkzeug.datastructures.FileStorage()": "werkzeug.FileStorage()",
        "werkzeug.datastructures.file_storage.FileStorage()": "werkzeug.FileStorage()",
        "flask.request.values.get": "flask.request.values.get",
        "flask.request._get_current_object()": "flask.request",
    }
)


@on_attribute(*(f"flask.request.{name}" for name in (*TEXTS, "headers", "environ", "authorization")))
def mapping(machine: Machine, value: Value, path: str, node: ast.AST) -> Value:
    """A mapping of texts; it keeps its path, so that its items can be told apart."""
    taint = HEADER if path.endswith(("headers", "environ")) else TEXT
    return client(machine, node, path.removeprefix("flask."), taint=taint | Use.FIELDS, path=path)


@on_attribute("flask.request.files")
def files(machine: Machine, value: Value, path: str, node: ast.AST) -> Value:
    """The uploaded files."""
    return client(machine, node, "request.files", taint=TEXT | Use.OBJECT, path=path)


@on_attribute(*(f"flask.request.{name}" for name in _WHOLE))
def whole(machine: Machine, value: Value, path: str, node: ast.AST) -> Value:
    """A single value."""
    taint = _WHOLE[path.rpartition(".")[2]]
    if not taint:
        return Value(derived=("peer", UNKNOWN, None)) if path.endswith("remote_addr") else UNKNOWN
    keeps_path = path.endswith((".json", ".user_agent", ".stream"))
    return client(machine, node, path.removeprefix("flask."), taint=taint, path=path if keeps_path else "")


def _item(machine: Machine, path: str, key: Value, node: ast.AST) -> Value:
    name = path.removeprefix("flask.")
    shown = repr(key.constant) if key.known else "..."
    label = f"{name}[{shown}]"
    which = key.constant if key.known else key
    if path.endswith(".files"):
        return client(machine, node, label, which, taint=TEXT | Use.OBJECT, path="werkzeug.FileStorage()")
    if path.endswith(".environ"):
        return _of_environ(machine, key, node, label)
    if path.endswith(".json"):
        return client(machine, node, label, which, taint=ALL | label_of(which))
    if key.known and isinstance(key.constant, str) and key.constant.lower() in _SHORT_HEADERS and "headers" in path:
        return client(machine, node, label, which, taint=Use.HOST | Use.REDIRECT | Use.CLIENT)
    taint = HEADER if path.endswith(".headers") else TEXT | label_of(which)
    return client(machine, node, label, which, taint=taint)


_SHORT_HEADERS = frozenset({"host"})
_TRUSTED_ENVIRON = frozenset(
    {"REMOTE_ADDR", "SERVER_NAME", "SERVER_PORT", "REQUEST_METHOD", "SERVER_PROTOCOL", "REMOTE_USER"}
)


def _of_environ(machine: Machine, key: Value, node: ast.AST, label: str) -> Value:
    name = key.constant if key.known else None
    if name == "REMOTE_ADDR":
        return Value(derived=("peer", UNKNOWN, None))
    if name in _TRUSTED_ENVIRON or (isinstance(name, str) and name.startswith(("wsgi.", "werkzeug."))):
        return UNKNOWN
    return client(machine, node, label, name, taint=HEADER)


@on_item(*_MAPPINGS)
def item(machine: Machine, value: Value, key: Value, node: ast.AST) -> Value | None:
    """``request.args["q"]``."""
    return _item(machine, value.path, key, node)


@on_call(*(f"{path}.get" for path in _MAPPINGS), *(f"{path}.pop" for path in _MAPPINGS))
def get(call: Call) -> Value | None:
    """``request.args.get("q", default, type=int)``."""
    from ..values.value import NONE, join

    key = call.arg(0, "key") or UNKNOWN
    path = call.path.rpartition(".")[0]
    found = _item(call.machine, path, key, call.node)
    kind = call.arg(None if path.endswith(".json") else 2, "type")
    if kind is not None and kind.path not in ("", "str"):
        found = converted(call, kind, found)
    elif kind is not None and kind.refs:
        found = call.machine.call(kind, [found], {}, call.node)
    default = call.arg(1, "default") or NONE
    if default.known and not default.constant:
        # Where nothing was sent there is nothing to fear; that the value is there is for the code to test.
        return found
    return join(found, default)


def converted(call: Call, kind: Value, value: Value) -> Value:
    """Return what ``type=`` makes of a value: a number has nothing of its text."""
    if kind.path in (
        "int",
        "float",
        "bool",
        "uuid.UUID",
        "datetime.date.fromisoformat",
        "datetime.datetime.fromisoformat",
    ):
        return Value(value.taint & Use.CLIENT, step=value.step)
    return call.machine.call(kind, [value], {}, call.node)


@on_call(*(f"{path}.getlist" for path in _MAPPINGS))
def getlist(call: Call) -> Value:
    """``request.args.getlist("tag")``."""
    found = _item(call.machine, call.path.rpartition(".")[0], call.arg(0, "key") or UNKNOWN, call.node)
    kind = call.arg(1, "type")
    if kind is not None and kind.path not in ("", "str"):
        found = converted(call, kind, found)
    return Value(refs=(Sequence((), found),))


@on_call(*(f"{path}.values" for path in _MAPPINGS), *(f"{path}.listvalues" for path in _MAPPINGS))
def values(call: Call) -> Value:
    """Every value."""
    found = _item(call.machine, call.path.rpartition(".")[0], UNKNOWN, call.node)
    return Value(refs=(Sequence((), found),))


@on_call(*(f"{path}.keys" for path in _MAPPINGS))
def keys(call: Call) -> Value:
    """The names that a client chose."""
    name = call.path.rpartition(".")[0].removeprefix("flask.")
    return Value(refs=(Sequence((), client(call.machine, call.node, f"names of {name}", taint=TEXT | Use.FIELDS)),))


@on_call(*(f"{path}.items" for path in _MAPPINGS), *(f"{path}.lists" for path in _MAPPINGS))
def items(call: Call) -> Value:
    """Pairs of a name and a value, both a client's."""
    path = call.path.rpartition(".")[0]
    name = client(call.machine, call.node, f"names of {path.removeprefix('flask.')}", taint=TEXT | Use.FIELDS)
    found = _item(call.machine, path, UNKNOWN, call.node)
    return Value(refs=(Sequence((), Value(refs=(Sequence((name, found), None, "tuple"),))),))


@on_call(*(f"{path}.to_dict" for path in _MAPPINGS), *(f"{path}.copy" for path in _MAPPINGS))
def to_dict(call: Call) -> Value:
    """The same as a dictionary."""
    return call.receiver if call.receiver is not None else UNKNOWN


@on_call("flask.request.get_json")
def get_json(call: Call) -> Value:
    """The body as JSON."""
    return client(call.machine, call.node, "request.json", taint=ALL, path="flask.request.json")


@on_call("flask.request.get_data", "flask.request.stream.read")
def get_data(call: Call) -> Value:
    """The body as bytes, or as text."""
    return client(call.machine, call.node, "request.data", taint=ALL & ~Use.NOSQL & ~Use.FIELDS)


_FILE = "werkzeug.FileStorage()"


@on_attribute(*(f"{_FILE}.{name}" for name in ("filename", "name", "content_type", "mimetype", "headers")))
def of_file(machine: Machine, value: Value, path: str, node: ast.AST) -> Value | None:
    """What a client says of the file that it sends."""
    name = path.rpartition(".")[2]
    if not value.taint:
        return client(machine, node, f"file.{name}", taint=TEXT)
    from ..interpreter.attributes import part_of

    found = part_of(machine, value, name, node)
    return found if found.path == f"upload.{name}" else _with_path(machine, value, found, name)


def _with_path(machine: Machine, value: Value, found: Value, name: str) -> Value:
    made = found.but(path="", taint=without(found.taint, Use.OBJECT))
    machine.reads[(value, name)] = made
    return made


@on_call(f"{_FILE}.read", f"{_FILE}.stream.read", f"{_FILE}.readlines", f"{_FILE}.readline", f"{_FILE}.getvalue")
def read(call: Call) -> Value:
    """What is in the file."""
    return client(call.machine, call.node, "contents of an upload", call.receiver, taint=ALL & ~Use.NOSQL & ~Use.FIELDS)


@on_attribute(f"{_FILE}.stream")
def stream(machine: Machine, value: Value, path: str, node: ast.AST) -> Value:
    """The file as a stream: reading it is reading the file."""
    return value
