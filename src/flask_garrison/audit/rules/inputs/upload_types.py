"""Uploads of any type, and what is served of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ....findings import Confidence, Severity
from ...code.events import Call
from ...code.models.paths import PATH
from ...code.models.uploads import FILE
from ...code.values.pieces import HOLE, text_of
from ...code.values.taint import Use, both
from ...code.values.value import Value
from ...rule import Match, Rule, checks

UPLOAD_TYPE = Rule(
    id="inputs.upload-type",
    kind="code",
    control="inputs.uploads",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(434, 646),
    asvs=("V5.2.2",),
    title="An upload is saved with whatever ending the client gave it",
    why="The ending decides what the file is taken for when it is served: a page or a drawing with a script in it runs "
    "in the name of this site. A content type, and an ending that is only somewhere in the name, are the client's "
    "words.",
    fix="Take the part after the last dot, look it up in a set of endings that you serve, and compare the first bytes.",
    before='if upload.mimetype == "image/png":\n    upload.save(FOLDER / secure_filename(upload.filename))',
    after='ending = upload.filename.rsplit(".", 1)[-1].lower()\nif ending in {"png", "jpg"}:\n'
    '    upload.save(FOLDER / f"{uuid4().hex}.{ending}")',
    guard="save_upload() of flask_garrison.inputs looks at ending and first bytes together; what a view saves "
    "itself is the view's.",
    language="python",
    lesson="inputs-avatar",
    items=(99,),
)
INLINE_UPLOAD = Rule(
    id="inputs.inline-upload",
    kind="code",
    control="inputs.uploads",
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    cwe=(79, 434),
    asvs=("V5.3.1", "V5.4.1"),
    title="What users uploaded is served as part of the site",
    why="A page, an SVG drawing or an XML document among the uploads is shown by the browser under this site's origin, "
    "and its script may do whatever the visitor may.",
    fix="Send uploads as_attachment=True, or with a content type that you set yourself, or from a host of their own.",
    before="return send_from_directory(UPLOADS, name)",
    after="return send_from_directory(UPLOADS, name, as_attachment=True)",
    guard="Garrison sends nosniff with every answer, which does not help where the ending itself says HTML or SVG.",
    language="python",
    lesson="inputs-avatar",
    items=(82, 97),
)

_ACTIVE: Final = re.compile(r"(?i)\.(x?html?|svgz?|xml|xhtm|shtml|mht|js|swf)$|/(x?html|svg|xml)|\+xml")
_ENDING: Final = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_FOLDER: Final = re.compile(r"(?i)upload|attachment|user[-_]?files|media|avatars?|incoming")
_SAVES: Final = (
    f"{FILE}.save",
    "open",
    f"{PATH}.write_bytes",
    f"{PATH}.open",
    "os.rename",
    "os.replace",
    "shutil.move",
)
_SERVED: Final = "served uploads"
_SAVED: Final = "folders of uploads"


@checks(UPLOAD_TYPE, reads="call", of=_SAVES)
def saved(call: Call) -> Iterator[Match]:
    """A path that ends with what the client said."""
    where = _target(call)
    if where is None:
        return
    for hole in call.tainted(where, Use.TYPE):
        label = hole.value.step.label if hole.value.step is not None else ""
        if label.startswith(("request.files", "file.", "form file")) and not hole.after.strip(HOLE):
            yield call.flow(hole, Use.TYPE, f"{call.name}() keeps the ending that the client gave the upload")
            return


def _target(call: Call) -> Value | None:
    if call.path.startswith(PATH):
        return call.receiver
    if call.path == "open":
        mode = call.arg(1, "mode")
        return (
            call.arg(0, "file")
            if mode is not None and any("w" in text or "x" in text for text in mode.texts())
            else None
        )
    return call.arg(1, "dst") if call.path.startswith(("os.", "shutil.")) else call.arg(0, "dst")


# --- served inline ----------------------------------------------------------------------------------


@checks(INLINE_UPLOAD, reads="call", of=(f"{FILE}.save", f"{PATH}.write_bytes"))
def kept(call: Call) -> Iterator[Match]:
    """Note the folder of an upload, and tell what was served from it before this was known."""
    where = _target(call)
    if where is None or (call.path != f"{FILE}.save" and not _is_upload(call)):
        return
    folder = _folder(call, where)
    if not folder or not _may_be_active(call, where):
        return
    call.machine.notes.setdefault(_SAVED, set()).add(folder)
    yield from call.machine.notes.get(_SERVED, {}).pop(folder, ())


def _is_upload(call: Call) -> bool:
    return any(
        hole.value.step is not None and hole.value.step.label.startswith(("request.files", "contents of an upload"))
        for hole in call.tainted(call.arg(0, "data"), Use.OBJECT)
    )


@checks(INLINE_UPLOAD, reads="call", of=("flask.send_from_directory", "flask.send_file"))
def served(call: Call) -> Iterator[Match]:
    """``send_from_directory(UPLOADS, name)`` without a type or a disposition of its own."""
    if not _shown(call):
        return
    folder = _served_folder(call)
    title = f"{call.name}() shows what users uploaded as part of the site"
    if not folder:
        return
    if folder in call.machine.notes.get(_SAVED, ()):
        yield call.match(title)
    else:
        confidence = Confidence.LOW if _FOLDER.search(folder) else None
        if confidence is not None:
            yield call.match(title, confidence=confidence)
        waiting = call.machine.notes.setdefault(_SERVED, {}).setdefault(folder, [])
        waiting.append(call.match(title))


def _shown(call: Call) -> bool:
    """Return whether a browser shows the file, as a type that its name says."""
    attachment = call.arg(3 if call.path.endswith("file") else None, "as_attachment")
    if attachment is not None and attachment.is_only(True):
        return False
    kind = call.arg(1 if call.path.endswith("file") else None, "mimetype")
    if kind is not None and kind.texts() and not any(_ACTIVE.search(text) for text in kind.texts()):
        return False
    named = call.arg(None, "download_name", "attachment_filename")
    if named is not None and not named.is_only(None):
        return not _is_harmless(text_of(call.machine.resolve(named)))
    name = call.arg(0 if call.path.endswith("file") else 1, "path_or_file", "path", "filename")
    if name is None or name.path in ("io.BytesIO()", "open()"):
        return False
    return not _is_harmless(text_of(call.machine.resolve(name))) and not _is_number(call, name)


def _is_number(call: Call, name: Value) -> bool:
    """Return whether a name ends with a number of the client's: it has no ending, and is sent as plain bytes."""
    name = call.machine.resolve(name)
    last = name.pieces[-1] if name.pieces else name
    taint = call.taint(last) if isinstance(last, Value) else 0
    return bool(taint & both(Use.CLIENT)) and not taint & both(Use.TYPE)


