"""What a file is, by its content: the signatures of the WHATWG MIME Sniffing Standard and a few more.

Neither a file's name nor the Content-Type that came with it is looked at. Images are not decoded and archives not
unpacked, so nothing can blow up here (CWE-409); whoever decodes a file later needs limits of their own. See decision
10.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Collection, Iterable
from typing import BinaryIO

from ..errors import PolicyError, nearest
from . import zip_types

HEAD = 1_445
"""How many bytes decide (WHATWG MIME Sniffing, section 7: the resource header)."""
_CHUNK = 65_536

EXTENSIONS: dict[str, tuple[str, ...]] = {
    "image/png": ("png",),
    "image/jpeg": ("jpg", "jpeg", "jpe", "jfif"),
    "image/gif": ("gif",),
    "image/webp": ("webp",),
    "image/avif": ("avif",),
    "image/heic": ("heic",),
    "image/bmp": ("bmp",),
    "image/x-icon": ("ico", "cur"),
    "audio/aiff": ("aiff", "aif"),
    "audio/midi": ("mid", "midi"),
    "audio/mpeg": ("mp3",),
    "audio/wave": ("wav",),
    "application/ogg": ("ogg", "oga", "ogv", "opus"),
    "video/avi": ("avi",),
    "video/mp4": ("mp4", "m4a", "m4v"),
    "video/webm": ("webm",),
    "application/vnd.ms-fontobject": ("eot",),
    "font/collection": ("ttc",),
    "font/otf": ("otf",),
    "font/ttf": ("ttf",),
    "font/woff": ("woff",),
    "font/woff2": ("woff2",),
    "application/pdf": ("pdf",),
    "application/gzip": ("gz", "tgz"),
    "application/x-rar-compressed": ("rar",),
    "application/zip": ("zip",),
    **zip_types.EXTENSIONS,
    "text/plain": ("txt", "text", "log", "md"),
    "text/csv": ("csv",),
    "application/json": ("json",),
    "text/html": ("html", "htm"),
    "image/svg+xml": ("svg",),
    "application/xml": ("xml",),
}
"""Every type that can be told, and its extensions; files are stored under the first."""
ALIASES = {
    "application/x-gzip": "application/gzip",
    "application/vnd.rar": "application/x-rar-compressed",
    "audio/ogg": "application/ogg",
    "audio/wav": "audio/wave",
    "audio/x-wav": "audio/wave",
    "image/vnd.microsoft.icon": "image/x-icon",
    "text/xml": "application/xml",
    "video/ogg": "application/ogg",
    "video/x-msvideo": "video/avi",
}
INLINE = frozenset(
    (
        *("image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/bmp", "image/x-icon"),
        *("audio/aiff", "audio/mpeg", "audio/wave", "application/ogg", "video/mp4", "video/webm"),
    )
)
"""Types that a browser may show within a site: they hold no scripts and no links."""

_SIGNATURES: tuple[tuple[str, str], ...] = (
    (r"\x00\x00[\x01\x02]\x00", "image/x-icon"),
    (r"BM.{4}\x00{4}", "image/bmp"),
    (r"GIF8[79]a", "image/gif"),
    (r"RIFF.{4}WEBPVP", "image/webp"),
    (r"\x89PNG\r\n\x1a\n", "image/png"),
    (r"\xff\xd8\xff", "image/jpeg"),
    (r".{4}ftypavi[fs]", "image/avif"),
    (r".{4}ftyphei[cx]", "image/heic"),
    (r"FORM.{4}AIFF", "audio/aiff"),
    (r"ID3", "audio/mpeg"),
    (r"OggS\x00", "application/ogg"),
    (r"MThd\x00\x00\x00\x06", "audio/midi"),
    (r"RIFF.{4}AVI ", "video/avi"),
    (r"RIFF.{4}WAVE", "audio/wave"),
    (r"\x00\x01\x00\x00", "font/ttf"),
    (r"OTTO", "font/otf"),
    (r"ttcf", "font/collection"),
    (r"wOFF", "font/woff"),
    (r"wOF2", "font/woff2"),
    (r"%PDF-", "application/pdf"),
    (r"\x1f\x8b\x08", "application/gzip"),
    (r"Rar!\x1a\x07[\x00\x01]", "application/x-rar-compressed"),
    (r"PK\x03\x04", "application/zip"),
)
_SPACE = r"[\t\n\f\r ]"
_TAGS = "!doctype html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p|img|math"
_HTML = rf"{_SPACE}*+<(!--|({_TAGS})({_SPACE}|[>/]))"
# Possessive: what stands before the root is read once, whatever follows.
_PROLOGUE = rf"({_SPACE}|<\?xml[^>]{{0,500}}\?>|<!--.{{0,1000}}?-->|<!doctype svg[^>]{{0,500}}>)*+"
_SVG = rf"{_PROLOGUE}<([a-z]+:)?svg({_SPACE}|[>/])"
_XML = rf"{_SPACE}*+<(\?xml|!doctype)"
_BINARY = rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]"
_TEXT_TYPES = ("text/plain", "text/csv")


def known(types: Iterable[str]) -> tuple[str, ...]:
    """Return the types under the names used here.

    Raises:
        PolicyError: for a type that cannot be told by content, or none at all.
    """
    if isinstance(types, str):
        raise PolicyError("types", f"{types!r} is not a list of media types.")
    found = tuple(ALIASES.get(one, one) for one in types)
    for one in found:
        if one not in EXTENSIONS:
            raise PolicyError("types", f"{one!r} cannot be told by content.", nearest=nearest(one, EXTENSIONS))
    if not found:
        raise PolicyError("types", "Name at least one media type.")
    return found


def types_of(file: BinaryIO, asked: Collection[str] = EXTENSIONS) -> frozenset[str]:
    """Return every type that the content of a seekable file passes for; empty if it is none that is known.

    Args:
        asked: The types that matter: a text is only parsed as JSON, in memory, if JSON is among them.
    """
    file.seek(0)
    head = file.read(HEAD)
    found = set(_by_signature(head))
    if "application/zip" in found:
        found |= zip_types.types_of(file, head)
    if _is_text(file):
        found |= _text_types(file, head, "application/json" in asked)
    return frozenset(found)


def type_of_name(name: str) -> str | None:
    """Return the type of a file that was stored under a name with the extension of its type."""
    extension = name.rpartition(".")[2]
    return next((one for one, endings in EXTENSIONS.items() if endings[0] == extension), None)


def _by_signature(head: bytes) -> Iterable[str]:
    for pattern, name in _SIGNATURES:
        if re.match(pattern.encode("latin-1"), head, re.DOTALL):
            yield name
    for test, name in _TESTS:
        if test(head):
            yield name


def _is_mp4(head: bytes) -> bool:
    """Match an MP4 file (section 6.2.1)."""
    size = int.from_bytes(head[:4], "big")
    if len(head) < 12 or head[4:8] != b"ftyp" or size % 4 or not 12 <= size <= len(head):
        return False
    return any(head[at : at + 3] == b"mp4" for at in (8, *range(16, size, 4)))


def _is_webm(head: bytes) -> bool:
    """Match a WebM file (section 6.2.2): an EBML header whose DocType is ``webm``."""
    at = head.find(b"\x42\x82", 4, 38)
    if not head.startswith(b"\x1aE\xdf\xa3") or at < 0 or at + 2 >= len(head) or not head[at + 2]:
        return False
    width = 9 - head[at + 2].bit_length()
    return head[at + 2 + width :].lstrip(b"\0").startswith(b"webm")


_MPEG1_KBPS = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_MPEG2_KBPS = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)


def _is_mp3(head: bytes) -> bool:
    """Match MP3 without an ID3 tag (section 6.2.3): two frames, the second where the first ends."""
    size = _mp3_frame(head)
    return size > 4 and _mp3_frame(head[size : size + 4]) > 0


def _mp3_frame(head: bytes) -> int:
    """Return the size of an MPEG layer III frame in bytes, 0 if there is none."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return 0
    version, rate, frequency = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    if rate in (0, 15) or frequency == 3 or version == 1:
        return 0
    hertz = (44_100, 48_000, 32_000)[frequency] >> {3: 0, 2: 1, 0: 2}[version]
    kbps, scale = (_MPEG1_KBPS, 144) if version == 3 else (_MPEG2_KBPS, 72)
    return kbps[rate] * 1_000 * scale // hertz + (head[2] >> 1 & 1)


