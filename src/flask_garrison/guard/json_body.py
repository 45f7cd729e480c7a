"""JSON bodies: how deep they are nested, found without recursion, and what their objects call their members."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import accumulate
from typing import Any

_STEPS = bytes.maketrans(b"[{]}", b"\x01\x01\xff\xff")
_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_NO_STRUCTURE = bytes(set(range(256)) - set(b'[]{}"\\'))
_ROUNDS = 6
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
    if data.count(b"[") + data.count(b"{") <= limit or _is_shallow(data, limit):
        return False
    # Pairs of backslashes go first: what then escapes a quotation mark is a single one.
    plain = data.replace(rb"\\", b"").replace(rb"\"", b"") if b"\\" in data else data
    outside = b"".join(plain.split(b'"')[::2])
    steps = memoryview(outside.translate(_STEPS, _NO_BRACKETS)).cast("b")
    return max(accumulate(steps), default=0) > limit


def _is_shallow(data: bytes, limit: int) -> bool:
    """Return ``True`` where it is quickly seen that nothing is nested deeper; ``False`` says nothing.

    Strings without brackets leave two quotation marks. If no mark is left without the other, every bracket stands
    after an even number of them, outside of strings.
    """
    structure = data.translate(None, _NO_STRUCTURE)
    if b"\\" in structure:
        return False
    brackets = structure.replace(b'""', b"")
    return b'"' not in brackets and _collapses(brackets, limit // 2)


def _collapses(brackets: bytes, rounds: int) -> bool:
    """Return whether nothing is left when innermost pairs are taken away that often, which is two levels each time.

    Few rounds: most bodies are shallow, and one that is not costs no more than these.
    """
    for _ in range(min(rounds, _ROUNDS)):
        brackets = brackets.replace(b"[]", b"").replace(b"{}", b"")
        if not brackets:
            return True
    return False


def may_have_long(data: bytes, limit: int) -> bool:
    """Return whether a string of the JSON text ``data`` may have more than ``limit`` characters."""
    if b'\\"' in data:
        return True
    at = data.find(b'"')
    while at >= 0:
        # The farthest mark that a string of the permitted length could end at.
        farthest = data.rfind(b'"', at + 1, at + limit + 2)
        if farthest < 0:
            return data.find(b'"', at + 1) >= 0
        at = farthest
    return False


def members(
    longest: int | None, on_duplicate: Callable[[Pairs], None], on_long: Callable[[str], None]
) -> Callable[[Pairs], dict[str, Any]]:
    """Return an ``object_pairs_hook`` that builds the usual dictionaries and tells what is wrong with their keys.

    Args:
        longest: Characters that a key may have; ``None`` where no key can be too long.
        on_duplicate: Called with an object that names a key twice.
        on_long: Called with the longest key of an object, where it is too long.
    """

    def build(pairs: Pairs) -> dict[str, Any]:
        built = dict(pairs)
        if len(built) != len(pairs):
            on_duplicate(pairs)
        if longest is not None and built and max(map(len, built)) > longest:
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
