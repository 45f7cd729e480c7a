"""Files that a client chose: to read, and to write."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ....findings import Confidence, Severity
from ...code.events import Call
from ...code.interpreter.kinds import IS_FILE
from ...code.models.archives import MEMBER
from ...code.models.paths import PATH
from ...code.models.uploads import FILE, saved_at
from ...code.values.pieces import HOLE, Hole
from ...code.values.taint import Use
from ...code.values.value import Value
from ...rule import Match, Rule, checks

PATH_TRAVERSAL = Rule(
    id="inputs.path-traversal",
    kind="code",
    control="inputs.paths",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(22, 73),
    asvs=("V5.3.2",),
    title="A client chooses which file is read",
    why="'..' leads out of the folder, and an absolute path to any place: settings with keys in them, the database, "
    "the code, the private key of the server.",
    fix="Use send_from_directory() or werkzeug.security.safe_join(), or resolve the path and test is_relative_to() of "
    "the folder. Where the files are few, look them up by name in a dictionary.",
    before='return send_file(os.path.join("reports", request.args["name"]))',
    after='return send_from_directory("reports", request.args["name"])',
    guard="Nothing yet: the sensor at open() comes in a later version.",
    language="python",
    lesson="inputs-read-me-a-file",
    items=(94, 95),
)
PATH_TRAVERSAL_WRITE = Rule(
    id="inputs.path-traversal-write",
    kind="code",
    control="inputs.paths",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(22, 73),
    asvs=("V5.3.2",),
    title="A client chooses which file is written, moved or deleted",
    why="'..' or an absolute path leads out of the folder: a template, a module or a key file is replaced, and the "
    "next request runs the client's code; or what the application lives on is deleted.",
    fix="Make the name yourself (uuid4().hex), or resolve the path and test is_relative_to() of the folder before the "
    "file is touched.",
    before='open(os.path.join("notes", request.form["title"]), "w").write(text)',
    after='open(os.path.join("notes", f"{uuid4().hex}.txt"), "w").write(text)',
    guard="Nothing yet: the sensor at open() comes in a later version.",
    language="python",
    lesson="inputs-read-me-a-file",
    items=(95,),
)
UPLOAD_NAME = Rule(
    id="inputs.upload-name",
    kind="code",
    control="inputs.uploads",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(22, 434),
    asvs=("V5.3.2",),
    title="An upload is saved under the name that the client gave it",
    why="The name is a text like any other: '../../app/templates/start.html' leaves the folder and replaces a file "
    "of the application.",
    fix="Make the name yourself and keep the client's beside it in the database, or pass it through "
    "werkzeug.utils.secure_filename() and save the result of that.",
    before="upload.save(os.path.join(FOLDER, upload.filename))",
    after="upload.save(os.path.join(FOLDER, secure_filename(upload.filename)))",
    guard="save_upload() of flask_garrison.inputs gives every file a name of its own; what a view saves itself is the "
    "view's.",
    language="python",
    lesson="inputs-avatar",
    items=(96,),
)
ARCHIVE_EXTRACTION = Rule(
    id="inputs.archive-extraction",
    kind="code",
    control="inputs.uploads",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(22, 409),
    asvs=("V5.3.2", "V5.2.3"),
    title="The names in a client's archive choose where files are written",
    why="A member of an archive may be called '../../app/app.py', or be a link that leads out of the folder: "
    "unpacking it writes there.",
    fix='Pass filter="data" to tarfile (Python 3.12, and security releases before it), let zipfile extract by itself, '
    "or resolve each member's path and test is_relative_to() of the folder.",
    before='tarfile.open(fileobj=upload.stream).extractall("data")',
    after='tarfile.open(fileobj=upload.stream).extractall("data", filter="data")',
    guard="Nothing yet: the sensor at open() comes in a later version.",
    language="python",
    lesson="inputs-avatar",
    items=(98,),
)

_READS: Final = (
    "flask.send_file", "os.listdir", "os.scandir", "os.walk", "glob.glob", "linecache.getline", "linecache.getlines",
    "zipfile.ZipFile", "tarfile.open", "PIL.Image.open", "configparser.ConfigParser().read", "sqlite3.connect",
    "pandas.read_csv", "numpy.load", f"{PATH}.read_text", f"{PATH}.read_bytes", f"{PATH}.iterdir",
    "flask.current_app.open_resource", "flask.Flask().open_resource", "flask.Flask().open_instance_resource",
)  # fmt: skip
_TEMPLATES: Final = ("flask.render_template", "flask.stream_template", "flask.Flask().jinja_env.get_template")
_WRITES: Final = (
    *(f"os.{name}" for name in ("remove", "unlink", "rmdir", "removedirs", "mkdir", "makedirs", "truncate", "chmod")),
    *(f"{PATH}.{name}" for name in ("write_text", "write_bytes", "unlink", "rmdir", "mkdir", "touch", "chmod")),
    "shutil.rmtree",
    "PIL.Image.open().save",
    "shutil.unpack_archive",
    "logging.FileHandler",
)
_MOVES: Final = (
    *(f"os.{name}" for name in ("rename", "renames", "replace", "link", "symlink")),
    *(f"shutil.{name}" for name in ("move", "copy", "copy2", "copyfile", "copytree")),
    *(f"{PATH}.{name}" for name in ("rename", "replace", "symlink_to", "hardlink_to")),
)


@checks(PATH_TRAVERSAL, reads="call", of=("open", f"{PATH}.open", *_READS))
def read_path(call: Call) -> Iterator[Match]:
    """``open(path)``, ``send_file(path)`` and what else reads a file by its name."""
    if call.path in ("open", f"{PATH}.open") and _writes(call):
        return
    where = call.receiver if call.path.startswith(PATH) else call.arg(0)
    if saved_at(call.machine, where) is not None:
        # Where it was written is the finding.
        return
    for hole in _chosen(call, where, folders=call.path.startswith(("os.", "glob."))):
        title = f"{_words(call)} reads a file that a client chose"
        severity = Severity.MEDIUM if _is_named(hole) else None
        yield call.flow(hole, Use.PATH, title, severity=severity, confidence=_sure(hole))


@checks(PATH_TRAVERSAL, reads="call", of=("flask.send_from_directory",))
def read_folder(call: Call) -> Iterator[Match]:
    """``send_from_directory(folder, name)`` judges the name alone."""
    name = call.arg(1, "path", "filename")
    fixed = name is not None and not call.taint(name)
    for hole in _chosen(call, call.arg(0, "directory"), folders=True):
        title = "send_from_directory() serves a folder that a client chose"
        # One folder up from where it should be, a file of a name that is not the client's.
        yield call.flow(hole, Use.PATH, title, confidence=_sure(hole) if fixed else None)


@checks(PATH_TRAVERSAL, reads="call", of=_TEMPLATES)
def read_template(call: Call) -> Iterator[Match]:
    """``render_template(name)``: within the folders of templates, any of them."""
    for hole in call.tainted(call.arg(0, "template_name_or_list", "name"), Use.PATH):
        if hole.before.strip(HOLE) == "" and not hole.after.strip(HOLE):
            yield call.flow(
                hole, Use.PATH, "render_template() shows a template that a client chose", severity=Severity.LOW
            )


@checks(PATH_TRAVERSAL_WRITE, reads="call", of=("open", f"{PATH}.open", *_WRITES, *_MOVES))
def write_path(call: Call) -> Iterator[Match]:
    """``open(path, "w")``, ``os.remove(path)`` and what else changes files by their names."""
    for hole in _written(call):
        if _origin(hole) == "client":
            title = f"{_words(call)} changes a file that a client chose"
            yield call.flow(hole, Use.PATH, title, confidence=_sure(hole))


@checks(PATH_TRAVERSAL_WRITE, reads="call", of=(f"{FILE}.save", "?.save"))
def save_path(call: Call) -> Iterator[Match]:
    """``upload.save(path)`` under a name from elsewhere in the request."""
    if call.path == f"{FILE}.save":
        for hole in _chosen(call, call.arg(0, "dst"), folders=False):
            if _origin(hole) == "client":
                yield call.flow(hole, Use.PATH, "save() writes to a path that a client chose", confidence=_sure(hole))


@checks(UPLOAD_NAME, reads="call", of=("open", f"{PATH}.open", f"{FILE}.save", *_WRITES, *_MOVES))
def upload_name(call: Call) -> Iterator[Match]:
    """A file's own name in the path that it is saved to."""
    saves = call.path == f"{FILE}.save"
    for hole in _chosen(call, call.arg(0, "dst"), folders=False) if saves else _written(call):
        if _origin(hole) == "upload":
            yield call.flow(hole, Use.PATH, f"{_words(call)} uses the name that the client gave the upload")


