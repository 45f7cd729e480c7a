"""Files: handles, buffers and folders. What is in a file is its own, unless an upload was just saved there."""

from __future__ import annotations

import ast
import stat
from typing import TYPE_CHECKING, Final

from ..interpreter.expressions import text_of_parts
from ..values.objects import Record, Sequence
from ..values.refinement import Change, Test
from ..values.taint import ALL, MARKUP, Use, without
from ..values.value import EITHER, EMPTY, UNKNOWN, Value, constant
from .paths import PATH
from .registry import alias, on_attribute, on_call
from .uploads import saved_at

if TYPE_CHECKING:
    from ..events import Call
    from ..interpreter.machine import Machine

HANDLE: Final = "open()"
BUFFER: Final = "io.BytesIO()"
BYTES: Final = ALL & ~Use.NOSQL & ~Use.FIELDS
_WHERE: Final = Use.PATH | Use.NAME | Use.HOST | Use.REDIRECT | Use.ARGUMENT
_OF_PAGES: Final = MARKUP | Use.SPACE | Use.HREF | Use.SCRIPT | Use.STYLE
_TEMPORARY: Final = ("tempfile.NamedTemporaryFile()", "tempfile.TemporaryFile()", "tempfile.SpooledTemporaryFile()")

alias(
    {
        "io.open": "open",
        "codecs.open": "open",
        "builtins.open": "open",
        "aiofiles.open": "open",
        "gzip.open": "open",
        "io.StringIO": "io.BytesIO",
        "six.BytesIO": "io.BytesIO",
        "StringIO.StringIO": "io.BytesIO",
        "pathlib.WindowsPath": "pathlib.Path",
    }
)


@on_call("open", "os.fdopen", f"{PATH}.open")
def opened(call: Call) -> Value:
    """A handle: that a client chose the file does not make the client its author."""
    where = call.receiver if call.path.startswith(PATH) else call.arg(0, "file", "filename")
    found = saved_at(call.machine, where)
    if found is None:
        mode = call.arg(0 if call.path.startswith(PATH) else 1, "mode")
        kept = ("opened", UNKNOWN, mode.constant if mode is not None and mode.known else "")
        return Value(path=HANDLE, derived=kept)
    step = call.machine.step(call.node, found.step)
    return Value(BYTES & ~_WHERE, path=HANDLE, step=step, derived=("buffer", found, None))


@on_call(*(f"{HANDLE}.{name}" for name in ("read", "readline", "readlines")), f"{PATH}.read_text", f"{PATH}.read_bytes")
def contents(call: Call) -> Value:
    """What is in a file."""
    receiver = call.receiver
    found = saved_at(call.machine, receiver) if call.path.startswith(PATH) else receiver
    if found is None or not found.taint:
        return UNKNOWN
    return Value(BYTES, step=call.machine.step(call.node, found.step))


@on_call("io.BytesIO")
def buffer(call: Call) -> Value:
    """Bytes as a file: no name of one."""
    value = call.arg(0, "initial_bytes", "initial_value")
    if value is None or not call.machine.taint(value):
        return Value(path=BUFFER, refs=(Record({"@written": value or EMPTY}),))
    taint = without(call.machine.taint(value), _WHERE)
    return Value(taint, path=BUFFER, step=call.machine.step(call.node, value.step), derived=("buffer", value, None))


@on_call(f"{BUFFER}.read", f"{BUFFER}.getvalue", f"{BUFFER}.readlines", f"{BUFFER}.getbuffer", f"{BUFFER}.readline")
def unbuffered(call: Call) -> Value:
    """The bytes again."""
    receiver = call.receiver
    for ref in receiver.refs if receiver is not None else ():
        if isinstance(ref, Record) and "@written" in ref.payload:
            written: Value = ref.payload["@written"]
            return written
    if receiver is None or receiver.derived is None:
        return UNKNOWN
    return call.machine.resolve(receiver.derived[1])


@on_call(f"{BUFFER}.write")
def written_to_buffer(call: Call) -> Value:
    """What is written to a buffer is behind what was there."""
    for ref in call.receiver.refs if call.receiver is not None else ():
        if isinstance(ref, Record) and "@written" in ref.payload and call.args:
            text = text_of_parts(call.machine, [ref.payload["@written"], call.args[0]], call.node)
            call.machine.heap.write(ref, {**ref.payload, "@written": text})
    return UNKNOWN


@on_attribute(*(f"{path}.name" for path in (*_TEMPORARY, HANDLE)))
def name_of_file(machine: Machine, value: Value, path: str, node: ast.AST) -> Value:
    """The name of a file that is open."""
    return Value(derived=("file of", value, None))


