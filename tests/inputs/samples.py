"""Small files of each type, made here: enough of each for its signature."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png() -> bytes:
    """Return a whole PNG of one pixel."""
    header = chunk(b"IHDR", struct.pack(">2I5B", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0\xff")) + chunk(b"IEND", b"")


def archive(*names: str, **stored: str) -> bytes:
    """Return a ZIP with empty files; ``stored`` ones have text and stand first."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as files:
        for name, text in (*stored.items(), *((name, "") for name in names)):
            files.writestr(name, text)
    return made.getvalue()


def docx(*more: str) -> bytes:
    return archive("[Content_Types].xml", "_rels/.rels", "word/document.xml", *more)


MP3_FRAME = b"\xff\xfb\x90\x00" + b"\0" * 413
SAMPLES: dict[str, bytes] = {
    "image/png": png(),
    "image/jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\xff\xd9",
    "image/gif": b"GIF89a\x01\x00\x01\x00\x00\x00\x00;",
    "image/webp": b"RIFF\x1a\0\0\0WEBPVP8 \x0e\0\0\0" + b"\x30\x01" * 7,
    "image/avif": b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf\x80",
    "image/heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic\x80",
    "image/bmp": b"BM\x3a\0\0\0\0\0\0\0\x36\0\0\0",
    "image/x-icon": b"\0\0\1\0\1\0\x10\x10",
    "audio/aiff": b"FORM\0\0\0\x04AIFF\0",
    "audio/midi": b"MThd\0\0\0\x06\0\0",
    "audio/mpeg": MP3_FRAME * 2,
    "audio/wave": b"RIFF\x24\0\0\0WAVEfmt \0",
    "application/ogg": b"OggS\0\x02",
    "video/avi": b"RIFF\x24\0\0\0AVI LIST\0",
    "video/mp4": b"\0\0\0\x18ftypisom\0\0\2\0isommp41\0\0",
    "video/webm": b"\x1aE\xdf\xa3\x9fB\x86\x81\1B\xf7\x81\1B\xf2\x81\4B\xf3\x81\x08B\x82\x84webmB\x87",
    "application/vnd.ms-fontobject": b"\x5e\0\0\0\x10\0\0\0\1\0\2\0" + b"\0" * 22 + b"LP\0",
    "font/ttf": b"\0\1\0\0\0\x0a",
    "font/otf": b"OTTO\0\x0a",
    "font/collection": b"ttcf\0\1\0\0",
    "font/woff": b"wOFF\0\1\0\0",
    "font/woff2": b"wOF2\0\1\0\0",
    "application/pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "application/gzip": b"\x1f\x8b\x08\0\0",
    "application/x-rar-compressed": b"Rar!\x1a\x07\x01\x00",
    "application/zip": archive("a.txt"),
    DOCX: docx(),
    XLSX: archive("_rels/.rels", "xl/workbook.xml", "[Content_Types].xml"),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": archive(
        "[Content_Types].xml", "ppt/presentation.xml"
    ),
    ODT: archive("content.xml", mimetype=ODT),
    "application/vnd.oasis.opendocument.spreadsheet": archive(
        mimetype="application/vnd.oasis.opendocument.spreadsheet"
    ),
    "application/vnd.oasis.opendocument.presentation": archive(
        mimetype="application/vnd.oasis.opendocument.presentation"
    ),
    "application/epub+zip": archive("OEBPS/x.html", mimetype="application/epub+zip"),
    "text/plain": "Grüße, 1 < 2\n".encode(),
    "text/csv": 'Größe,Preis\r\n"4, weit",5\r\n'.encode(),
    "application/json": b'{"a": [1, 2.5, null]}',
    "text/html": b"<!DOCTYPE html><p>x",
    "image/svg+xml": b"<?xml version='1.0'?>\n<!-- x -->\n<svg xmlns='http://www.w3.org/2000/svg'/>",
    "application/xml": b"<?xml version='1.0'?><x/>",
}