@checks(ARCHIVE_EXTRACTION, reads="call", of=("open", f"{PATH}.open", *_WRITES, *_MOVES))
def member_name(call: Call) -> Iterator[Match]:
    """A member's name in a path that is written to."""
    for hole in _written(call) if call.name not in ("mkdir", "makedirs") else ():
        # A folder made on the way is found where the file is written.
        if _origin(hole) == "member":
            yield call.flow(hole, Use.PATH, f"{_words(call)} writes where a member of a client's archive says")


@checks(
    ARCHIVE_EXTRACTION,
    reads="call",
    of=("tarfile.open().extractall", "tarfile.open().extract", "shutil.unpack_archive"),
)
def unpacked(call: Call) -> Iterator[Match]:
    """``archive.extractall(folder)`` without a filter, before Python 3.14."""
    position = {"extractall": 99, "extract": 99}.get(call.name, 3)
    chosen = call.arg(position if position != 99 else None, "filter")
    if chosen is not None and not (chosen.texts() and "fully_trusted" in chosen.texts()):
        return
    archive = call.receiver if call.name != "unpack_archive" else call.arg(0, "filename")
    if call.name == "unpack_archive":
        archive = saved_at(call.machine, archive)
        if archive is not None and archive.taint:
            yield call.flow(archive, Use.OBJECT, "unpack_archive() unpacks a client's archive without a filter")
        return
    if archive is None or not archive.taint or _members_are_checked(call):
        return
    yield call.flow(archive, Use.OBJECT, f"{call.name}() unpacks a client's archive without a filter")