@on_call(*(f"{path}.{name}" for path in _TEMPORARY for name in ("read", "readlines")))
def temporary_contents(call: Call) -> Value:
    """What is in a temporary file."""
    found = saved_at(call.machine, call.receiver)
    return UNKNOWN if found is None else Value(BYTES, step=call.machine.step(call.node, found.step))


@on_call("os.listdir", "glob.glob", "glob.iglob", "os.scandir", "os.walk")
def listed(call: Call) -> Value:
    """What lies in a folder: a name out of it is one that is there."""
    entry = Value(path=f"{call.path}()[]")
    if call.path == "os.walk":
        names = Value(refs=(Sequence((), UNKNOWN),))
        entry = Value(refs=(Sequence((UNKNOWN, names, names), None, "tuple"),))
    return Value(refs=(Sequence((), entry),))


@on_call(f"{PATH}.iterdir", f"{PATH}.glob", f"{PATH}.rglob")
def listed_paths(call: Call) -> Value:
    """The paths in a folder."""
    folder = call.receiver
    entry = Value(path=PATH, derived=("below", folder, None) if folder is not None else None)
    return Value(refs=(Sequence((), entry),))


@on_call(
    *(f"os.path.{name}" for name in ("exists", "isfile", "isdir", "islink", "lexists", "samefile")),
    *(f"{PATH}.{name}" for name in ("exists", "is_file", "is_dir", "is_symlink", "is_absolute", "match")),
    "os.access",
)
def asked(call: Call) -> Value:
    """Whether something is there: of no use against ``..``, but few files are called like a piece of a page."""
    value = call.receiver if call.path.startswith(PATH) else call.arg(0)
    if value is None or not call.machine.taint(value) or call.name in ("is_absolute", "match"):
        return EITHER
    return Value(consts=EITHER.consts, test=Test((Change(value, demote=_OF_PAGES),)))


@on_attribute(*(f"stat.{name}" for name in dir(stat) if name.startswith("S_I") and not name.startswith("S_IS")))
def mode_bit(machine: Machine, value: Value, path: str, node: ast.AST) -> Value:
    """``stat.S_IRWXU`` and its like are numbers."""
    return constant(getattr(stat, path.rpartition(".")[2], None))


@on_attribute("os.sep", "os.path.sep")
def separator(machine: Machine, value: Value, path: str, node: ast.AST) -> Value:
    """``os.sep``."""
    return constant("/")


@on_call(
    "mimetypes.types_map.get", "mimetypes.guess_type", "mimetypes.guess_extension", "mimetypes.guess_all_extensions"
)
def guessed(call: Call) -> Value:
    """A type out of Python's own table: the client's name chose it, but no text of the client's is in it."""
    if call.path.endswith("guess_type"):
        return Value(refs=(Sequence((UNKNOWN, UNKNOWN), None, "tuple"),))
    return UNKNOWN


@on_call("tempfile.gettempdir", "tempfile.gettempprefix")
def temporary_folder(call: Call) -> Value:
    """The folder that everybody may write to."""
    return constant("/tmp")  # noqa: S108 - the value of another program's call


@on_call("tempfile.mkdtemp", "tempfile.mkstemp", "tempfile.mktemp")
def made(call: Call) -> Value:
    """A name that nobody can foresee, but for ``mktemp``."""
    if call.path.endswith("mkstemp"):
        return Value(refs=(Sequence((UNKNOWN, Value(path="tempfile.name()")), None, "tuple"),))
    return Value(path="tempfile.name()")


@on_attribute(f"{PATH}.parents")
def parents(machine: Machine, value: Value, path: str, node: ast.AST) -> Value:
    """The folders that a path lies in."""
    resolved = value.derived is not None and value.derived[0] == "realpath"
    return Value(value.taint, path=path, step=value.step, derived=("parents", value, None) if resolved else None)


@on_call("os.path.relpath")
def relative(call: Call) -> Value:
    """A path as seen from a folder: with ``..`` at its beginning where it lies outside."""
    value = call.arg(0, "path")
    if value is None or not call.machine.taint(value):
        return UNKNOWN
    step = call.machine.step(call.node, value.step)
    return Value(call.machine.taint(value), step=step, derived=("relative", value, None))


@on_call("shutil.copyfileobj", "shutil.copy", "shutil.copy2", "shutil.copyfile", "shutil.move", "os.rename")
def moved(call: Call) -> Value:
    """Nothing that comes back; what was an upload is one in its new place."""
    from .uploads import note_saved

    found = saved_at(call.machine, call.arg(0, "src", "fsrc"))
    if found is not None:
        note_saved(call.machine, call.arg(1, "dst", "fdst"), found)
    return UNKNOWN