def _is_harmless(text: str) -> bool:
    """Return whether a name has a known ending that runs nothing."""
    return bool(_ENDING.search(text)) and not _ACTIVE.search(text)


def _may_be_active(call: Call, where: Value) -> bool:
    """Return whether what is saved may have an ending that browsers run."""
    where = call.machine.resolve(where)
    text = text_of(where)
    if _ENDING.search(text):
        return bool(_ACTIVE.search(text)) or text.endswith(".bin")
    last = where.pieces[-1] if where.pieces else where
    if isinstance(last, str):
        return False
    if isinstance(last, Value) and last.consts:
        return any(_ACTIVE.search("." + str(one).lstrip(".")) for one in last.consts)
    return not isinstance(last, Value) or bool(call.taint(last))


def _served_folder(call: Call) -> str:
    if call.path.endswith("directory"):
        folder = call.arg(0, "directory")
        return "" if folder is None else _named(call, folder)
    where = call.arg(0, "path_or_file", "filename_or_fp")
    return "" if where is None else _folder(call, where)


def _folder(call: Call, where: Value) -> str:
    """Return the folder of a file in words that are the same each time, or an empty text."""
    where = call.machine.resolve(where)
    while where.derived is not None and where.derived[0] == "same":
        where = where.derived[1]
    if where.derived is not None and where.derived[0] == "below":
        return _named(call, where.derived[1])
    if where.derived is not None and where.derived[0] == "joined":
        return _named(call, where.derived[2][0])
    return text_of(where).rpartition("/")[0].replace(HOLE, "*")


def _named(call: Call, folder: Value) -> str:
    folder = call.machine.resolve(folder)
    while folder.derived is not None and folder.derived[0] == "same":
        folder = folder.derived[1]
    if folder.known:
        return str(folder.constant).rstrip("/")
    text = text_of(folder).replace(HOLE, "*")
    return text if text.strip("*/") else folder.path
