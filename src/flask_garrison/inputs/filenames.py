"""File names from users: one path segment that means the same on every system (CWE-22, CWE-73).

Belongs to the control ``inputs.uploads``.
"""

from __future__ import annotations

import re
import unicodedata

MAX_BYTES = 255
"""The longest name that common file systems take, in bytes of UTF-8."""

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_UNPRINTED = rf"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff{_BIDI}]"
_RESERVED = r"[/\\<>:\"|?*]"
_DEVICES = r"(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(COM|LPT)[0-9\u00b9\u00b2\u00b3])[ ]*(\.|\Z)"


def safe_filename(text: str) -> str:
    """Return ``text`` in Unicode's composed form (NFC) if it is a harmless name of one file.

    Raises:
        ValueError: for separators, control characters, characters that turn the direction of writing (``exe.png`` shown
            for ``gnp.exe``), the characters and device names that Windows reserves, a dot at the beginning, a dot or
            space at the end, or more than 255 bytes.
    """
    name = unicodedata.normalize("NFC", text)
    problem = _problem_of(name)
    if problem:
        raise ValueError(problem)
    return name


def clean_filename(text: str, *, otherwise: str = "file") -> str:
    """Return a safe name as close to ``text`` as possible: its last segment, without what is refused.

    Args:
        otherwise: The name where nothing is left.
    """
    name = re.split(r"[/\\]", unicodedata.normalize("NFC", text))[-1]
    name = re.sub(_RESERVED, "_", re.sub(_UNPRINTED, "", name))
    # Composed again: what was taken out may have stood between a letter and its accent.
    name = _shortened(unicodedata.normalize("NFC", name).lstrip(". "))
    if re.match(_DEVICES, name, re.IGNORECASE):
        name = _shortened(f"_{name}")
    return name or otherwise


def _problem_of(name: str) -> str | None:
    if re.search(_UNPRINTED, name):
        return "A file name holds no control characters and none that turn the direction of writing."
    if re.search(_RESERVED, name):
        return 'A file name holds none of / \\ < > : " | ? *.'
    if not name or name[0] in ". " or name[-1] in ". ":
        return "A file name does not begin or end with a dot or a space."
    if re.match(_DEVICES, name, re.IGNORECASE):
        return "This name is a device on Windows."
    if len(name.encode()) > MAX_BYTES:
        return f"A file name has at most {MAX_BYTES} bytes."
    return None


def _shortened(name: str) -> str:
    """Cut a name to the limit before its extension, and what must not stand at its end."""
    name = name.rstrip(". ")
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension.encode()) > 16:
        stem, dot, extension = name, "", ""
    room = MAX_BYTES - len(f"{dot}{extension}".encode())
    return unicodedata.normalize("NFC", stem.encode()[:room].decode(errors="ignore")) + f"{dot}{extension}"
