"""Control ``inputs.uploads``: files from users, checked by content, size and name (CWE-434, ASVS V5).

A stored file has a random name and the extension of the type that its content has. It is served with that type and
``nosniff``, so a GIF with HTML behind its header stays a GIF.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, NamedTuple

from flask import Response, current_app, has_app_context, send_file
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import NotFound
from werkzeug.security import safe_join

from ..context import current
from ..errors import PolicyError, Refusal, RefusedMalformed, RefusedMediaType, RefusedTooLarge
from ..events import name_with, record
from . import content_types
from .filenames import clean_filename
from .refusals import recorded

CONTROL = "inputs.uploads"
MAX_BYTES = 16 * 1_048_576
"""The largest file where neither the call nor a policy states a limit."""
SANDBOX = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox"
_CHUNK = 65_536
_STORED_NAME = r"[0-9a-f]{32}\.[a-z0-9]{2,5}"
_NEW_FILE = os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, kw_only=True)
class StoredUpload:
    """A file that was checked and stored.

    Attributes:
        name: Its name in the folder: 32 random hex digits and the extension of its type.
        original_name: The client's name for it, cleaned; to be shown, not to be opened.
        media_type: What its content is, such as ``image/png``.
        size: In bytes.
        sha256: Hash of the content, 64 hex digits.
    """

    name: str
    original_name: str
    media_type: str
    size: int
    sha256: str


class _Sent(NamedTuple):
    """What a client calls a file: the field of the form, and the file's own name, cleaned."""

    field: str
    name: str = ""


def save_upload(
    file: FileStorage | None, folder: str | os.PathLike[str], *, types: Iterable[str], max_bytes: int | None = None
) -> StoredUpload:
    """Check an uploaded file and store it in ``folder`` under a new name, readable by the server's own user only.

    It always acts, whatever the mode of the policy, and outside a guarded application too: then without an event.

    Args:
        file: What ``request.files.get("avatar")`` returned.
        folder: Where files are kept; made if it is missing. A relative one is below the app's instance folder.
        types: The media types to accept. Where a file passes for several of them (a text is plain text and CSV), the
            first counts. HTML, SVG and XML only pass if they are named, and are never shown within the site.
        max_bytes: The largest size; the policy's ``max_body_bytes`` if not stated.

    Raises:
        RefusedMalformed: 400, no file was sent, or its name has control characters.
        RefusedTooLarge: 413.
        RefusedMediaType: 415, the content is of none of ``types``.
        PolicyError: for a type that cannot be told, or a folder that is served or imported from.
    """
    accepted = content_types.known(types)
    limit = _limit(max_bytes)
    home = _home(folder)
    field = (file.name if file is not None else None) or ""
    if file is None or not file.filename:
        raise _refused(RefusedMalformed, "No file was sent.", _Sent(field), "missing", "RE6")
    sent = _Sent(field, clean_filename(file.filename))
    if re.search(r"[\x00-\x1f\x7f]", file.filename):
        raise _refused(RefusedMalformed, "The name of the file has control characters.", sent, "name", "RE8")
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    stored = _store(file.stream, home, sent, accepted, limit)
    _record_stored(stored)
    return stored


