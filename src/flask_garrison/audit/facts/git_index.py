"""Which files a repository tracks, read from ``.git/index`` itself: no program is run."""

from __future__ import annotations

from pathlib import Path

_FIXED = 62
_NAME_LENGTH = 0xFFF
_EXTENDED = 0x4000


def tracked_files(root: Path) -> frozenset[str] | None:
    """Return the paths that the repository at ``root`` tracks, relative to it, or ``None`` where there is none.

    The format is that of ``gitformat-index``, versions 2 to 4.
    """
    try:
        data = (root / ".git" / "index").read_bytes()
    except OSError:
        return None
    version = int.from_bytes(data[4:8], "big")
    if data[:4] != b"DIRC" or version not in (2, 3, 4):
        return None
    try:
        return frozenset(_paths(data, version))
    except (IndexError, ValueError):
        return None


def _paths(data: bytes, version: int) -> list[str]:
    position, previous, found = 12, b"", list[str]()
    # An entry holds 20 bytes of SHA-1; repositories with SHA-256 fail to parse, which is "not known".
    for _ in range(int.from_bytes(data[8:12], "big")):
        flags = int.from_bytes(data[position + 60 : position + 62], "big")
        start = position + _FIXED + (2 if flags & _EXTENDED else 0)
        if version == 4:
            removed, start = _number(data, start)
            end = data.index(b"\0", start)
            previous = previous[: len(previous) - removed] + data[start:end]
            position = end + 1
        else:
            end = data.index(b"\0", start)
            previous = data[start:end]
            # Entries are padded with one to eight NULs to a multiple of eight bytes.
            position += (end - position) // 8 * 8 + 8
        found.append(previous.decode("utf-8", "surrogateescape"))
    return found


def _number(data: bytes, position: int) -> tuple[int, int]:
    """Read a variable-length number; return it and where it ends."""
    value = data[position] & 0x7F
    while data[position] & 0x80:
        position += 1
        value = ((value + 1) << 7) | (data[position] & 0x7F)
    return value, position + 1
