"""JSON bodies: how deep they are nested, found without recursion, and what their objects call their members."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import accumulate
from typing import Any

_STEPS = bytes.maketrans(b"[{]}", b"\x01\x01\xff\xff")
_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
Pairs = list[tuple[str, Any]]


def as_utf8(data: str | bytes) -> bytes:
    """Return JSON text as UTF-8, decoded as :func:`json.loads` would.

    Raises:
        ValueError: if it cannot be decoded.
    """
    if isinstance(data, str):
        return data.encode("utf-8", "surrogatepass")
    encoding = json.detect_encoding(data)
    if encoding == "utf-8":
        return data
    return data.decode(encoding, "surrogatepass").encode("utf-8", "surrogatepass")


def is_deeper(data: bytes, limit: int) -> bool:
    """Return whether arrays and objects of the JSON text ``data`` (UTF-8) are nested more than ``limit`` deep.

    A text that is not JSON is measured as far as a parser would follow it.
    """
    if sum(map(data.count, (b"[", b"{"))) <= limit:
        return False
    # Pairs of backslashes go first: what then escapes a quotation mark is a single one.
    plain = data.replace(rb"\\", b"").replace(rb"\"", b"") if b"\\" in data else data
    outside = b"".join(plain.split(b'"')[::2])
    steps = memoryview(outside.translate(_STEPS, _NO_BRACKETS)).cast("b")
    return max(accumulate(steps), default=0) > limit


def members(
    longest: int, on_duplicate: Callable[[Pairs], None], on_long: Callable[[str], None]
) -> Callable[[Pairs], dict[str, Any]]:
    """Return an ``object_pairs_hook`` that builds the usual dictionaries and tells what is wrong with their keys.

    Args:
        longest: Characters that a key may have.
        on_duplicate: Called with an object that names a key twice.
        on_long: Called with the longest key of an object, where it is too long.
    """

    def build(pairs: Pairs) -> dict[str, Any]:
        built = dict(pairs)
        if len(built) != len(pairs):
            on_duplicate(pairs)
        if built and max(map(len, built)) > longest:
            on_long(max(built, key=len))
        return built

    return build


def strings_of(value: Any) -> tuple[list[str], list[str]]:
    """Return all keys and all other strings of a parsed JSON value, without recursion."""
    keys: list[str] = []
    texts: list[str] = []
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            texts.append(item)
        elif isinstance(item, dict):
            keys.extend(item)
            waiting.extend(item.values())
        elif isinstance(item, list):
            waiting.extend(item)
    return keys, texts