def send_upload(
    folder: str | os.PathLike[str],
    stored: str | StoredUpload,
    *,
    download_name: str | None = None,
    inline: bool = False,
) -> Response:
    """Answer with a stored file: as a download unless ``inline``, of the type it was stored as.

    Args:
        folder: The same as at :func:`save_upload`.
        stored: What :func:`save_upload` returned, or its ``name``.
        download_name: The name for the client, cleaned; it gets the extension of the type if it has another one.
        inline: Let the browser show it, if it is a raster image, sound or video. Anything else stays a download.

    Raises:
        NotFound: for a name that ``save_upload`` does not give, or that is not there.
    """
    name = stored if isinstance(stored, str) else stored.name
    media_type = content_types.type_of_name(name)
    path = safe_join(os.fspath(_absolute(folder)), name)
    if media_type is None or path is None or not re.fullmatch(_STORED_NAME, name) or not _is_file(path):
        raise NotFound
    response = send_file(
        path,
        mimetype=media_type,
        as_attachment=not (inline and media_type in content_types.INLINE),
        download_name=_download_name(download_name or name, media_type),
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    # Opened as a page of its own, it has no origin and runs nothing.
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


def _is_file(path: str) -> bool:
    return os.path.isfile(path) and not os.path.islink(path)


def _download_name(name: str, media_type: str) -> str:
    """Return a name whose extension says what the content is: ``page.html`` of a PNG becomes ``page.html.png``."""
    cleaned = clean_filename(name)
    endings = content_types.EXTENSIONS[media_type]
    return cleaned if cleaned.lower().endswith(tuple(f".{one}" for one in endings)) else f"{cleaned}.{endings[0]}"


def _limit(max_bytes: int | None) -> int:
    if max_bytes is None:
        context = current()
        return context.policy.max_body_bytes if context else MAX_BYTES
    if isinstance(max_bytes, bool) or not isinstance(max_bytes, int) or max_bytes < 1:
        raise PolicyError("max_bytes", f"{max_bytes!r} is not a number of bytes.")
    return max_bytes


def _absolute(folder: str | os.PathLike[str]) -> Path:
    base = Path(current_app.instance_path) if has_app_context() else Path()
    return (base / folder).resolve()


def _home(folder: str | os.PathLike[str]) -> Path:
    """Return the folder with its links followed, unless it is served or imported from."""
    home = _absolute(folder)
    for served in _served_folders():
        if home.is_relative_to(served):
            raise PolicyError("folder", f"{home} is in {served}: whatever is stored there is served as it is.")
    for parent in (home, *home.parents):
        if (parent / "__init__.py").exists():
            raise PolicyError("folder", f"{home} is in the Python package {parent}. Use the app's instance folder.")
    return home


def _served_folders() -> Iterable[Path]:
    """Yield the folders of static files and templates of the app and its blueprints."""
    if not has_app_context():
        return
    for owner in (current_app, *current_app.blueprints.values()):
        if owner.static_folder:
            yield Path(owner.static_folder).resolve()
        if owner.template_folder:
            yield Path(owner.root_path, owner.template_folder).resolve()


def _store(stream: IO[bytes], home: Path, sent: _Sent, accepted: tuple[str, ...], limit: int) -> StoredUpload:
    token = secrets.token_hex(16)
    part = home / f"{token}.part"
    # A name that exists, be it a link to somewhere else, is an error: nothing is ever written over or through.
    handle = os.open(part, _NEW_FILE, 0o600)
    try:
        with os.fdopen(handle, "w+b") as copy:
            size, digest = _copy(stream, copy, sent, limit)
            found = content_types.types_of(copy, accepted)
        media_type = next((one for one in accepted if one in found), None)
        if media_type is None:
            raise _not_accepted(sent, found, accepted)
        name = f"{token}.{content_types.EXTENSIONS[media_type][0]}"
        os.close(os.open(home / name, _NEW_FILE, 0o600))
        os.replace(part, home / name)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return StoredUpload(name=name, original_name=sent.name, media_type=media_type, size=size, sha256=digest)


def _copy(stream: IO[bytes], copy: IO[bytes], sent: _Sent, limit: int) -> tuple[int, str]:
    """Copy at most ``limit`` bytes, whatever length the client stated; return the size and the hash."""
    size, digest = 0, sha256()
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        if size > limit:
            words = f"The file is larger than {limit} bytes."
            raise _refused(RefusedTooLarge, words, sent, "size", "FIO1", limit=limit)
        digest.update(chunk)
        copy.write(chunk)
    return size, digest.hexdigest()


def _not_accepted(sent: _Sent, found: Iterable[str], accepted: tuple[str, ...]) -> Refusal:
    words = f"The content of the file is none of: {', '.join(accepted)}."
    return _refused(RefusedMediaType, words, sent, "content", "IE2", found=sorted(found), accepted=accepted)


def _refused(kind: type[Refusal], words: str, sent: _Sent, check: str, appsensor: str, **evidence: object) -> Refusal:
    """Return a refusal to raise; within a guarded application its event is recorded first."""
    event = name_with("upload_validation", sent.name, f"{check}:FAILED")
    return recorded(kind(CONTROL, words, event=event, evidence=evidence, parameter=sent.field, appsensor=appsensor))


def _record_stored(stored: StoredUpload) -> None:
    context = current()
    if context is not None:
        event = name_with("upload_stored", stored.original_name, "upload", stored.name)
        detail = {"media_type": stored.media_type, "size": stored.size, "sha256": stored.sha256}
        record(context, event, control=CONTROL, outcome="allowed", detail=detail)