_EOT_VERSIONS = (b"\0\0\1\0", b"\1\0\2\0", b"\2\0\2\0")
_TESTS: tuple[tuple[Callable[[bytes], bool], str], ...] = (
    (_is_mp4, "video/mp4"),
    (_is_webm, "video/webm"),
    (_is_mp3, "audio/mpeg"),
    (lambda head: head[34:36] == b"LP" and head[8:12] in _EOT_VERSIONS, "application/vnd.ms-fontobject"),
)


def _is_text(file: BinaryIO) -> bool:
    """Return whether the whole file is UTF-8 without NUL and other bytes of binary data (section 5)."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    file.seek(0)
    try:
        while chunk := file.read(_CHUNK):
            if re.search(_BINARY, chunk):
                return False
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _text_types(file: BinaryIO, head: bytes, json: bool) -> set[str]:
    """Return what a text is. What a browser would take for markup is nothing else (section 7.1)."""
    markup = _markup_type(head.decode("utf-8", "replace").removeprefix("\ufeff"))
    if markup:
        return {markup}
    return {*_TEXT_TYPES, "application/json"} if json and _is_json(file) else set(_TEXT_TYPES)


def _markup_type(text: str) -> str | None:
    for pattern, name in ((_SVG, "image/svg+xml"), (_HTML, "text/html"), (_XML, "application/xml")):
        if re.match(pattern, text, re.IGNORECASE | re.DOTALL):
            return name
    return None


def _is_json(file: BinaryIO) -> bool:
    import json

    file.seek(0)
    try:
        json.loads(file.read(), parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        return False
    return True


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON (RFC 8259).")