def _members_are_checked(call: Call) -> bool:
    """Return whether what is unpacked was chosen member by member, after a test of its name."""
    member = call.arg(0, "member") if call.name == "extract" else call.arg(1, "members")
    if member is None:
        return False
    from ...code.interpreter.attributes import attribute_of
    from ...code.interpreter.expressions import items_of

    items, rest = ([member], None) if call.name == "extract" else items_of(call.machine, member)
    names = [attribute_of(call.machine, item, "name", call.node) for item in (*items, *([rest] if rest else []))]
    return all(not call.machine.taint(name) & (Use.PATH | Use.PATH << 40) for name in names)


# --- what the rules share ----------------------------------------------------------------------------------


def _writes(call: Call) -> bool:
    mode = call.arg(0 if call.path.startswith(PATH) else 1, "mode")
    return mode is not None and any(letter in text for text in mode.texts() for letter in "wax+")


def _written(call: Call) -> Iterator[Hole]:
    if call.path in ("open", f"{PATH}.open") and not _writes(call):
        return
    own = [call.receiver] if call.path.startswith(PATH) else []
    given = call.args[:2] if call.path in _MOVES else call.args[:0] if own else call.args[:1]
    named = [value for name, value in call.keywords.items() if name in ("src", "dst", "path", "file", "target", "name")]
    for where in (*own, *given, *named):
        yield from _chosen(call, where, folders=call.path.startswith(("shutil.", "os.m", "os.r")))


def _chosen(call: Call, where: Value | None, *, folders: bool) -> Iterator[Hole]:
    """Yield the parts of a path by which a client can leave the folder."""
    if where is None or where.path in ("io.BytesIO()", "open()", FILE):
        return
    where = call.machine.resolve(where)
    joined = where.derived is not None and where.derived[0] == "joined"
    for hole in call.tainted(where, Use.PATH):
        if hole.value.path in ("io.BytesIO()", "open()", FILE) or IS_FILE in hole.value.facts:
            continue
        lacks = {text for kind, text in hole.value.facts if kind == "lacks"}
        if "/" in lacks and not folders and not _is_middle(hole):
            continue
        if lacks & {".", ".."} and hole.before.strip(HOLE) and not (joined and hole.before.endswith("/")):
            continue
        yield hole


def _is_middle(hole: Hole) -> bool:
    """Return whether a part without a slash is a whole segment that others follow: '..' leads up from there."""
    return hole.before.endswith("/") and hole.after.startswith("/")


def _is_named(hole: Hole) -> bool:
    """Return whether the code names the file, and the client the folder alone: of all files those of that name."""
    name = hole.after.rpartition("/")[2]
    return "/" in hole.after and bool(name) and HOLE not in name


def _origin(hole: Hole) -> str:
    label = hole.value.step.label if hole.value.step is not None else ""
    if label == MEMBER:
        return "member"
    return "upload" if label.startswith(("request.files", "file.", "form file")) else "client"


def _sure(hole: Hole) -> Confidence | None:
    """Return low confidence where a part has no slash: on one system alone, or one folder up."""
    return Confidence.LOW if any(fact == ("lacks", "/") for fact in hole.value.facts) else None


def _words(call: Call) -> str:
    return f"{call.name or call.path.rpartition('.')[2]}()"
