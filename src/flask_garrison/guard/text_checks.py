"""What text may contain: pure functions that return what is wrong with it, or ``None``."""

from __future__ import annotations

import json
import re
from urllib.parse import unquote_to_bytes

from .json_body import strings_of

NUL = "NUL"
NOT_UTF8 = "invalid UTF-8"
CONTROL_CHARACTER = "a control character"
_C0 = re.compile(r"[\x00-\x1f\x7f]")
_C0_IN_HEADERS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_SUSPECT = re.compile(rb"[\x00-\x1f\x7f]|%(?![2-6][0-9A-Fa-f]|7[0-9A-Ea-e])")
"""What an urlencoded text has to be decoded for: a control character, or an escape that is not of a printable one."""
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def wrong_in_name(name: str) -> str | None:
    """Judge decoded text that names something: no control characters (C0, DEL), no lone surrogates."""
    if name.isprintable():
        return None
    found = _C0.search(name)
    if found:
        return NUL if "\0" in name else CONTROL_CHARACTER
    return NOT_UTF8 if _SURROGATE.search(name) else None


def wrong_in_value(text: str) -> str | None:
    """Judge decoded text: no NUL, no lone surrogates. Line breaks and tabs are text."""
    if "\0" in text:
        return NUL
    return NOT_UTF8 if not text.isascii() and _SURROGATE.search(text) else None


def wrong_in_path(path: str) -> str | None:
    """Judge ``PATH_INFO``, whose characters stand for bytes (PEP 3333)."""
    if path.isascii() and path.isprintable():
        return None
    try:
        return wrong_in_name(path.encode("latin-1").decode())
    except UnicodeError:
        return NOT_UTF8


def wrong_in_header(value: str) -> str | None:
    """Judge a header's value: a tab is permitted, and so are bytes above 7F (``obs-text``, RFC 9110, section 5.5)."""
    if value.isprintable() or not (found := _C0_IN_HEADERS.search(value)):
        return None
    return NUL if found.group() == "\0" else CONTROL_CHARACTER


def wrong_in_pairs(encoded: bytes) -> str | None:
    """Judge a query or an urlencoded form as it was sent."""
    if encoded.isascii() and not _SUSPECT.search(encoded):
        return None
    raw = unquote_to_bytes(encoded) if b"%" in encoded else encoded
    if b"\0" in raw:
        return NUL
    try:
        text = raw.decode()
    except UnicodeError:
        return NOT_UTF8
    if text.isprintable():
        return None
    names = [unquote_to_bytes(pair.partition(b"=")[0]).decode() for pair in encoded.split(b"&")]
    return next(filter(None, map(wrong_in_name, names)), None)


def wrong_in_json(data: str | bytes) -> str | None:
    """Judge a JSON text. What is no JSON at all is left to the parser, unless it is not UTF-8 (RFC 8259, 8.1).

    Only an escape can bring in a character that is not permitted, or DEL, which needs none: others are not parsed here.
    """
    try:
        text = data if isinstance(data, str) else data.decode("utf-8-sig")
    except UnicodeError:
        return NOT_UTF8
    if "\0" in text:
        return NUL
    if "\\" not in text and "\x7f" not in text:
        return wrong_in_value(text)
    try:
        keys, texts = strings_of(json.loads(text))
    except (ValueError, RecursionError):
        return wrong_in_value(text)
    return next(filter(None, (*map(wrong_in_name, keys), *map(wrong_in_value, texts))), None)
