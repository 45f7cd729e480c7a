"""Which office format a ZIP archive is, by the names in its directory; nothing is unpacked."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from typing import BinaryIO

_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
EXTENSIONS: dict[str, tuple[str, ...]] = {
    f"{_OOXML}wordprocessingml.document": ("docx",),
    f"{_OOXML}spreadsheetml.sheet": ("xlsx",),
    f"{_OOXML}presentationml.presentation": ("pptx",),
    f"{_ODF}text": ("odt",),
    f"{_ODF}spreadsheet": ("ods",),
    f"{_ODF}presentation": ("odp",),
    "application/epub+zip": ("epub",),
}
_MAIN_PARTS = {
    "word/document.xml": f"{_OOXML}wordprocessingml.document",
    "xl/workbook.xml": f"{_OOXML}spreadsheetml.sheet",
    "ppt/presentation.xml": f"{_OOXML}presentationml.presentation",
}
_CONTENT_TYPES = "[Content_Types].xml"
_MACROS = "vbaproject.bin"
_END = struct.Struct("<4s4H2LH")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_MAX_DIRECTORY = 4_194_304
"""The largest directory that is read, in bytes; a larger archive is only a ZIP."""


def types_of(file: BinaryIO, head: bytes) -> set[str]:
    """Return the office types of an archive: at most one, none for one with macros."""
    marked = _marked_type(head)
    if marked:
        return {marked}
    names = set(_names(file))
    if _CONTENT_TYPES not in names or any(name.lower().endswith(_MACROS) for name in names):
        return set()
    found = {media_type for part, media_type in _MAIN_PARTS.items() if part in names}
    return found if len(found) == 1 else set()


def _marked_type(head: bytes) -> str | None:
    """Return the type that OpenDocument and EPUB store, uncompressed, as their first file ``mimetype``."""
    if head[30:38] != b"mimetype" or head[8:10] != b"\0\0":
        return None
    extra, size = int.from_bytes(head[28:30], "little"), int.from_bytes(head[22:26], "little")
    text = head[38 + extra : 38 + extra + size].decode("ascii", "replace").strip()
    return text if text in EXTENSIONS and not text.startswith(_OOXML) else None


def _names(file: BinaryIO) -> Iterator[str]:
    """Yield the names in the archive's central directory (APPNOTE 4.3.12)."""
    directory = _directory(file)
    at = 0
    while directory[at : at + 4] == b"PK\x01\x02" and at + _ENTRY.size <= len(directory):
        name_size, extra_size, comment_size = _ENTRY.unpack_from(directory, at)[10:13]
        at += _ENTRY.size
        yield directory[at : at + name_size].decode("utf-8", "replace")
        at += name_size + extra_size + comment_size


def _directory(file: BinaryIO) -> bytes:
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - 65_557))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + _END.size > len(tail):
        return b""
    length, offset = _END.unpack_from(tail, at)[5:7]
    if length > _MAX_DIRECTORY or offset + length > size:
        return b""
    file.seek(offset)
    return file.read(length)
